"""Whatever an address holds: an answer that says what was not understood, or a clean 400."""

import pytest

from tests.factories import OpportunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

READ_PARTLY = [
    "country=XX",
    "page=abc",
    "page=99999",
    "page=-1",
    "deadline=-1",
    "sort=;drop",
    "kind=" + "x" * 3000,
    "language=%3Cscript%3E",
    "&".join(f"kind=k{n}" for n in range(90)),
]
REFUSED = [
    "q=" + "x" * 10_000,
    "q=%00",
    "q=%C3",
    "q=%F0%9F%98",
    "&".join("kind=festival" for _ in range(300)),
]


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("query", READ_PARTLY)
def test_what_cannot_be_read_is_told_and_the_list_still_shows(client, prefix, query):
    OpportunityFactory(published=True, called=True, title="Still here")
    response = client.get(f"{prefix}/opportunities/?{query}")
    content = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in content
    assert "Still here" in content
    assert "<script>" not in content


@pytest.mark.parametrize("query", REFUSED)
@pytest.mark.parametrize("path", ["/opportunities/", "/fr/opportunities/", "/", "/articles/"])
def test_what_is_too_much_or_garbled_is_a_clean_refusal(client, path, query):
    response = client.get(path, QUERY_STRING=query)
    assert response.status_code == 400
    assert response.headers["X-Request-ID"] in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/opportunities/%00/",
        "/opportunities/%C3/",
        "/opportunities/" + "x" * 2000 + "/",
        "/opportunities/preview/garbage/",
        "/countries/xx/",
        "/countries/kazakhstan/",
        "/sectors/none/",
        "/groupings/none/",
        "/de/opportunities/",
    ],
)
def test_addresses_that_name_nothing_are_400_or_404(client, path):
    assert client.get(path).status_code in {400, 404}


@pytest.mark.parametrize(
    "path", ["/", "/opportunities/", "/partnerships/", "/privacy/", "/sw.js", "/healthz"]
)
def test_public_addresses_take_no_post(client, path):
    assert client.post(path, {"q": "x"}).status_code == 405
