"""“About you”: nothing compulsory, nothing lost, nothing kept."""

import html
import re

import pytest

from tests.factories import (
    CountryFactory,
    EligibilityRuleFactory,
    OpportunityFactory,
)
from tests.pages import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FORM = "/opportunities/filter/about-you/"
PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "same-origin",
}
TOLD = "nationality=KZ&residence=FR&age=22&held=6"


@pytest.fixture
def item():
    for code in ("KZ", "FR"):
        CountryFactory(iso2=code)
    item = OpportunityFactory(published=True, called=True, slug="grant", title="A grant")
    EligibilityRuleFactory(
        opportunity=item, kind="age", age_max=20, age_reference="date", age_on="2026-12-01", text=""
    )
    return item


def text(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    "path",
    [
        f"/opportunities/?{TOLD}",
        "/opportunities/?age=22",
        "/opportunities/?held=6",
        "/opportunities/?residence=FR",
        "/opportunities/?age=22&unfit=shown",
        "/opportunities/?age=400",
        "/opportunities/?nationality=XX",
        f"/opportunities/grant/?{TOLD}",
        "/opportunities/grant/?level=master",
        "/opportunities/grant/?age=-1",
        f"/opportunities/filter/country/?{TOLD}",
        f"{FORM}?{TOLD}",
        FORM,
    ],
)
def test_page_that_tells_of_a_reader_is_kept_by_nobody(client, item, path):
    response = client.get(path)
    assert {name: response.headers.get(name) for name in PRIVATE} == PRIVATE
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "/opportunities/",
        "/opportunities/?nationality=&residence=&age=&held=",
        "/opportunities/?level=master",
        "/opportunities/?unfit=shown",
        "/opportunities/grant/",
        "/opportunities/grant/?nationality=&residence=&age=&held=&level=",
        "/opportunities/grant/?utm_source=x",
    ],
)
def test_page_that_tells_nothing_is_everybodys(client, item, path):
    response = client.get(path)
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert 'class="fit' not in response.content.decode()
    assert "Does it fit me?" in response.content.decode()


def test_card_says_whether_it_fits_and_leads_to_the_page_that_says_why(client, item):
    content = text(client, f"/opportunities/?{TOLD}&unfit=shown")
    assert "Does not fit you: age" in content
    link = re.search(r'href="(/opportunities/grant/[^"]*)"', content)[1]
    page = text(client, link)
    assert page.count("you do not meet this") == 1
    assert "Conditions you meet: 0 of 1." in page
    assert "You do not meet: age." in page


def test_page_leads_back_to_the_list_with_what_was_told(client, item):
    page = text(client, f"/opportunities/grant/?{TOLD}&level=master")
    assert f'href="/opportunities/?{TOLD}"' in page


def test_kept_card_is_the_same_for_who_tells_nothing(client, item):
    before = client.get("/opportunities/").content
    client.get(f"/opportunities/?{TOLD}")
    assert client.get("/opportunities/").content == before


def test_a_year_of_age_that_could_change_it_is_said(client, item):
    item.rules.update(age_max=22)
    page = text(client, f"/opportunities/grant/?{TOLD}")
    assert "not stated whether you meet this</b>: a year of age could change it" in page


def test_only_who_meets_every_rule_is_told_that_it_fits(client, item):
    item.rules.update(age_max=30)
    assert "Fits you" in text(client, "/opportunities/?age=22")
    item.rules.update(text="With a good heart.")
    content = text(client, "/opportunities/?age=22")
    assert "Fits you" not in content
    assert "Not stated: a condition in words" in content


def test_no_rule_is_not_a_yes(client, item):
    item.rules.all().delete()
    assert "Who may apply is not stated" in text(client, "/opportunities/?age=22")
    assert "That is not a yes" in text(client, "/opportunities/grant/?age=22")


def test_listing_says_how_many_it_hides_and_why_and_shows_them_when_asked(client, item):
    for _ in range(2):
        rule = EligibilityRuleFactory(
            opportunity=OpportunityFactory(published=True, called=True, title="For the French"),
            kind="countries",
            attribute="nationality",
            mode="only",
            text="",
        )
        rule.countries.set(["FR"])
    content = text(client, "/opportunities/?nationality=KZ&age=22&page=1")
    assert "For the French" not in content and "A grant" not in content
    said = "3 more are hidden, for they are known not to fit you (nationality: 2, age: 1)."
    assert said in content
    shown = re.search(r'<a href="([^"]+)">Show them too', content)[1]
    assert shown == "/opportunities/?nationality=KZ&age=22&unfit=shown"
    everything = text(client, shown)
    assert everything.count("For the French") == 2
    assert everything.count("Does not fit you: nationality") == 2
    assert everything.count("Does not fit you: age") == 1
    assert 'href="/opportunities/?nationality=KZ&age=22">Hide it' in everything


def test_one_that_fails_several_rules_counts_once_and_is_named_by_each(client, item):
    EligibilityRuleFactory(opportunity=item, kind="level-held", levels=["7"], text="")
    content = text(client, "/opportunities/?age=22&held=6")
    assert "1 more is hidden, for it is known not to fit you " in content
    assert "(age: 1, level held: 1, some by several of these)" in content


def test_one_that_is_hidden_is_said_in_the_singular(client, item):
    content = text(client, "/opportunities/?age=22")
    assert "1 more is hidden, for it is known not to fit you (age: 1)." in content
    assert "Show it too" in content


@pytest.mark.parametrize("address", ["age=20", "residence=FR&held=1", "nationality=KZ", ""])
def test_listing_hides_nothing_that_is_not_known_not_to_fit(client, item, address):
    item.rules.update(age_max=20)
    content = text(client, f"/opportunities/?{address}")
    assert "A grant" in content
    assert "hidden, for" not in content and "known not to fit" not in content


def test_list_that_everything_is_hidden_from_says_what_to_leave_out(client, item):
    content = text(client, "/opportunities/?age=22&held=6")
    assert "Nothing fits all of this." in content
    assert '<a href="/opportunities/">Without “Your age and Highest level you hold”' in content


def test_choice_to_see_the_rest_stays_with_the_forms(client, item):
    listing = form_values(client.get(f"/opportunities/?{TOLD}&unfit=shown"))
    assert listing["unfit"] == ["shown"]
    form = client.get(f"{FORM}?{TOLD}&unfit=shown")
    assert form_values(form)["unfit"] == ["shown"]
    forgotten = re.search(
        r'<a href="([^"]+)">Forget it', text(client, f"/opportunities/?{TOLD}&unfit=shown")
    )
    assert forgotten[1] == "/opportunities/"


# --- The form


def test_form_holds_what_was_told_and_the_other_filters(client, item):
    values = form_values(client.get(f"{FORM}?{TOLD}&nationality=FR&kind=scholarship&q=a"))
    assert values["nationality"] == ["KZ", "FR"]
    assert (values["residence"], values["age"], values["held"]) == (["FR"], ["22"], ["6"])
    assert (values["kind"], values["q"]) == (["scholarship"], ["a"])
    assert "level" not in values


def test_filters_of_the_listing_keep_what_was_told(client, item):
    values = form_values(client.get(f"/opportunities/?{TOLD}"))
    assert (values["residence"], values["age"], values["held"]) == (["FR"], ["22"], ["6"])
    assert values["nationality"] == ["KZ"]
    facet = form_values(client.get(f"/opportunities/filter/sector/?{TOLD}"))
    assert (facet["nationality"], facet["age"]) == (["KZ"], ["22"])


def test_form_for_an_opportunity_leads_to_its_page(client, item):
    content = text(client, f"{FORM}?opportunity=grant&age=22")
    assert 'action="/opportunities/grant/"' in content
    assert 'href="/opportunities/grant/?age=22"' in content


def test_form_for_a_hidden_opportunity_is_that_of_the_listing(client, item):
    OpportunityFactory(slug="draft")
    for slug in ("draft", "never-was"):
        assert 'action="/opportunities/"' in text(client, f"{FORM}?opportunity={slug}")


@pytest.mark.parametrize(
    ("path", "age"),
    [
        ("/opportunities/", "400"),
        ("/opportunities/", "-1"),
        (FORM, "abc"),
        *(("/opportunities/grant/", age) for age in ("0", "1e3", "22.5", "9" * 500, '"><b>x')),
    ],
)
def test_age_that_cannot_be_is_told_at_its_field_and_nothing_is_lost(client, item, path, age):
    response = client.get(path, {"nationality": "KZ", "age": age, "held": "6"})
    content = html.unescape(response.content.decode())
    assert response.status_code == 200
    field = content.split('<label for="about-age">')[1].split("</div>")[0]
    assert "Write your age in whole years, such as 21." in field
    assert 'aria-invalid="true"' in field
    values = form_values(response)
    assert values["age"] == [age[:40]]
    assert "KZ" in values["nationality"]
    assert set(values["held"]) == {"6"}
    assert "<b>x" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("/opportunities/", "nationality=XX&nationality=KZ", "nationality"),
        ("/opportunities/grant/", "residence=XX", "residence"),
        (FORM, "residence=KZ&residence=FR", "residence"),
        (FORM, "held=9", "held"),
        (FORM, "&".join(f"nationality=A{n}" for n in range(40)), "nationality"),
    ],
)
def test_what_is_unknown_is_told_at_its_field(client, item, path, query, name):
    content = text(client, f"{path}?{query}&age=22")
    assert f'id="about-{name}-error"' in content
    assert 'value="22"' in content


def test_age_may_be_written_in_the_readers_own_digits(client, item):
    assert "(age: 1)" in text(client, "/opportunities/?age=٢٢")


def test_french_form_is_french(client, item):
    content = text(client, f"/fr{FORM}?opportunity=grant&age=abc")
    assert "Écrivez votre âge en années entières" in content
    assert 'action="/fr/opportunities/grant/"' in content
