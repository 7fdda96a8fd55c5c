#!/usr/bin/env python3
"""Serai's command line."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    is_demo = sys.argv[1:2] == ["demo"]
    if is_demo:
        os.environ["SERAI_DEMO"] = "1"  # before the settings are read: own key, own database
    if sys.argv[1:2] in (["makemigrations"], ["makemessages"]):
        os.environ.setdefault("DEBUG", "1")  # they write source, and no production runs them
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - see below

        from config.catalogues import compile_catalogues  # noqa: PLC0415 - needs Babel, see below
    except ImportError:
        sys.exit(
            "Django is not installed here. In a fresh clone:\n"
            "  python3 -m venv .venv && .venv/bin/pip install -r requirements.txt\n"
            "  .venv/bin/python manage.py demo"
        )
    if is_demo:
        compile_catalogues()  # before Django reads them
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
