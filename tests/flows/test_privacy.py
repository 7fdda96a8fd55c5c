"""What the privacy page promises, held against every answer that a reader can get."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from opportunities.preview import preview_url
from tests.factories import (
    ArticleFactory,
    GroupingFactory,
    OpportunityFactory,
    PartnershipCitationFactory,
    PartnershipFactory,
)
from tests.test_permissions import patterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OURS = "testserver"
NAMESPACES = ("http://www.w3.org/", "http://www.sitemaps.org/schemas/")
FETCHED = {
    "src",
    "srcset",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
    "ping",
    "xlink:href",
}
QUERIES = 3
"""So many query strings are tried at each path."""


class Addresses(HTMLParser):
    """`fetched` or sent to by the browser itself, and `links` that a reader may follow."""

    def __init__(self, html: str):
        super().__init__()
        self.fetched, self.links = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "href" and tag in {"a", "area"}:
                self.links.append(value)
            elif name in FETCHED or name == "href":
                self.fetched.append(value)
            elif name == "content" and "url=" in (value or "").lower():
                self.fetched.append(value.lower().partition("url=")[2])
            elif name == "style":
                self.fetched += in_styles(value)


IN_STYLES = re.compile(r"""(?:url\(|@import)\s*['"]?([^'")\s]+)""")


def in_styles(css: str) -> list[str]:
    return IN_STYLES.findall(css)


def is_foreign(address: str) -> bool:
    parts = urlsplit(urljoin(f"http://{OURS}/", address.strip()))
    return parts.scheme != "data" and parts.netloc != OURS


def foreign_in(kind: str, text: str) -> list[str]:
    """Addresses of others that a browser would ask by itself."""
    if kind == "text/html":
        fetched = Addresses(text).fetched
    elif kind == "text/css":
        fetched = in_styles(text)
    elif kind in {
        "text/javascript",
        "application/javascript",
        "image/svg+xml",
        "application/manifest+json",
    }:
        fetched = re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]+[^\s\"'`<>]*", uncommented(text))
        fetched = [a for a in fetched if not a.startswith(NAMESPACES)]
    else:
        return []  # nothing in it is fetched: plain text, Atom, iCalendar, JSON, a sitemap
    return [address for address in fetched if is_foreign(address)]


def uncommented(script: str) -> str:
    return re.sub(r"(^|\s)//\s.*", "", script)


def body_of(response) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode()


@pytest.fixture
def seeds():
    """A site with something at every kind of address."""
    partnership = PartnershipFactory(published=True)
    partnership.frameworks.add(GroupingFactory(slug="sco"))
    article = ArticleFactory(title="Read", address="https://paper.example/1")
    PartnershipCitationFactory(partnership=partnership, article=article)
    world = {"published": True, "partnerships": [partnership], "places": ["KZ"], "article": article}
    OpportunityFactory(called=True, slug="called", **world)
    OpportunityFactory(**world)
    OpportunityFactory(withdrawn=True, slug="gone")
    hidden = preview_url(OpportunityFactory())
    plain = [route for routes in ("en", "fr") for route in patterns(routes).values()]
    paths = ["/" + route for route in plain if "<" not in route and "(" not in route]
    return [*paths, hidden, "/opportunities/gone/", "/opportunities/called/calendar.ics", "/api/v1/opportunities/called/", f"/saved/calendar/{'0' * 64}.ics", *(f"/alerts/{what}/none/" for what in ("confirm", "manage", "stop", "keep")), "/opportunities/never-was/", "/?q=%00",
            "/groupings/sco/", "/sectors/energy/", "/countries/kz/",
            "/opportunities/filter/kind/", "/opportunities/?nationality=KZ"]  # fmt: skip


def crawl(client, seeds: list[str]):
    """Each answer to GET, following every link and file of ours, but for the desk."""
    ahead, seen, queries = list(seeds), set(), {}
    while ahead:
        address = urlsplit(ahead.pop())
        path, query = address.path, address.query
        tried = queries.setdefault(path, set())
        if re.match(r"(/fr)?/admin/", path) or (path, query) in seen or len(tried) >= QUERIES:
            continue
        seen.add((path, query))
        tried.add(query)
        response = client.get(path, QUERY_STRING=query)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        text = body_of(response)
        yield path, response, kind, text
        if kind == "text/html":
            found = Addresses(text)
            pointed = [
                urljoin(f"http://{OURS}{path}", a or "") for a in found.links + found.fetched
            ]
            ahead += [a for a in pointed if not is_foreign(a) and urlsplit(a).scheme == "http"]


def view_at(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""  # a file, or nothing


def test_no_answer_asks_another_site_or_sets_a_cookie(client, seeds):
    met, troubles, kinds = set(), [], set()
    for path, response, kind, text in crawl(client, seeds):
        kinds.add(kind)
        met.add(view_at(path))
        troubles += [(path, address) for address in foreign_in(kind, text)]
        troubles += [(path, name) for name in response.cookies]
        troubles += [(path, name) for name in ("Set-Cookie", "Link", "Report-To", "NEL", "Refresh")
                     if name in response.headers]  # fmt: skip
        policy = response.headers.get("Content-Security-Policy", "")
        troubles += [(path, host) for host in re.findall(r"[\w*-]+\.[\w.*-]+|https?:", policy)]
    assert troubles == []
    assert {"text/html", "text/css", "text/javascript", "image/svg+xml"} <= kinds
    public = {name for name in patterns("en") if not name.startswith("admin")}
    assert public <= met, public - met  # an address that is added is looked at, or this fails


def test_refused_and_unknown_posts_set_no_cookie(client):
    for path in ("/saved/", "/fr/saved/", "/", "/opportunities/", "/privacy/", "/never-was/"):
        response = client.post(path, {"save": "nothing"})
        assert response.status_code in {403, 404, 405}
        assert not response.cookies


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text/html", '<img src="https://pixel.example/1.gif">'),
        ("text/html", '<script src="//cdn.example/a.js"></script>'),
        ("text/html", '<link rel="preconnect" href="https://fonts.example">'),
        ("text/html", '<form action="https://forms.example/">'),
        ("text/html", '<a href="/" ping="https://count.example/">x</a>'),
        ("text/html", '<meta http-equiv="refresh" content="0;URL=https://away.example/">'),
        ("text/html", '<svg><image href="https://pixel.example/1.svg"/></svg>'),
        ("text/html", '<p style="background:url(https://pixel.example/1)">'),
        ("text/css", '@import "https://fonts.example/a.css";'),
        ("text/css", "b{background:url( 'https://pixel.example/1' )}"),
        ("text/javascript", 'fetch("https://count.example/")'),
        ("image/svg+xml", '<image href="https://pixel.example/1"/>'),
    ],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(kind, text):
    assert foreign_in(kind, text)
    ours = re.sub(r"(https?:)?//[\w.]+\.example", f"http://{OURS}", text, flags=re.IGNORECASE)
    assert not foreign_in(kind, ours) or kind in {"text/javascript", "image/svg+xml"}


@pytest.mark.parametrize("path", ["/privacy/", "/fr/privacy/"])
def test_privacy_page_says_it_in_ten_lines(client, path):
    html = client.get(path).content.decode()
    assert html.count("<dt>") == html.count("<dd>") == 10
    assert f"mailto:{settings.CONTACT_EMAIL}" in html
    assert f'href="{path}"' in client.get(path.replace("privacy/", "")).content.decode()


def test_log_of_what_failed_keeps_no_query_string(client, caplog):
    client.get("/never-was/?nationality=KZ&age=17")
    client.get("/?q=%00&nationality=KZ")
    client.post("/saved/?nationality=KZ", {"save": "x"})
    assert "/never-was/" in caplog.text
    assert "nationality" not in caplog.text and "age=17" not in caplog.text
