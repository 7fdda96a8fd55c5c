"""One file of settings; the environment decides. Read anew for each case."""

import runpy
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.secret_key import kept_key
from tests.test_project import PRODUCTION, ROOT

NAMES = ["DEBUG", "SERAI_DEMO", "SECURE_SSL_REDIRECT", "TRUSTED_PROXY_COUNT", "LANGUAGES_OFFERED"]


@pytest.fixture
def read(monkeypatch):
    def read_settings(**environment) -> dict:
        for name in [*NAMES, *PRODUCTION]:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read_settings


def test_production_needs_a_secret_key(read):
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        read(ALLOWED_HOSTS="serai.example")
    with pytest.raises(ImproperlyConfigured):
        read(**PRODUCTION | {"SECRET_KEY": ""})


def test_production_is_closed_by_default(read):
    production = read(**PRODUCTION)
    assert production["ALLOWED_HOSTS"] == ["serai.example"] and not production["DEBUG"]
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert production[name] is True
    assert production["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert production["SESSION_COOKIE_NAME"] == "__Host-session"


def test_proxy_header_is_believed_only_behind_a_proxy(read):
    assert "SECURE_PROXY_SSL_HEADER" not in read(**PRODUCTION)
    behind = read(**PRODUCTION, TRUSTED_PROXY_COUNT="1")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_development_needs_nothing_and_stays_on_loopback(read):
    development = read(DEBUG="1")
    assert development["SECRET_KEY"] and development["DEBUG"]
    assert set(development["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}
    assert "SECURE_SSL_REDIRECT" not in development


def test_sqlite_keeps_what_it_acknowledged(read):
    options = read(**PRODUCTION)["DATABASES"]["default"]
    assert options["CONN_MAX_AGE"] is None
    assert options["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in options["OPTIONS"]["init_command"]


def test_postgresql_is_one_setting_away(read):
    address = "postgres://serai:word@db.internal:5432/serai"
    database = read(**PRODUCTION | {"DATABASE_URL": address})["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["NAME"]) == ("db.internal", "serai")
    assert "init_command" not in database["OPTIONS"]


@pytest.mark.parametrize(("offered", "codes"), [("en,fr,kk", ["en", "fr", "kk"]), ("en", ["en"])])
def test_languages_offered_are_a_setting(read, offered, codes):
    languages = read(**PRODUCTION, LANGUAGES_OFFERED=offered)["LANGUAGES"]
    assert [code for code, _name in languages] == codes


def test_policy_allows_nothing_inline(read):
    directives = read(**PRODUCTION)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert not any("unsafe" in source for sources in directives.values() for source in sources)


@pytest.mark.parametrize(
    ("given", "backend", "leaves"),
    [
        (PRODUCTION, "filebased", False),
        (PRODUCTION | {"EMAIL_URL": "smtp+tls://serai:word@mail.internal:587"}, "smtp", True),
        ({"SERAI_DEMO": "1", "EMAIL_URL": "smtp://mail.internal"}, "filebased", False),
    ],
)
def test_mail_leaves_by_one_setting_and_never_from_the_demo(read, given, backend, leaves):
    settings = read(**given)
    assert settings["EMAIL_BACKEND"] == f"django.core.mail.backends.{backend}.EmailBackend"
    assert settings["MAIL_LEAVES"] is leaves
    assert settings["EMAIL_TIMEOUT"] and settings["DEFAULT_FROM_EMAIL"]


# --- The demo's own key


def test_kept_key_is_made_once_long_and_only_its_owners(tmp_path):
    path = tmp_path / "key"
    key = kept_key(path)
    assert len(key) >= 50 and kept_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_kept_key_is_another_for_another_place(tmp_path):
    assert kept_key(tmp_path / "one") != kept_key(tmp_path / "two")


def test_kept_key_is_never_overwritten(tmp_path):
    path = tmp_path / "key"
    path.write_text("the key that was here", encoding="ascii")
    assert kept_key(path) == "the key that was here"
