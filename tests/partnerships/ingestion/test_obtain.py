import pytest

from partnerships.ingestion.guarded import Network
from partnerships.ingestion.obtain import article_at, article_pasted, article_uploaded
from partnerships.ingestion.refusals import Refused

from .server import answer, serving
from .test_fetch import at, by_path, network
from .test_read import ITEM, PAGE, RSS


def test_address_is_obtained_with_where_it_led():
    hops = {"/": answer(b"", "302 Found", Location="/a/1"), "/a/1": answer(PAGE.encode())}
    with serving(by_path(hops)) as server:
        obtained = article_at(at(server), network=network(server))
    assert obtained.reading.title == "Trois promesses"
    assert obtained.found_at == (at(server), at(server, "/a/1"))


def test_pasted_and_uploaded_go_the_same_way():
    text = "Trois promesses\n\nDeux pays imaginent <b>des bourses</b>."
    pasted = article_pasted(text).reading
    assert (pasted.title, pasted.text) == ("Trois promesses", text)
    assert article_uploaded("A.TXT", text.encode()).reading == pasted
    assert article_uploaded("a.txt", text.encode("utf-16")).reading == pasted
    assert article_uploaded("page.html", PAGE.encode()).reading.title == "Trois promesses"


def test_pasted_half_characters_are_dropped():
    assert article_pasted("Trois\ud800 promesses\x00.").reading.text == "Trois promesses."


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [("a.pdf", b"%PDF", "file"), ("a", b"x", "file"), ("a.txt", b"%PDF-1.7", "not_text"),
     ("a.html", b"x" * 11, "large"), ("a.txt", b"", "no_text")],
)  # fmt: skip
def test_file_that_is_no_article_is_refused(name, body, code):
    with pytest.raises(Refused) as caught:
        article_uploaded(name, body, network=Network(max_bytes=10))
    assert caught.value.code == code and "%(" not in str(caught.value)


def test_feed_is_no_article():
    with pytest.raises(Refused, match="open one of its entries"):
        article_uploaded("feed.html", (RSS % ITEM).encode())
