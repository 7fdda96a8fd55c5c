"""The project's own settings, made quick: cheap passwords, a database in memory."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-" * 6)
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.setdefault("SECURE_SSL_REDIRECT", "0")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from config.settings import *  # noqa: F403 - the environment above decides what it reads

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405 - from the settings above
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # no collected copy: files come from where they are kept
WHITENOISE_USE_FINDERS = True
SEARCH_POLL_SECONDS = 0  # a test's database is rolled back: nothing may be taken on trust
