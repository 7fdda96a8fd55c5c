"""Every setting, in one file; the environment decides.

`DEBUG=1` is all that development needs. Production needs `SECRET_KEY`, `ALLOWED_HOSTS` and
`SITE_URL`, and refuses to start without them. `manage.py demo` sets `SERAI_DEMO` itself.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.secret_key import kept_key

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Which of the three: demo, development, production

DEMO = env.bool("SERAI_DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False) and not DEMO

if DEMO:
    SECRET_KEY = kept_key(BASE_DIR / ".demo-key")
elif DEBUG:
    SECRET_KEY = env.str("SECRET_KEY", default="development-only-" + "not-a-secret-" * 4)
elif not (SECRET_KEY := env.str("SECRET_KEY", default="")):
    raise ImproperlyConfigured(
        "Set SECRET_KEY (50 characters or more), or DEBUG=1 for development, or run manage.py demo."
    )

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
if DEMO or DEBUG:
    ALLOWED_HOSTS = LOOPBACK
    SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
else:  # a key error here names what production still lacks
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    SITE_URL = env.str("SITE_URL").rstrip("/")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="editors@serai.example")

# --- Mail: by one setting; without it, and in the demo, none leaves this machine

EMAIL_URL = "" if DEMO else env.str("EMAIL_URL", default="")
MAIL_LEAVES = EMAIL_URL.startswith("smtp")
vars().update(env.email_url_config(EMAIL_URL or f"filemail:///{BASE_DIR / 'mails'}"))
EMAIL_TIMEOUT = 20  # seconds a word of the mail server may take
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Serai <{CONTACT_EMAIL}>")

# --- Alerts: how long things are kept, how often one may ask, how a refused mail is tried again

ALERT_UNCONFIRMED_DAYS = 7
ALERT_SIGN_UPS_AN_HOUR = env.int("ALERT_SIGN_UPS_AN_HOUR", default=500)
ALERT_FROM_HOUR = env.int("ALERT_FROM_HOUR", default=6)
ALERT_RETRY_SECONDS = env.int("ALERT_RETRY_SECONDS", default=300)
ALERT_LEASE_SECONDS = env.int("ALERT_LEASE_SECONDS", default=900)

# --- What the rules of opportunities/stages.py count in

LAPSE_AFTER_DAYS = env.int("LAPSE_AFTER_DAYS", default=180)
VERIFY_WITHIN_DAYS = {"open": 14, "rolling": 30, "announced": 90}
PREVIEW_DAYS = 7

# --- How soon a worker sees what another one wrote, in seconds

SEARCH_POLL_SECONDS = env.float("SEARCH_POLL_SECONDS", default=1)

# --- What a worker keeps because making it again costs more, in bytes at most

KEPT_CARDS_BYTES = env.int("KEPT_CARDS_BYTES", default=16 * 1024 * 1024)
KEPT_PAGES_BYTES = env.int("KEPT_PAGES_BYTES", default=32 * 1024 * 1024)

# --- Rooms

INSTALLED_APPS = [
    "config.apps.SeraiAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "axes",
    "partnerships",
    "opportunities",
]

MIDDLEWARE = [
    "config.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    # Around every layer that would make a page's body or its headers again.
    "config.kept_pages.KeptPages",
    # Before the policy: an SVG icon that carries it may not reuse its own parts.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.ResponseHeaders",
    "config.middleware.InputLimits",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageFromPath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
            "builtins": ["opportunities.templatetags.serai"],
        },
    },
]

# --- Database: SQLite inside, PostgreSQL by one setting

DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "demo.sqlite3"}
    if DEMO
    else env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        # Kept open: with a full disk a new connection could not even read (its -shm file).
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # FULL: with NORMAL a power cut loses writes that were already acknowledged.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }

# --- Languages: English at the root, the others under a prefix

LANGUAGE_CODE = "en"
ALL_LANGUAGES = {
    "en": _("English"),
    "fr": _("French"),
    "ru": _("Russian"),
    "zh-hans": _("Simplified Chinese"),
    "ar": _("Arabic"),
    "es": _("Spanish"),
    "pt": _("Portuguese"),
    "kk": _("Kazakh"),
}
LANGUAGES = [
    (code, ALL_LANGUAGES[code]) for code in env.list("LANGUAGES_OFFERED", default=["en", "fr"])
]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Who may come in

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
# Five tries for one name from one address; the same name from elsewhere still gets in.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hour
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "opportunities.origins.client_address"
AXES_LOCKOUT_CALLABLE = "config.errors.locked_out"
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- What a page may do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SAVED_COOKIE_NAME = "saved"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # an opportunity with its citations, in one admin form
DATA_UPLOAD_MAX_NUMBER_FILES = 5

if not (DEBUG or DEMO):
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=63_072_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    SAVED_COOKIE_NAME = "__Host-saved"
    if TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

FORMS_URLFIELD_ASSUME_HTTPS = True  # the default from Django 6; until then each URLField warns

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "config.logs.WithoutSecrets"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
