"""One factory per model: a bare call is the plainest valid row, states are traits."""

from datetime import UTC, date, datetime

import factory
from django.contrib.auth.models import Group, User
from factory.django import DjangoModelFactory

from opportunities.choices import Application, Fact, Kind, RuleKind
from opportunities.models import (
    Deadline,
    EligibilityRule,
    Opportunity,
    OpportunityCitation,
    Words,
)
from partnerships.models import (
    Article,
    Citation,
    Country,
    FollowedAddress,
    Grouping,
    Membership,
    Organisation,
    OrganisationDomain,
    Outlet,
    Partnership,
    PartnershipCitation,
    PartnershipParty,
    QueuedArticle,
    Sector,
)

PUBLISHED_AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    """`role="Editor"` puts them in that group and lets them into the admin."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    is_staff = True

    @factory.post_generation
    def role(self, create, name):
        if name:
            self.groups.add(Group.objects.get(name=name))


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("iso2",)

    iso2 = "KZ"
    iso3 = factory.LazyAttribute(lambda o: f"{o.iso2}X")


class GroupingFactory(DjangoModelFactory):
    class Meta:
        model = Grouping
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"grouping-{n}")
    kind = Grouping.Kind.ORGANISATION
    names = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").title()})
    source = "tests"
    read_on = date(2026, 11, 1)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    grouping = factory.SubFactory(GroupingFactory)
    country = factory.SubFactory(CountryFactory)
    status = Membership.Status.MEMBER
    since = date(2001, 6, 15)
    is_verified = True
    source = "tests"
    read_on = date(2026, 11, 1)


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = Sector
        django_get_or_create = ("slug",)

    slug = "energy"
    position = factory.Sequence(lambda n: n)
    names = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})


class OutletFactory(DjangoModelFactory):
    class Meta:
        model = Outlet

    name = factory.Sequence(lambda n: f"Outlet {n}")
    grade = Outlet.Grade.INDEPENDENT


class OrganisationFactory(DjangoModelFactory):
    """`domain="uni.example"` registers an official domain."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Organisation {n}")

    @factory.post_generation
    def domain(self, create, name):
        if name:
            OrganisationDomain.objects.create(organisation=self, domain=name)


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = Article

    class Params:
        call = factory.Trait(nature=Article.Nature.CALL, address="https://uni.example/call")

    slug = factory.Sequence(lambda n: f"article-{n}")
    nature = Article.Nature.NEWS
    title = factory.Sequence(lambda n: f"Article {n}")
    language = "en"
    published_on = date(2026, 11, 1)
    received_on = date(2026, 11, 2)


class PartnershipFactory(DjangoModelFactory):
    """Draft; `published=True` makes it public. `parties=["CN", "KZ"]` names countries."""

    class Meta:
        model = Partnership
        skip_postgeneration_save = True

    class Params:
        in_review = factory.Trait(status="in-review")
        published = factory.Trait(status="published", published_at=PUBLISHED_AT)
        withdrawn = factory.Trait(
            status="withdrawn", published_at=PUBLISHED_AT, withdrawn_because="It ended."
        )

    slug = factory.Sequence(lambda n: f"partnership-{n}")

    @factory.post_generation
    def parties(self, create, codes):
        for code in codes or ["CN", "KZ"]:
            PartnershipParty.objects.create(partnership=self, country=CountryFactory(iso2=code))


class PartnershipCitationFactory(DjangoModelFactory):
    class Meta:
        model = PartnershipCitation

    partnership = factory.SubFactory(PartnershipFactory)
    article = factory.SubFactory(ArticleFactory)
    fact = PartnershipCitation.Fact.PARTIES
    quote = factory.Sequence(lambda n: f"The two countries work together ({n}).")
    speaker_role = Citation.Speaker.OUTLET


class OpportunityFactory(DjangoModelFactory):
    """Draft with a title, one sector and one citation: all that publishing needs.

    `published=True`, `in_review=True`, `withdrawn=True` move it; `called=True` cites an official
    call, rolling unless told otherwise; `title`, `summary`, `sectors`, `places`, `partnerships`,
    `groupings`, `article` say what it holds.
    """

    class Meta:
        model = Opportunity
        skip_postgeneration_save = True

    class Params:
        in_review = factory.Trait(status="in-review")
        published = factory.Trait(status="published", published_at=PUBLISHED_AT)
        withdrawn = factory.Trait(
            status="withdrawn", published_at=PUBLISHED_AT, withdrawn_because="It was a mistake."
        )

    slug = factory.Sequence(lambda n: f"opportunity-{n}")
    kind = Kind.SCHOLARSHIP
    verified_on = date(2026, 11, 20)

    @factory.post_generation
    def title(self, create, title, summary="What it is.", language="en"):
        Words.objects.create(
            opportunity=self,
            language=language,
            summary=summary,
            title=f"Title of {self.slug}" if title is None else title,
        )

    @factory.post_generation
    def sectors(self, create, slugs):
        self.sectors.set([SectorFactory(slug=slug) for slug in slugs or ["energy"]])

    @factory.post_generation
    def places(self, create, codes):
        self.places.set([CountryFactory(iso2=code) for code in codes or []])

    @factory.post_generation
    def partnerships(self, create, rows):
        self.partnerships.set(rows or [])

    @factory.post_generation
    def groupings(self, create, rows):
        self.groupings.set(rows or [])

    @factory.post_generation
    def article(self, create, article):
        OpportunityCitationFactory(opportunity=self, article=article or ArticleFactory())

    @factory.post_generation
    def called(self, create, wanted):
        if wanted:
            cite_official_call(self)


class OpportunityCitationFactory(DjangoModelFactory):
    class Meta:
        model = OpportunityCitation

    opportunity = factory.SubFactory(OpportunityFactory)
    article = factory.SubFactory(ArticleFactory)
    fact = Fact.EXISTENCE
    quote = factory.Sequence(lambda n: f"There will be scholarships ({n}).")
    speaker_role = Citation.Speaker.OUTLET


class DeadlineFactory(DjangoModelFactory):
    class Meta:
        model = Deadline

    opportunity = factory.SubFactory(OpportunityFactory)
    on = date(2026, 12, 15)


class EligibilityRuleFactory(DjangoModelFactory):
    class Meta:
        model = EligibilityRule

    opportunity = factory.SubFactory(OpportunityFactory)
    kind = RuleKind.OTHER
    text = "In good health."


def cite_official_call(opportunity: Opportunity, host: str = "uni.example") -> OpportunityCitation:
    """An official call on a domain of its provider, which it gets if it has none."""
    if opportunity.provider is None:
        opportunity.provider = OrganisationFactory(domain="uni.example")
    opportunity.application = opportunity.application or Application.ROLLING
    opportunity.official_page = opportunity.official_page or f"https://{host}/apply"
    opportunity.save()
    return OpportunityCitationFactory(
        opportunity=opportunity,
        fact=Fact.OFFICIAL_CALL,
        article=ArticleFactory(
            nature=Article.Nature.CALL, address=f"https://{host}/{opportunity.slug}"
        ),
        quote="Applications are open.",
        speaker_role=Citation.Speaker.PROVIDER,
        speaker_name="The university",
    )


class FollowedAddressFactory(DjangoModelFactory):
    class Meta:
        model = FollowedAddress

    outlet = factory.SubFactory(OutletFactory)
    address = factory.Sequence(lambda n: f"https://news.example/{n}.xml")


class QueuedArticleFactory(DjangoModelFactory):
    class Meta:
        model = QueuedArticle

    article = factory.SubFactory(ArticleFactory)
    outlet = factory.SelfAttribute("article.outlet")
    score = 5
    language = "fr"
