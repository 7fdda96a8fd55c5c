"""French, without gettext: the catalogue by itself, and pages that must hold no English."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation

from opportunities.choices import Stage
from opportunities.models import Deadline, EligibilityRule, OpportunityCitation, Words
from partnerships.models import Article
from partnerships.reference import load_reference_data
from tests.factories import (
    ArticleFactory,
    OpportunityCitationFactory,
    OpportunityFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
)
from tests.opportunities.weight import DETAIL, LISTING, fullest
from tests.translations import ROOT, entries, read, troubles_of

FRENCH = read(ROOT / "config/locale/fr/LC_MESSAGES/django.po")
ENGLISH = re.compile(
    r"(?<![\w.@])(the|and|of|is|are|was|with|for|from|by|not|yet|only|any|show|search|filter|kind|open|"
    r"opens|closed|announced|cancelled|deadlines?|funding|country|countries|opportunity|opportunities|"
    r"partnerships?|groupings?|call|calls|stated|said|verified|unverified|published|example|level|"
    r"language|students?|scholarship|page \d+ of|day|days|more|back|what|who|why|when)\b",
    re.IGNORECASE,
)


def words_of() -> list[tuple[str, str]]:
    """(English, French) of every entry, each plural form by itself."""
    return [
        (message.id[0] if message.pluralizable else message.id, french)
        for message in entries(FRENCH)
        for french in (message.string if message.pluralizable else (message.string,))
    ]


def test_every_entry_is_translated_and_holds_its_placeholders():
    assert troubles_of(FRENCH) == []
    assert FRENCH.num_plurals == 2
    assert "n > 1" in FRENCH.plural_expr


def test_type_is_french():
    straight = [french for _, french in words_of() if "'" in french]
    spaces = [french for _, french in words_of() if re.search(r" [;:!?»]|« |\w[;!?]", french)]
    assert (straight, spaces) == ([], [])


def test_stages_agree_with_the_word_for_opportunity_and_differ_from_each_other():
    with translation.override("fr"):
        labels = [str(label) for label in Stage.labels]
    assert len(set(labels)) == len(labels)
    assert labels[:3] == ["Annoncée", "Ouvre bientôt", "Ouverte"]


# --- Pages


class Shown(HTMLParser):
    """What a reader is shown or told that claims to be French: text, and attributes read aloud."""

    VOID = {"br", "hr", "img", "input", "link", "meta"}
    TOLD = {"alt", "aria-label", "content", "placeholder", "title"}

    def __init__(self):
        super().__init__()
        self.languages = ["fr"]
        self.french: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1]
        if tag in {"script", "style"}:
            language = ""
        if tag not in self.VOID:
            self.languages.append(language)
        if language == "fr" and given.get("name") not in {"viewport", "robots"}:
            self.french += [given[name] for name in self.TOLD if given.get(name)]

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, data):
        if self.languages[-1] == "fr":
            self.french.append(data)


def english_in(html: str) -> list[str]:
    reader = Shown()
    reader.feed(html)
    return [" ".join(text.split()) for text in reader.french if ENGLISH.search(text)]


@pytest.fixture
def pages(db, now):
    """An address of every page type, with all that editors write in French."""
    load_reference_data()
    fullest()
    partnership = PartnershipFactory(published=True, slug="chine-kazakhstan")
    article = ArticleFactory(slug="article", title="", nature=Article.Nature.STATEMENT)
    PartnershipCitationFactory(partnership=partnership, article=article, quote="Ensemble.")
    promise = OpportunityFactory(
        published=True, slug="promesse", partnerships=[partnership], article=article, places=["KZ"]
    )
    said = {"speaker_role": "official", "speaker_name": "Ministre", "article": article}
    OpportunityCitationFactory(opportunity=promise, quote="Des bourses.", **said)
    OpportunityCitation.objects.filter(speaker_role="provider").update(speaker_name="Elle")
    Words.objects.update(title="Bourse", summary="Ce que c’est.")
    Deadline.objects.update(channel="en ligne", for_whom="tout le monde")
    EligibilityRule.objects.filter(kind="other").update(text="En bonne santé.")
    return [
        "/",
        LISTING,
        "/opportunities/?stage=announced&partnership=chine-kazakhstan",
        "/opportunities/?country=XX&page=abc&kind=festival&funding=unpaid&level=postdoctoral",
        "/opportunities/filter/country/",
        "/opportunities/filter/deadlines/",
        "/opportunities/filter/deadlines/?country=XX&kind=festival",
        "/opportunities/promesse/",
        "/partnerships/chine-kazakhstan/",
        "/articles/article/",
        "/partnerships/",
        "/offline/",
        "/countries/kz/",
        "/sectors/energy/",
        "/groupings/sco/",
        "/opportunities/never-was/",
        DETAIL,
    ]


def test_french_pages_hold_no_english(client, pages):
    left = {path: english_in(client.get("/fr" + path).content.decode()) for path in pages}
    assert {path: texts for path, texts in left.items() if texts} == {}


def test_reader_of_pages_finds_english():
    assert english_in('<p>Ouvert <b lang="en">the end</b> and <br>more</p>') == ["and", "more"]
    assert english_in('<a href="#" aria-label="Show all">Tout</a>') == ["Show all"]


def test_hint_of_the_announced_says_that_no_call_exists(client, pages):
    content = client.get("/fr/opportunities/").content.decode()
    hint = content.split('class="hint"')[1].split("</p>")[0]
    assert "sans appel" in hint


def test_desk_speaks_french_with_djangos_own_words(client, db):
    with translation.override("fr"):
        address = reverse("admin:login")
    content = client.get(address).content.decode()
    assert '<html lang="fr"' in content
    assert "Le bureau de Serai" in content
    assert "Connexion" in content
