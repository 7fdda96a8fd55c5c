from datetime import date

import pytest

from partnerships.ingestion.feeds import MAX_ENTRIES, Feed
from partnerships.ingestion.read import MAX_CHARACTERS, Reading, language_tag, read
from partnerships.ingestion.refusals import Refused

BODY = (
    "Les deux pays imaginent des bourses communes de recherche et des stages pour les étudiants. "
)
SECOND = (
    "Aucun appel n’est ouvert à ce jour, a précisé le ministère, et le calendrier reste à fixer avec "
    "les universités partenaires, qui attendent une décision avant l’été. "
)
PAGE = f"""<!doctype html><html lang="fr_FR"><head><title>Trois promesses - Le Courrier</title>
<meta property="og:site_name" content="Le Courrier"><meta name="author" content="Aïcha Diallo">
<meta property="article:published_time" content="2026-03-01T23:30:00+05:00">
<link rel="canonical" href="/a/1"></head><body><nav><a href="/">Accueil</a><a href="/s">Sport</a></nav>
<article><h1>Trois promesses</h1><p>{BODY}</p><p>{SECOND}</p></article>
<footer>Tous droits réservés, mentions légales</footer></body></html>"""
AT = "https://www.courrier.example/a/1?utm=x"


def page(html: str = PAGE, **options) -> Reading:
    return read(html.encode(), **{"content_type": "text/html", "address": AT} | options)


def refused(body: bytes, **options) -> str:
    with pytest.raises(Refused) as caught:
        read(body, **options)
    assert "%(" not in str(caught.value)
    return caught.value.code


def test_page_states_what_its_head_states():
    said = page()
    assert (said.title, said.outlet, said.author) == (
        "Trois promesses",
        "Le Courrier",
        "Aïcha Diallo",
    )
    assert (said.published_on, said.language) == (date(2026, 3, 1), "fr-FR")
    assert said.address == "https://www.courrier.example/a/1"
    assert said.text.startswith("Trois promesses\n") and BODY.strip() in said.text
    assert "Accueil" not in said.text and "mentions" not in said.text


def test_page_that_states_nothing_is_not_guessed_at():
    said = page(f"<html><body><p>Last Thursday, 3 March, they met. {BODY * 3}</p></body></html>")
    assert (said.published_on, said.language, said.author, said.title) == (None, "", "", "")


def test_canonical_address_of_another_site_is_not_believed():
    other = PAGE.replace('href="/a/1"', 'href="https://ministry.example/call"')
    assert page(other).address == AT
    for odd in ("javascript:alert(1)", "http://[", "", "mailto:a@b.example"):
        assert page(PAGE.replace('href="/a/1"', f'href="{odd}"')).address.startswith(
            "https://www.c"
        )


def test_scripts_and_handlers_never_come_through():
    attack = f"<p>{BODY}<script>alert(1)</script><img src=x onerror=alert(2)>{BODY}</p></article>"
    said = page(PAGE.replace("</article>", attack))
    assert "alert" not in said.text and "<" not in said.text


def test_control_characters_do_not_come_through():
    said = page(PAGE.replace("imaginent", "ima\x00gin\x1b\x85ent").replace("Trois", "Tr\x07ois"))
    assert "imaginent" in said.text and said.title == "Trois promesses"


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("fr", "fr"), ("FR-be", "fr-BE"), ("zh_hans_CN", "zh-Hans-CN"), ("pt_BR.UTF-8", "pt-BR"),
     ("es-419", "es-419"), ("english", ""), ("", ""), ("x" * 99, "")],
)  # fmt: skip
def test_language_is_kept_one_way(stated, tag):
    assert language_tag(stated) == tag


# --- Plain text


def test_pasted_text_has_its_first_line_for_a_title():
    said = read("Trois promesses\r\n\r\nDeux pays…\r\n".encode())
    assert said == Reading(title="Trois promesses", text="Trois promesses\n\nDeux pays…")


def test_pasted_text_of_one_paragraph_has_no_title():
    assert read(BODY.encode()).title == ""
    assert read(f"{'a' * 301}\nmore".encode()).title == ""


def test_text_about_html_is_not_taken_for_a_page():
    assert (
        read(b"We write x < y and y > z.\nNo page.").text == "We write x < y and y > z.\nNo page."
    )


# --- What is refused


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"%PDF-1.7 \n%\xe2", "not_text"),
        (b"\x89PNG\r\n\x1a\n", "not_text"),
        (b"\xff\xd8\xff\xe0JFIF", "not_text"),
        (b"PK\x03\x04", "not_text"),
        (b"MZ\x90\x00\x03\x00\x00", "not_text"),
        (b"", "no_text"),
        (b" \n ", "no_text"),
        (b"<html></html>", "no_text"),
        (b"<html><body><form>Log in: <input name=u><input name=p></form></body></html>", "no_text"),
        (b"<html><body>" + b"<div>" * 1_100 + b"x", "nested"),
        (b"a" * (MAX_CHARACTERS + 1), "long"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "not_feed"),
    ],
)
def test_what_holds_no_article_is_refused(body, code):
    assert refused(body) == code


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b'{"items": []}', b"{"])
def test_json_that_is_no_feed_is_refused(body):
    assert refused(body, content_type="application/json") == "not_feed"


def test_unclosed_paragraphs_nest_nothing():
    said = page(f"<html><body>{'<p>' * 3_000}{BODY * 3}</body></html>")
    assert BODY.strip() in said.text


# --- Feeds

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><language>fr</language>%s
</channel></rss>"""
ITEM = """<item><title>Trois &amp; une</title><link>/a/1</link><author>A. Diallo</author>
<pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate><description>Deux pays</description></item>"""


def test_feed_gives_its_entries():
    feed = read((RSS % ITEM).encode(), content_type="text/xml", address="https://c.example/feed")
    entry = feed.entries[0]
    assert (feed.title, feed.language, feed.total) == ("News", "fr", 1)
    assert (entry.title, entry.address) == ("Trois & une", "https://c.example/a/1")
    assert (entry.published_on, entry.summary) == (date(2026, 3, 1), "Deux pays")


def test_feed_without_dates_or_links_states_none():
    feed = read((RSS % "<item><title>x</title><link>javascript:alert(1)</link></item>").encode())
    assert (feed.entries[0].address, feed.entries[0].published_on) == ("", None)


def test_json_feed_gives_its_entries():
    feed = read(
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [7, {"url": "/a",'
        b'"title": "One", "date_published": "2026-03-01T00:00:00Z", "authors": [{"name": "A"}]}, {}]}',
        address="https://c.example/feed.json",
    )
    assert (feed.total, feed.entries[0].address) == (2, "https://c.example/a")
    assert (feed.entries[0].author, feed.entries[0].published_on) == ("A", date(2026, 3, 1))


def test_feed_of_many_entries_is_kept_to_its_first():
    feed = read((RSS % ("<item><title>x</title></item>" * 600)).encode())
    assert isinstance(feed, Feed)
    assert (len(feed.entries), feed.total) == (MAX_ENTRIES, 600)


def test_feed_fetches_and_expands_no_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'
    feed = read((outside + RSS.partition("?>")[2] % "<item><title>a&a;b</title></item>").encode())
    assert "do not tell" not in str(feed)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    body = bomb + RSS.partition("?>")[2] % "<item><title>&l9;</title></item>"
    try:
        assert len(str(read(body.encode()))) < 10_000
    except Refused as refused:
        assert refused.code == "not_feed"
