"""Who may do what, by address: every pattern of the URL configuration and every admin action,
by GET and by POST, for each role, over one's own and others' rows, in each editorial status.

The patterns and the actions are collected, the expectations are written here. One without the
other fails.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.template.response import TemplateResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver
from django.utils.translation import override

from opportunities.preview import SALT
from partnerships.models import FollowedAddress, Region
from tests.factories import (
    PUBLISHED_AT,
    CountryFactory,
    FollowedAddressFactory,
    GroupingFactory,
    OpportunityFactory,
    OrganisationFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
    QueuedArticleFactory,
    SectorFactory,
    UserFactory,
)
from tests.pages import form_values

pytestmark = pytest.mark.django_db

ROLES = ("Anonymous", "Contributor", "Editor", "Administrator")
STATES = ("draft", "in-review", "published", "withdrawn")
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Case:
    role: str
    is_own: bool
    state: str


OWNED = ("opportunities_opportunity", "partnerships_partnership", "partnerships_article")
RENDERED = TemplateResponse.rendered_content
CASES = [
    Case(role, is_own, state)
    for role, is_own, state in product(ROLES, (True, False), STATES)
    if role != "Anonymous" or not is_own
]
ONE_A_ROLE = [c for c in CASES if c.state == "draft" and c.is_own == (c.role != "Anonymous")]
# Every day: all of a contributor's, whose rights are the fine ones; of the others the two ends.
SAMPLE = [
    case
    for case in CASES
    if case.role == "Contributor"
    or case in ONE_A_ROLE
    or (case.state, case.is_own) == ("published", False)
]
Rule = Callable[[Case], bool]


# --- Rules


def nobody(case: Case) -> bool:
    return False


def everybody(case: Case) -> bool:
    return True


def staff(case: Case) -> bool:
    return case.role != "Anonymous"


def publishers(case: Case) -> bool:
    return case.role in {"Editor", "Administrator"}


def administrators(case: Case) -> bool:
    return case.role == "Administrator"


def own_drafts(case: Case) -> bool:
    return case.role == "Contributor" and case.is_own and case.state == "draft"


def writers(case: Case) -> bool:
    return publishers(case) or own_drafts(case)


def writers_before_publication(case: Case) -> bool:
    return writers(case) and case.state in {"draft", "in-review"}


def writers_of_drafts(case: Case) -> bool:
    return writers(case) and case.state == "draft"


def publishers_when(*states: str) -> Rule:
    return lambda case: publishers(case) and case.state in states


# --- Rows: what an address needs, what it answers, what it may do


@dataclass(frozen=True)
class Row:
    """Expectations of one pattern. `opens` and `takes` say who is let in by GET and by POST (others
    get 403, the anonymous the login); `acts`, for whom the POST changes `target`."""

    opens: Rule = staff
    takes: Rule = staff
    acts: Rule = nobody
    model: str = ""  # whose row is the target
    values: Callable = lambda world, case: {}  # of the pattern's arguments
    query: str = ""
    data: dict = field(default_factory=dict)
    fills: str = ""  # the page whose form is sent: its own, or ""
    got: Callable[[Case], int] = lambda case: 200
    posted: Callable[[Case], int] | None = None


@dataclass(frozen=True)
class Rights:
    """Of one model at the desk; `deletes` where opening the page is not enough."""

    view: Rule
    add: Rule
    change: Rule
    delete: Rule
    deletes: Rule | None = None
    edit: dict = field(default_factory=dict)
    new: dict = field(default_factory=dict)


PUBLISHABLE = (staff, staff, writers, writers_before_publication)
SOURCE = (staff, publishers, publishers, publishers)
REFERENCE = (staff, administrators, administrators, administrators)
PEOPLE = (administrators,) * 4
WHY = {"reason": "Because."}
EN = "en: Something"

DESK = {
    "opportunities_opportunity": Rights(*PUBLISHABLE, edit={"places_available": "77"}),
    "partnerships_partnership": Rights(*PUBLISHABLE, edit={"since": "2013"}),
    "partnerships_article": Rights(
        staff, staff, writers, publishers, deletes=nobody,
        edit={"author": "Somebody"}, new={"nature": "news"},
    ),
    "partnerships_organisation": Rights(*SOURCE, edit={"name": "New"}, new={"name": "Another"}),
    "partnerships_queuedarticle": Rights(staff, nobody, nobody, publishers),
    "partnerships_outlet": Rights(
        *SOURCE, edit={"name": "New"}, new={"name": "Another", "grade": "public"}
    ),
    "partnerships_region": Rights(*REFERENCE, edit={"parent": "001"}, new={"code": "999"}),
    "partnerships_country": Rights(
        *REFERENCE, edit={"numeric": "999"}, new={"iso2": "QQ", "iso3": "QQQ"}
    ),
    "partnerships_grouping": Rights(
        *REFERENCE,
        edit={"abbreviation": "NEW"},
        new={
            "slug": "new", "kind": "forum", "names": EN, "source": "tests", "read_on": "2026-11-01",
        },
    ),
    "partnerships_sector": Rights(
        *REFERENCE, edit={"position": "99"}, new={"slug": "new", "position": "9", "names": EN}
    ),
    "auth_user": Rights(
        *PEOPLE,
        edit={"first_name": "New"},
        new={"username": "new", "password1": "long-enough-1", "password2": "long-enough-1"},
    ),
    "auth_group": Rights(*PEOPLE, edit={"name": "New"}, new={"name": "Another"}),
}  # fmt: skip


def desk_rows(name: str, rights: Rights) -> dict[str, Row]:
    app, model = name.split("_")
    of_one = {"model": name, "values": object_id(name)}
    deletes = rights.deletes or rights.delete
    return {
        f"admin:{name}_changelist": Row(rights.view, rights.view),
        f"admin:{name}_add": Row(
            rights.add, rights.add, rights.add, model=name, fills="add", data=rights.new,
            posted=lambda case: 302,
        ),
        f"admin:{name}_history": Row(rights.view, rights.view, **of_one),
        f"admin:{name}_delete": Row(
            rights.delete, rights.delete, deletes, data={"post": "yes"},
            posted=lambda case: 302 if deletes(case) else 200, **of_one,
        ),
        f"admin:{name}_change": Row(
            rights.view, rights.change, rights.change, data=rights.edit | WHY, fills="change",
            posted=lambda case: 302, **of_one,
        ),
        f"admin/{app}/{model}/<path:object_id>/": Row(
            got=lambda case: 302, posted=lambda case: 302, **of_one
        ),
    }  # fmt: skip


def object_id(name: str) -> Callable:
    return lambda world, case: {"object_id": world.target(name, case).pk}


def asking(name: str, acts: Rule) -> Row:
    return Row(
        publishers, publishers, acts, model=name, values=object_id(name), data=WHY,
        posted=lambda case: 302,
    )  # fmt: skip


def public(values: Callable = lambda world, case: {}, model: str = "", **got: int) -> Row:
    """The same for everybody; the states not named answer 200. Nothing can be sent."""
    return Row(
        everybody, everybody, values=values, model=model, posted=lambda case: 405,
        got=lambda case: got.get(case.state.replace("-", "_"), 200),
    )  # fmt: skip


def public_item(name: str, **got: int) -> Row:
    return public(lambda world, case: {"slug": world.target(name, case).slug}, name, **got)


def asking_for_mail(values: Callable = lambda world, case: {}, model: str = "", **got: int) -> Row:
    """Open to all; a POST that does not come from a page of ours is refused."""
    return Row(
        everybody, everybody, values=values, model=model, posted=lambda case: 403,
        got=lambda case: got.get(case.state.replace("-", "_"), 200),
    )  # fmt: skip


def slug_of_opportunity(world, case: Case) -> dict:
    return {"slug": world.target("opportunities_opportunity", case).slug}


def by_secret(posted: int = 404) -> Row:
    """A secret that nobody was given."""
    return Row(
        everybody, everybody, values=lambda world, case: {"secret": "x" * 43},
        got=lambda case: 404, posted=lambda case: posted,
    )  # fmt: skip


def signed(world, case: Case) -> dict:
    pk = world.target("opportunities_opportunity", case).pk
    return {"signed": signing.dumps(pk, salt=SALT)}


def viewed_on_site(world, case: Case) -> dict:
    item = world.target("opportunities_opportunity", case)
    return {
        "content_type_id": ContentType.objects.get_for_model(item).pk,
        "object_id": item.pk,
    }


NEW_PASSWORD = {
    "password1": "long-enough-1", "password2": "long-enough-1", "usable_password": "true",
    "set-password": "1",
}  # fmt: skip

TABLE: dict[str, Row] = {
    # Pages for machines
    "healthz": public(),
    "robots": public(),
    "security": public(),
    "sitemap": public(),
    "service-worker": public(),
    "manifest": public(),
    # Pages for readers
    "opportunities:home": public(),
    "opportunities:list": public(),
    "api:opportunities": public(),
    "api:table": public(),
    "api:opportunity": public_item(
        "opportunities_opportunity", draft=404, in_review=404, withdrawn=410
    ),
    "opportunities:how-we-know": public(),
    "opportunities:safe-applying": public(),
    "opportunities:privacy": public(),
    "opportunities:offline": public(),
    # Anybody may write, but from our own pages only: tests/opportunities/saved
    "opportunities:saved": Row(everybody, everybody, posted=lambda case: 403),
    "opportunities:saved-calendar": public(
        lambda world, case: {"number": "0" * 64}, draft=404, in_review=404, published=404, withdrawn=404
    ),
    "alerts:new": asking_for_mail(),
    "alerts:sent": public(),
    "alerts:follow": asking_for_mail(
        slug_of_opportunity, "opportunities_opportunity", draft=404, in_review=404, withdrawn=404
    ),
    "alerts:confirm": by_secret(),
    "alerts:manage": by_secret(),
    "alerts:stop": by_secret(posted=200),
    "alerts:keep": by_secret(),
    "opportunities:facet": public(lambda world, case: {"name": "kind"}),
    "opportunities:about-you": public(),
    "opportunities:deadlines": public(),
    "opportunities:preview": public(signed, "opportunities_opportunity"),
    "opportunities:detail": public_item(
        "opportunities_opportunity", draft=404, in_review=404, withdrawn=410
    ),
    "opportunities:partnership": public_item(
        "partnerships_partnership", draft=404, in_review=404, withdrawn=410
    ),
    "opportunities:article": public_item(
        "partnerships_article", draft=404, in_review=404, withdrawn=404
    ),
    "opportunities:country": public(lambda world, case: {"iso2": "kz"}),
    "opportunities:sector": public(lambda world, case: {"slug": "energy"}),
    "opportunities:grouping": public(lambda world, case: {"slug": "spare"}),
    # What readers take with them
    "opportunities:feed": public(),
    "opportunities:calendar": public(),
    "opportunities:corrections": public(),
    "opportunities:opportunity-calendar": public_item(
        "opportunities_opportunity", draft=404, in_review=404
    ),
    "opportunities:opportunity-card": public_item(
        "opportunities_opportunity", draft=404, in_review=404, withdrawn=410
    ),
    "opportunities:partnership-feed": public_item(
        "partnerships_partnership", draft=404, in_review=404, withdrawn=410
    ),
    "opportunities:article-feed": public_item(
        "partnerships_article", draft=404, in_review=404, withdrawn=404
    ),
    "opportunities:country-feed": public(lambda world, case: {"iso2": "kz"}),
    "opportunities:sector-feed": public(lambda world, case: {"slug": "energy"}),
    "opportunities:grouping-feed": public(lambda world, case: {"slug": "spare"}),
    "partnerships:list": public(),
    "partnerships:articles": public(),
    # The desk itself
    "admin:index": Row(),
    "admin:login": Row(
        everybody, everybody,
        got=lambda case: 302 if staff(case) else 200, posted=lambda case: 200,
    ),
    "admin:logout": Row(got=lambda case: 405, posted=lambda case: 200),
    "admin:password_change": Row(),
    "admin:password_change_done": Row(posted=lambda case: 405),
    "admin:autocomplete": Row(
        query="?app_label=opportunities&model_name=opportunity&field_name=places&term=ka",
        posted=lambda case: 405,
    ),
    "admin:jsi18n": Row(posted=lambda case: 405),
    "admin:view_on_site": Row(
        model="opportunities_opportunity", values=viewed_on_site, got=lambda case: 302, posted=lambda case: 302
    ),
    "admin:app_list": Row(values=lambda world, case: {"app_label": "partnerships"}),
    "admin/(?P<url>.*)$": Row(
        values=lambda world, case: {"url": "nowhere"},
        got=lambda case: 404, posted=lambda case: 404,
    ),
    "admin:auth_user_password_change": Row(
        administrators, administrators, administrators, model="auth_user",
        values=lambda world, case: {"id": world.target("auth_user", case).pk},
        data=NEW_PASSWORD, posted=lambda case: 302,
    ),
    "admin:opportunities_opportunity_withdraw": asking(
        "opportunities_opportunity", publishers_when("published")
    ),
    "admin:partnerships_partnership_withdraw": asking(
        "partnerships_partnership", publishers_when("published")
    ),
    "admin:partnerships_article_remove": asking("partnerships_article", publishers),
    # Without an article its POST asks for one; with one, tests/opportunities/admin/test_reading.py
    "admin:opportunities_article_read": Row(),
}  # fmt: skip
for name, rights in DESK.items():
    TABLE |= desk_rows(name, rights)

ACTIONS: dict[str, Rule] = {
    f"{name}:delete_selected": rights.deletes or rights.delete for name, rights in DESK.items()
} | {"partnerships_article:remove": publishers}
ACTIONS |= {
    "partnerships_queuedarticle:dismiss": publishers,
    "partnerships_queuedarticle:put-back": publishers,
    "partnerships_outlet:read_soon": publishers,
}
del ACTIONS["partnerships_queuedarticle:delete_selected"]  # they are put aside instead
for name in ("opportunities_opportunity", "partnerships_partnership"):
    ACTIONS |= {
        f"{name}:submit": writers_of_drafts,
        f"{name}:publish": publishers_when("draft", "in-review", "withdrawn"),
        f"{name}:send-back": publishers_when("in-review"),
        f"{name}:withdraw": publishers_when("published"),
    }
ACTED_ON = {"partnerships_outlet:read_soon": FollowedAddress}
"""Where an action changes another table than that of its list."""
LISTED_AT = {"partnerships_queuedarticle": "?state=all"}
"""Where a list shows a part unless asked for more."""


# --- What there is


def patterns(language: str) -> dict[str, str]:
    """Every route by the name of its pattern, or by itself where it has none."""
    with override(language):
        return dict(walked(get_resolver().url_patterns))


def walked(found, namespaces: tuple = (), before: str = "", prefix: str = ""):
    for pattern in found:
        part = str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name]) if pattern.name else before + part
            yield name, prefix + part
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            is_language = part.rstrip("/") in LANGUAGES
            yield from walked(
                pattern.url_patterns, inner, before + ("" if is_language else part), prefix + part
            )


def address(route: str, values: dict, query: str = "") -> str:
    """A route with its arguments filled in, whether written as a path or as an expression."""
    plain = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route.replace("^", "")).rstrip("$")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m[1]]), plain) + query


def desk_actions() -> set[str]:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    return {
        f"{model._meta.app_label}_{model._meta.model_name}:{action}"
        for model, desk in admin.site._registry.items()
        for action in desk.get_actions(request)
    }


def test_every_pattern_has_a_row():
    for language in LANGUAGES:
        assert set(patterns(language)) == set(TABLE)


def test_every_action_has_a_row():
    assert desk_actions() == set(ACTIONS)


# --- A world to try it in


class World:
    """One of everything; of what passes the desk, one for each owner and state."""

    def __init__(self):
        self.people = {role: UserFactory(role=role) for role in ROLES[1:]}
        self.other = UserFactory(role="Contributor")
        self.root = UserFactory(is_superuser=True)
        self.sessions = {role: session_of(user) for role, user in self.people.items()}
        self.root_client = Client()
        self.root_client.force_login(self.root)
        self.rows = {}
        for owner, state in product((*self.people.values(), self.other), STATES):
            self.add_items(owner, state)
        Region.objects.create(code="001")
        CountryFactory(iso2="KZ")
        self.one_of = {
            "partnerships_organisation": OrganisationFactory(domain="spare.example"),
            "partnerships_outlet": FollowedAddressFactory(next_try_at=PUBLISHED_AT).outlet,
            "partnerships_queuedarticle": QueuedArticleFactory(dismissed_at=PUBLISHED_AT),
            "partnerships_region": Region.objects.create(code="998"),
            "partnerships_country": CountryFactory(iso2="ZZ"),
            "partnerships_grouping": GroupingFactory(slug="spare"),
            "partnerships_sector": SectorFactory(slug="spare"),
            "auth_user": UserFactory(password="!"),
            "auth_group": Group.objects.create(name="Spare"),
        }
        self.sent = {}

    def add_items(self, owner, state: str) -> None:
        trait = {} if state == "draft" else {state.replace("-", "_"): True}
        opportunity = OpportunityFactory(created_by=owner, **trait)
        article = opportunity.citations.get().article
        article.created_by = owner
        article.save()
        partnership = PartnershipFactory(created_by=owner, **trait)
        PartnershipCitationFactory(partnership=partnership)
        self.rows["opportunities_opportunity", owner, state] = opportunity
        self.rows["partnerships_article", owner, state] = article
        self.rows["partnerships_partnership", owner, state] = partnership

    def target(self, name: str, case: Case):
        owner = self.people.get(case.role, self.other) if case.is_own else self.other
        return self.one_of.get(name) or self.rows[name, owner, case.state]

    def client(self, role: str) -> Client:
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def filled(self, page: str) -> dict:
        """What the form of a page sends as it stands; the superuser's, for it has every field."""
        if page not in self.sent:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(TemplateResponse, "rendered_content", RENDERED)
                self.sent[page] = form_values(self.root_client.get(page))
        return self.sent[page]


def session_of(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def snapshot(model) -> list:
    """Every row of a table, without what a mere visit writes."""
    ignored = {"updated_at", "last_login"}
    columns = [f.attname for f in model._meta.concrete_fields if f.name not in ignored]
    return list(model._base_manager.order_by("pk").values_list(*columns))


def tried(model, ask: Callable) -> tuple[int, bool]:
    """(status, whether a row of the table changed), and everything as before."""
    with transaction.atomic():
        before = snapshot(model) if model else None
        status = ask().status_code
        changed = model is not None and snapshot(model) != before
        transaction.set_rollback(True)
    return status, changed


def expected(case: Case, is_let_in: bool, status: int, is_public: bool) -> int:
    if is_public or is_let_in:
        return status
    return 302 if case.role == "Anonymous" else 403


# --- The matrix


SWEEPS = [
    pytest.param("en", SAMPLE, id="en"),
    pytest.param("en", CASES, id="en-whole", marks=pytest.mark.slow),
    pytest.param("fr", CASES, id="fr-whole", marks=pytest.mark.slow),
]


def telling(cases: list[Case], row: Row) -> list[Case]:
    """Where rows have neither owner nor status, one case a role says it all."""
    if row.model in OWNED and row.fills != "add":
        return cases
    return ONE_A_ROLE


@pytest.fixture
def unrendered(monkeypatch, caplog):
    """Who is let in is known before the desk's long forms are drawn; a refusal logs its traceback."""
    caplog.set_level("CRITICAL", "django.request")
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")


@pytest.mark.parametrize(("language", "cases"), SWEEPS)
@pytest.mark.parametrize("name", TABLE)
def test_pattern(name, language, cases, world, unrendered):
    row, route = TABLE[name], patterns(language)[name]
    model = model_of(row.model)
    wrong = []
    for case in telling(cases, row):
        url = address(route, row.values(world, case), row.query)
        client = world.client(case.role)
        got, changed = tried(model, lambda client=client, url=url: client.get(url))
        want = expected(case, row.opens(case), row.got(case), row.opens is everybody)
        if (got, changed) != (want, False):
            wrong.append((case, "GET", got, changed, want))
        data = (world.filled(url) if row.fills else {}) | row.data
        sent, changed = tried(model, lambda client=client, url=url, d=data: client.post(url, d))
        status = (row.posted or row.got)(case)
        want = expected(case, row.takes(case), status, row.takes is everybody)
        if (sent, changed) != (want, row.acts(case)):
            wrong.append((case, "POST", sent, changed, want))
    assert wrong == []


@pytest.mark.parametrize(("language", "cases"), SWEEPS)
@pytest.mark.parametrize("action", ACTIONS)
def test_action(action, language, cases, world, unrendered):
    name, verb = action.split(":")
    model = ACTED_ON.get(action) or model_of(name)
    url = address(patterns(language)[f"admin:{name}_changelist"], {}, LISTED_AT.get(name, ""))
    wrong = []
    for case in telling(cases, Row(model=name)):
        data = {
            "action": verb, ACTION_CHECKBOX_NAME: world.target(name, case).pk,
            "post": "yes", "confirm": "yes", **WHY,
        }  # fmt: skip
        client = world.client(case.role)
        status, changed = tried(model, lambda c=client, d=data: c.post(url, d))
        if changed != ACTIONS[action](case) or status >= 500:
            wrong.append((case, status, changed))
    assert wrong == []


def model_of(name: str):
    return next(
        (m for m in admin.site._registry if f"{m._meta.app_label}_{m._meta.model_name}" == name),
        None,
    )
