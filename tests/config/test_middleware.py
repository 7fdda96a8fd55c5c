import re

import pytest
from django.test import RequestFactory

from config.middleware import MAX_PARAMETERS, MAX_PATH_BYTES, MAX_QUERY_BYTES
from opportunities.origins import client_address
from tests.factories import CountryFactory, OpportunityFactory

ID = re.compile(r"[0-9a-f]{32}")

TOO_MUCH = {
    "ten_kilobytes": "q=" + "x" * 10_000,
    "one_byte_too_many": "q=" + "x" * (MAX_QUERY_BYTES - 1),
    "three_hundred_parameters": "&".join(["country=KZ"] * 300),
    "one_parameter_too_many": "&".join(["a"] * (MAX_PARAMETERS + 1)),
    "three_hundred_empty_parameters": "&" * 300,
    "raw_nul": "q=a\0b",
    "quoted_nul": "q=a%00b",
    "quoted_nul_in_a_name": "%00=a",
    "half_a_sequence": "q=%C3",
    "half_a_sequence_in_the_middle": "q=%E2%82&country=KZ",
    "no_utf8_at_all": "q=%FF%FE",
    "overlong_form": "q=%C0%AF",
    "lone_surrogate": "q=%ED%A0%80",
}


@pytest.mark.parametrize(
    "path", ["/opportunities/", "/fr/opportunities/", "/no/such/page", "/admin/"]
)
@pytest.mark.parametrize("query", TOO_MUCH.values(), ids=TOO_MUCH)
def test_query_over_the_limits_is_a_plain_400(client, path, query):
    response = client.get(path, QUERY_STRING=query)
    assert response.status_code == 400
    assert ID.fullmatch(response.headers["X-Request-ID"])
    assert response.headers["X-Request-ID"] in response.content.decode()
    assert len(response.content) < 9_500  # an address that is too long is not sent back


@pytest.mark.parametrize("path", ["/" + "x" * MAX_PATH_BYTES, "/a%00b/"])
def test_path_over_the_limits_is_a_plain_400(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/%C3/", "/opportunities/%FF/", "/opportunities/%C3%28/", "/é/"])
def test_garbled_path_is_answered_without_failing(client, path):
    assert client.get(path).status_code in {400, 404}


def test_post_is_held_to_the_same_limits(client):
    assert client.post("/admin/login/", QUERY_STRING="q=%00").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["q=" + "x" * (MAX_QUERY_BYTES - 2), "&".join(["a"] * MAX_PARAMETERS), "q=%C3%A9&q=é", "q=%"],
)
def test_query_within_the_limits_passes(client, query):
    assert client.get("/healthz", QUERY_STRING=query).status_code == 200


# --- The request's id


@pytest.mark.django_db
def test_every_answer_carries_its_own_id(client):
    ids = [client.get("/healthz").headers["X-Request-ID"] for _again in range(3)]
    assert len(set(ids)) == 3 and all(map(ID.fullmatch, ids))


@pytest.mark.django_db
def test_id_is_ours_never_the_visitors(client):
    response = client.get("/healthz", headers={"X-Request-ID": "forged"})
    assert response.headers["X-Request-ID"] != "forged"


@pytest.mark.django_db
def test_unknown_page_names_the_id_of_its_answer(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert response.headers["X-Request-ID"] in response.content.decode()


# --- The address alone decides the language


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "language"),
    [("/opportunities/", "en"), ("/fr/opportunities/", "fr"), ("/", "en"), ("/fr/", "fr")],
)
@pytest.mark.parametrize("asked", ["fr", "en", "ar;q=0.9, kk"])
def test_language_is_the_addresss_and_nothing_varies(client, path, language, asked):
    client.cookies["django_language"] = asked[:2]
    response = client.get(path, headers={"Accept-Language": asked})
    assert response.status_code == 200
    assert response.headers["Content-Language"] == language
    assert f'lang="{language}"' in response.content.decode()
    varies = response.headers.get("Vary", "").lower()
    assert "accept-language" not in varies and "cookie" not in varies
    assert not response.cookies


@pytest.mark.django_db
def test_public_page_may_be_kept_but_is_asked_for_again(client):
    response = client.get("/opportunities/")
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


TOLD = ["nationality=kz", "residence=XX", "q=a&age=abc", "held=3&held=4", "%6Eationality=%20KZ"]
PERSONAL = [
    "/", "/fr/opportunities/", "/opportunities/{}/", "/opportunities/{}/calendar.ics",
    "/opportunities/{}/card.txt", "/opportunities/feed.atom", "/opportunities/calendar.ics",
    "/opportunities/filter/deadlines/", "/opportunities/filter/country/", "/countries/kz/",
    "/partnerships/", "/articles/", "/privacy/", "/saved/", "/alerts/new/", "/no-such-page/",
    "/api/v1/opportunities/", "/api/v1/opportunities/{}/", "/api/v1/opportunities.csv", "/robots.txt",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", PERSONAL)
def test_address_that_tells_of_a_person_is_kept_by_nobody_whatever_answers(client, path):
    CountryFactory(iso2="KZ")
    path = path.format(OpportunityFactory(published=True, called=True).slug)
    for told in TOLD:
        headers = client.get(f"{path}?{told}").headers
        assert headers["Cache-Control"] == "no-store", told
        assert headers["X-Robots-Tag"] == "noindex" and "ETag" not in headers, told
        assert headers["Referrer-Policy"] == "same-origin", told


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "?nationality=&age=%20", "?q=age", "?aged=3", "?&=;%"])
def test_address_that_tells_of_nobody_may_be_kept(client, asked):
    headers = client.get(f"/partnerships/{asked}").headers
    assert headers["Cache-Control"] == "public, no-cache" and "X-Robots-Tag" not in headers


@pytest.mark.django_db
def test_login_page_is_not_for_shared_caches(client):
    assert "public" not in client.get("/admin/login/").headers.get("Cache-Control", "")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/opportunities/", "/admin/login/", "/no-such-page/"])
def test_every_page_says_what_it_may_do(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


# --- Who asks


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (2, "203.0.113.7", "203.0.113.7"),
        (1, " 2001:db8::1 ", "2001:db8::1"),
    ],
)
def test_client_address_is_counted_past_our_own_proxies(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded}
    )
    assert client_address(request) == address
