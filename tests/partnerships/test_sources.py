import pytest
from django.core.exceptions import ValidationError

from partnerships.models import Article, OrganisationDomain, PartnershipCitation
from tests.factories import ArticleFactory, OrganisationFactory, PartnershipCitationFactory

pytestmark = pytest.mark.django_db
TEXT = "« L’énergie verte » 🌱, dit-il. Oui. Non. Oui. Fin aXaXa."


def citation(quote, start=None, text=TEXT) -> PartnershipCitation:
    return PartnershipCitation(
        article=ArticleFactory(text=text), fact="parties", speaker_role="outlet",
        quote=quote, start=start,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "start", "span"),
    [
        ("L’énergie verte", None, (2, 17)),
        (", dit-il", None, (21, 29)),  # after a letter outside the first plane: code points
        (TEXT, None, (0, len(TEXT))),
        ("Oui.", 31, (31, 35)),
        ("Oui.", 41, (41, 45)),
        ("Non.", 36, (36, 40)),
        ("Non.", 3, (36, 40)),  # said once: a beginning given wrong leaves no doubt
        ("aXa", 52, (52, 55)),
    ],
)
def test_locate_finds_the_span(quote, start, span):
    row = citation(quote, start)
    row.locate()
    assert (row.start, row.end) == span
    assert TEXT[row.start : row.end] == quote


@pytest.mark.parametrize(
    ("quote", "start", "field"),
    [
        ("Peut-être.", None, "quote"),
        ("Peut-être.", 0, "quote"),
        ("l’énergie verte", None, "quote"),
        ("L'énergie verte", None, "quote"),
        ("Oui.", None, "start"),
        ("Oui.", 3, "start"),
        ("aXa", None, "start"),  # twice, overlapping
    ],
)
def test_locate_refuses(quote, start, field):
    row = citation(quote, start)
    with pytest.raises(ValidationError) as refused:
        row.full_clean(exclude=["partnership"])
    assert set(refused.value.message_dict) == {field}
    assert row.start is None


def test_locate_without_a_stored_copy_keeps_what_is_given():
    row = citation("Oui.", 7, text="")
    row.locate()
    assert (row.start, row.end) == (7, 11)
    row = citation("Oui.", text="")
    row.locate()
    assert (row.start, row.end) == (None, None)


def test_citation_saves_the_end_with_the_beginning():
    row = PartnershipCitationFactory(quote="Oui.", start=4)
    assert row.end == 8
    row.start = None
    row.save()
    row.refresh_from_db()
    assert row.end is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_copy_and_quote_are_one_character(end):
    article = Article(slug="lines", nature="news", text=f"One.{end}Two,{end}still two.")
    article.full_clean()
    article.save()
    row = PartnershipCitation(
        article=article, fact="parties", speaker_role="outlet", quote=f"Two,{end}still"
    )
    row.full_clean(exclude=["partnership"])
    assert article.text == "One.\nTwo,\nstill two."
    assert (row.quote, row.start, row.end) == ("Two,\nstill", 5, 15)


def test_line_ends_are_one_character_where_nobody_cleaned():
    article = ArticleFactory(text="One.\r\nTwo.\rThree.")
    row = PartnershipCitationFactory(article=article, quote="One.\r\nTwo.", start=0)
    article.refresh_from_db(), row.refresh_from_db()
    assert article.text == "One.\nTwo.\nThree."
    assert (row.quote, row.end) == ("One.\nTwo.", 9)


def test_citation_set_aside_is_not_in_force():
    kept = PartnershipCitationFactory()
    PartnershipCitationFactory(set_aside_because="Superseded.")
    assert PartnershipCitation.objects.in_force().get() == kept


# --- Articles


def test_article_keeps_the_host_of_its_address():
    article = ArticleFactory(address="https://Apply.UNI.example:443/x")
    assert article.host == "apply.uni.example"
    article.address = ""
    article.save()
    assert Article.objects.get().host == ""


@pytest.mark.parametrize(
    ("published", "received", "evidence"),
    [("2026-11-01", "2026-11-02", "2026-11-01"), (None, "2026-11-02", "2026-11-02")],
)
def test_article_dates_from_publication_else_receipt(published, received, evidence):
    article = ArticleFactory.build(published_on=published, received_on=received)
    assert article.evidence_on == evidence


def test_article_cannot_be_published_after_it_was_received():
    article = ArticleFactory()
    article.published_on, article.received_on = article.received_on, article.published_on
    with pytest.raises(ValidationError) as refused:
        article.full_clean()
    assert set(refused.value.message_dict) == {"published_on"}


def test_article_states_nothing_it_was_not_told():
    article = Article.objects.create(slug="bare", nature="news")
    assert str(article) == "bare"
    assert (article.title, article.outlet, article.address, article.published_on) == (
        "",
        None,
        "",
        None,
    )
    assert article.direction == "auto"


# --- Organisations


@pytest.mark.parametrize(
    "domain", ["not a domain", "uni..example", "-uni.example", "a" * 64 + ".example"]
)
def test_domain_that_is_none_is_an_error_at_its_field_not_a_crash(domain):
    row = OrganisationDomain(organisation=OrganisationFactory(), domain=domain)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert set(refused.value.message_dict) == {"domain"}


def test_domain_is_kept_in_lower_case_idna():
    row = OrganisationDomain(organisation=OrganisationFactory(), domain=" Bücher.Example. ")
    row.full_clean()
    row.save()
    assert row.domain == "xn--bcher-kva.example"


def test_domain_is_kept_without_www():
    row = OrganisationDomain(organisation=OrganisationFactory(), domain="WWW.uni.example")
    row.full_clean()
    assert row.domain == "uni.example"
    assert OrganisationFactory(domain="www.uni.example").owns("apply.uni.example")


def test_domain_that_is_www_of_a_whole_country_is_refused():
    row = OrganisationDomain(organisation=OrganisationFactory(), domain="www.kz")
    with pytest.raises(ValidationError, match="a name before its last part"):
        row.full_clean()


def test_domain_registered_twice_is_said_in_words():
    organisation = OrganisationFactory(domain="uni.example")
    with pytest.raises(ValidationError, match="here already"):
        OrganisationDomain(organisation=organisation, domain="UNI.example").full_clean()


def test_organisation_owns_its_domains_and_what_is_under_them():
    organisation = OrganisationFactory(domain="uni.example")
    organisation.domains.create(domain="apply.example")
    assert organisation.owns("www.uni.example") and organisation.owns("apply.example")
    assert not organisation.owns("example") and not organisation.owns("")


def test_stored_copy_begins_where_a_form_would_leave_it():
    article = ArticleFactory(text="\r\n  We will give grants.\r\n")
    assert article.text == "We will give grants."
