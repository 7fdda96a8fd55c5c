"""Against a real server on loopback that each test lets `fetch` reach by handing in a `Network`."""

import ast
import gzip
import shutil
import ssl
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from partnerships.ingestion.fetch import fetch
from partnerships.ingestion.guarded import Network, system_addresses
from partnerships.ingestion.refusals import SENTENCES, Refused

from .server import answer, serving

PAGE = b"<html><title>Grants</title><p>Trois bourses de plus."
BOMB = gzip.compress(gzip.compress(bytes(60_000_000)))  # 60 MB of nothing, twice packed
ENDLESS = 1_000_000


def once(reply: bytes, robots: bytes = answer(b"", "404 Not Found")):
    return lambda server, connection, path, headers: connection.sendall(
        robots if path == "/robots.txt" else reply
    )


def by_path(replies: dict[str, bytes]):
    missing = answer(b"", "404 Not Found")
    return lambda server, connection, path, headers: connection.sendall(
        replies.get(path.partition("?")[0], missing)
    )


def network(server, **options) -> Network:
    """The whole public internet is this one server, under any name."""
    given = {
        "resolve": lambda host, port: ["127.0.0.1"],
        "allowed": frozenset({"127.0.0.1"}),
        "ports": frozenset({server.port}),
        "seconds": 5,
    }
    return Network(**given | options)


def at(server, path="/", host="news.example") -> str:
    return f"http://{host}:{server.port}{path}"


def refused(address: str, **options) -> Refused:
    with pytest.raises(Refused) as caught:
        fetch(address, **options)
    assert "%(" not in str(caught.value) and str(caught.value).endswith(".")
    return caught.value


def refused_reply(reply: bytes, robots: bytes = answer(b"", "404 Not Found"), **options) -> str:
    with serving(once(reply, robots)) as server:
        return refused(at(server), network=network(server), **options).code


# --- What arrives


def test_page_arrives_with_what_its_headers_say():
    reply = answer(PAGE, kind="Text/HTML; charset=ISO-8859-15", ETag='"1"', Last_Modified="then")
    with serving(once(reply)) as server:
        page = fetch(at(server, "/a?b=c#d"), network=network(server))
    assert (page.body, page.status, page.content_type) == (PAGE, 200, "text/html")
    assert (page.charset.lower(), page.etag, page.modified) == ("iso-8859-15", '"1"', "then")
    assert page.address == at(server, "/a?b=c")
    assert server.paths == ["/a?b=c"]


def test_request_names_us_and_how_to_reach_us(settings):
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://serai.example", "desk@serai.example"
    with serving(once(answer(PAGE))) as server:
        fetch(at(server), network=network(server))
    for _path, headers in server.asked:
        assert headers["user-agent"] == "Serai/1 (+https://serai.example; desk@serai.example)"
        assert headers["host"] == f"news.example:{server.port}"
        assert not {"cookie", "authorization", "referer"} & headers.keys()


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_packed_page_is_unpacked(packing):
    packed = gzip.compress(PAGE) if packing == "gzip" else zlib.compress(PAGE)
    with serving(once(answer(packed, Content_Encoding=packing))) as server:
        assert fetch(at(server), network=network(server)).body == PAGE


def test_unchanged_page_costs_a_304():
    def reply(server, connection, path, headers):
        known = headers.get("if-none-match") == '"1"' and headers["if-modified-since"] == "then"
        connection.sendall(answer(b"", "304 Not Modified") if known else answer(PAGE))

    with serving(reply) as server:
        page = fetch(at(server), etag='"1"', modified="then", network=network(server))
        assert page.is_unchanged and page.body == b""
        assert not fetch(at(server), network=network(server)).is_unchanged


def test_304_that_nobody_asked_for_is_refused():
    assert refused_reply(answer(b"", "304 Not Modified")) == "status"


def test_redirects_are_followed_to_the_fifth():
    hops = {f"/{n}": answer(b"", "302 Found", Location=f"/{n + 1}") for n in range(6)}
    with serving(by_path(hops | {"/6": answer(PAGE)})) as server:
        page = fetch(at(server, "/1"), network=network(server))
        assert (page.body, page.address) == (PAGE, at(server, "/6"))
        assert refused(at(server, "/0"), network=network(server)).code == "redirects"


def test_cookie_of_a_redirect_is_not_sent_on():
    hops = {"/": answer(b"", "302 Found", Location="/2", Set_Cookie="a=b"), "/2": answer(PAGE)}
    with serving(by_path(hops)) as server:
        fetch(at(server), network=network(server))
    assert all("cookie" not in headers for _path, headers in server.asked)


def test_proxy_of_the_environment_is_not_used(monkeypatch):
    with serving(once(answer(b"from the proxy"))) as proxy, serving(once(answer(PAGE))) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert fetch(at(server), network=network(server)).body == PAGE
    assert proxy.asked == []


# --- Where it does not go

FORMS_OF_LOOPBACK = [
    "127.0.0.1", "localhost", "LOCALHOST.", "2130706433", "0x7f000001", "0x7f.1", "017700000001",
    "127.1", "0177.0.0.01", "0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[0:0:0:0:0:0:0:1]", "①②⑦.⓪.⓪.①",
]  # fmt: skip
OTHER_PLACES = [
    "169.254.169.254", "[fd00:ec2::254]", "10.0.0.1", "192.168.1.1", "100.100.100.200", "192.0.0.192",
    "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::1]", "[fe80::1]", "0.0.0.0", "224.0.0.1",  # noqa: S104 - asked for, not bound to
]  # fmt: skip


@pytest.mark.parametrize("host", FORMS_OF_LOOPBACK + OTHER_PLACES)
def test_special_address_in_any_form_is_never_asked(host):
    with serving(once(answer(PAGE))) as victim:
        here = Network(ports=frozenset({victim.port}), seconds=3)
        code = refused(f"http://{host}:{victim.port}/latest/meta-data/", network=here).code
    assert code in {"special", "address", "unknown_host"}
    assert victim.asked == []


@pytest.mark.parametrize("host", [*FORMS_OF_LOOPBACK, *OTHER_PLACES])
def test_redirect_to_a_special_address_is_never_followed(host):
    with serving(once(answer(PAGE))) as victim:
        to = f"http://{host}:{victim.port}/latest/meta-data/"
        reply = answer(b"", "302 Found", Location=to)
        with serving(once(reply)) as server:
            both = frozenset({server.port, victim.port})
            code = refused(at(server), network=OnlyNamed(ports=both, seconds=3)).code
    assert code in {"special", "address", "unknown_host", "redirect"}
    assert victim.asked == []


class OnlyNamed(Network):
    """127.0.0.1 is the public web where it is called news.example, and loopback where it is not."""

    def __init__(self, **options):
        def resolve(host, port):
            return ["127.0.0.1"] if host == "news.example" else system_addresses(host, port)

        super().__init__(resolve=resolve, **options)

    def judge(self, host, address):
        if (host, address) != ("news.example", "127.0.0.1"):
            super().judge(host, address)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "address"),
        ("news", "address"),
        ("//news.example/", "address"),
        ("file:///etc/passwd", "address"),
        ("gopher://news.example/", "address"),
        ("ftp://news.example/", "address"),
        ("javascript:alert(1)", "address"),
        ("data:text/html,x", "address"),
        ("http://", "address"),
        ("http:///path", "address"),
        ("http://news.example\\@127.0.0.1/", "address"),
        ("http://news.example/\r\nHost: x", "address"),
        ("http://news.example/\x00", "address"),
        ("http://" + "a" * 70 + ".example/", "address unknown_host"),
        ("http://news.example/" + "a" * 2_000, "address"),
        ("http://127.0.0.1@news.example/", "login_in_address"),
        ("http://user:pass@news.example/", "login_in_address"),
        ("http://news.example:22/", "port"),
        ("https://news.example:8443/", "port"),
        ("http://news.example:65536/", "port"),
        ("http://[::1/", "address"),
        ("http://[fe80::1%25eth0]/", "special unknown_host"),
    ],
)
def test_address_that_is_none_of_ours_is_refused(address, code):
    nowhere = Network(resolve=lambda host, port: [], seconds=3)
    assert refused(address, network=nowhere).code in code.split()


def test_name_with_one_private_answer_among_public_ones_is_refused():
    mixed = Network(resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])
    assert refused("http://mixed.example/", network=mixed).code == "special"


def test_name_that_changes_its_answer_gains_nothing():
    """DNS rebinding: what was judged is what is connected to, and a later answer is judged again."""
    with serving(once(answer(b"", "302 Found", Location="/again"))) as server:
        answers = iter([["127.0.0.1"], ["127.0.0.2"], ["169.254.169.254"]])
        rebinding = network(server, resolve=lambda host, port: next(answers))
        assert refused(at(server), network=rebinding).code == "special"
    assert server.asked == [("/robots.txt", server.asked[0][1])]


def test_connected_peer_is_judged_once_more():
    """A resolver's answer that is not what the system connects to, as a scoped or odd form might be."""

    class Careless(Network):
        def judge(self, host, address):
            if address != "localhost":
                super().judge(host, address)

    with serving(once(answer(PAGE))) as victim:
        careless = Careless(
            resolve=lambda host, port: ["localhost"], ports=frozenset({victim.port}), seconds=3
        )
        assert refused(at(victim), network=careless).code == "special"
    assert victim.asked == []


def test_redirect_to_another_port_or_scheme_is_refused():
    for location, code in [("http://news.example:22/", "port"), ("file:///etc/passwd", "redirect")]:
        assert refused_reply(answer(b"", "301 Moved", Location=location)) == code


def test_site_without_a_name_or_an_answer_is_told_apart():
    assert refused("http://x.example/", network=Network(resolve=lambda h, p: [])).code == (
        "unknown_host"
    )
    with serving(once(answer(PAGE))) as server:
        gone = network(server)
    assert refused(at(server), network=gone).code == "unreachable"


# --- What it does not wait for or keep


def dripping(server, connection, path, headers):
    """Headers first, then a byte now and then for ever: each read succeeds."""
    for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: " + b"a" * ENDLESS:
        connection.sendall(bytes([byte]))
        if server.is_over.wait(0.05):
            return


def silent(server, connection, path, headers):
    server.is_over.wait(10)


def endless_body(server, connection, path, headers):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not server.is_over.is_set():
        connection.sendall(b"a" * 65_536)


def dripping_body(server, connection, path, headers):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not server.is_over.wait(0.05):
        connection.sendall(b"a")


def turning(server, connection, path, headers):
    server.is_over.wait(0.4)
    connection.sendall(answer(b"", "302 Found", Location=path + "x"))


@pytest.mark.parametrize("handler", [dripping, silent, dripping_body, turning])
def test_slow_server_meets_one_deadline(handler):
    began = time.monotonic()
    with serving(handler) as server:
        found = refused(at(server), network=network(server, seconds=0.8))
    assert found.code in {"slow", "robots_unknown"}
    assert time.monotonic() - began < 2.5


def test_slow_resolver_meets_the_deadline():
    slow = Network(resolve=lambda host, port: time.sleep(3) or ["127.0.0.1"], seconds=0.3)
    began = time.monotonic()
    assert refused("http://slow.example/", network=slow).code == "slow"
    assert time.monotonic() - began < 2


def test_endless_body_stops_at_the_limit():
    with serving(lambda *a: (endless_body if a[2] != "/robots.txt" else once(b""))(*a)) as server:
        assert refused(at(server), network=network(server)).code in {"large", "broken_off"}


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (answer(b"x" * 3_000_001), "large"),
        (answer(BOMB, Content_Encoding="gzip, gzip"), "garbled"),
        (answer(gzip.decompress(BOMB), Content_Encoding="gzip"), "large"),
        (answer(gzip.compress(b"x") + b"y" * 3_000_001, Content_Encoding="gzip"), "large"),
        (answer(b"not packed", Content_Encoding="gzip"), "garbled"),
        (answer(b"x", Content_Encoding="zstd"), "garbled"),
        (answer(PAGE, kind="application/pdf"), "type"),
        (answer(PAGE, kind="image/png"), "type"),
        (answer(PAGE, kind="application/octet-stream"), "type"),
        (answer(PAGE, "401 Unauthorized"), "login"),
        (answer(PAGE, "403 Forbidden"), "login"),
        (answer(PAGE, "404 Not Found"), "gone"),
        (answer(PAGE, "410 Gone"), "gone"),
        (answer(PAGE, "418 Teapot"), "status"),
        (answer(PAGE, "429 Too Many"), "busy"),
        (answer(PAGE, "503 Down"), "fault"),
        (answer(b"", "302 Found"), "status"),
        (answer(PAGE)[:-9], "broken_off"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "broken_off"),
        (b"", "broken_off"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 200_000 + b"\r\n\r\n", "broken_off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "broken_off"),
    ],
    ids=range(22),
)
def test_hostile_answer_is_refused_in_words(reply, code):
    assert refused_reply(reply) == code


def test_link_check_meets_any_type_without_its_body():
    with serving(once(answer(b"%PDF", kind="application/pdf"))) as server:
        page = fetch(at(server), any_type=True, network=network(server))
    assert (page.content_type, page.body) == ("application/pdf", b"")


# --- robots.txt


@pytest.mark.parametrize(
    ("robots", "code"),
    [
        (answer(b"User-agent: serai\nDisallow: /", kind="text/plain"), "robots"),
        (answer(b"", "503 Down"), "robots_unknown"),
        (answer(b"", "302 Found", Location="http://169.254.169.254/"), "special"),
    ],
)
def test_site_that_says_no_or_nothing_is_left_alone(robots, code):
    with serving(once(answer(PAGE), robots)) as server:
        both = OnlyNamed(ports=frozenset({80, server.port}), seconds=3)
        assert refused(at(server), network=both).code == code
    assert server.paths == []


def test_robots_of_each_site_on_the_way_is_asked_once():
    replies = {
        "/": answer(b"", "302 Found", Location="/2"),
        "/2": answer(b"", "302 Found", Location="/secret"),
        "/robots.txt": answer(b"User-agent: *\nDisallow: /secret", kind="text/plain"),
    }
    with serving(by_path(replies)) as server:
        assert refused(at(server), network=network(server)).code == "robots"
    assert [path for path, _headers in server.asked] == ["/robots.txt", "/", "/2"]


def test_robots_without_end_is_read_as_far_as_asked():
    robots = answer(b"User-agent: *\nDisallow: /x\n" + b"#" * 2_000_000, kind="text/plain")
    with serving(once(answer(PAGE), robots)) as server:
        assert fetch(at(server), network=network(server)).body == PAGE
        assert refused(at(server, "/x"), network=network(server)).code == "robots"


# --- TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """(certificate, key) for news.example, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", key, "-out", made, "-days", "2", "-subj", "/CN=news.example",
         "-addext", "subjectAltName=DNS:news.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    return made, key


def test_certificate_is_checked_against_the_name(certificate):
    made, key = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    names = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)

    def wrap(connection):
        return context.wrap_socket(connection, server_side=True)

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=made)

    with serving(once(answer(PAGE)), wrap=wrap) as server:
        address = at(server).replace("http:", "https:")
        trusted = network(server, tls=trusting)
        assert fetch(address, network=trusted).body == PAGE
        assert set(names) == {"news.example"}
        other = address.replace("news.", "other.")
        assert refused(other, network=trusted).code == "certificate"
        assert refused(address, network=network(server)).code == "certificate"


# --- The door


def test_nothing_else_opens_the_network():
    """Of our own code only the door and its guard import what can connect."""
    connecting = {"httpx", "httpx2", "httpcore2", "requests", "urllib3", "socket", "aiohttp"}
    connecting |= {"http.client", "urllib.request", "ftplib", "xmlrpc", "telnetlib"}
    openers = {
        path.as_posix()
        for room in ("config", "partnerships", "opportunities")
        for path in Path(room).rglob("*.py")
        if connecting & imported_by(path)
    }
    openers.remove("opportunities/demo/server.py")  # binds a free port, connects nowhere
    openers.remove("partnerships/ingestion/followable.py")  # inet_aton reads numbers, no more
    assert openers == {f"partnerships/ingestion/{name}.py" for name in ("fetch", "guarded")}


def imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names | {name.split(".")[0] for name in names}


def test_every_sentence_is_whole():
    for code, sentence in SENTENCES.items():
        assert str(sentence).endswith("."), code


def test_starting_the_site_loads_no_client():
    script = (
        "import django, sys; django.setup(); import config.urls; print('httpx2' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
