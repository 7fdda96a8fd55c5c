"""Production's settings on loopback, with Arabic offered so that right-to-left is really shown."""

import os

os.environ.setdefault("SECRET_KEY", "browser-tests-only-" * 4)
os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("LANGUAGES_OFFERED", "en,fr,ar")

from config.settings import *  # noqa: F403 - the environment above decides what it reads

SECURE_SSL_REDIRECT = False  # loopback speaks plain http
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "session"
SAVED_COOKIE_NAME = "saved"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
