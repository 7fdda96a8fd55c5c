"""`python -m tests.browser.serve PORT`: the demo's rows on a database of its own, served by granian.

Needs DATABASE_URL and STATIC_ROOT. Three people may log in, named as their roles in small letters.
"""

import os
import sys
from datetime import UTC, datetime

PASSWORD = "a-long-walk-to-almaty"  # noqa: S105 - of a database that lives as long as a test run


def prepare() -> None:
    import django

    django.setup()
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    from config.catalogues import compile_catalogues
    from opportunities.demo.load import load_demo
    from partnerships.reference import load_reference_data

    compile_catalogues()
    call_command("migrate", verbosity=0)
    load_reference_data()
    load_demo(datetime.now(UTC).date())
    call_command("collectstatic", verbosity=0, interactive=False)
    for role in Group.objects.all():
        user = User.objects.create_user(role.name.lower(), password=PASSWORD, is_staff=True)
        user.groups.add(role)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.browser.settings"
    prepare()
    port = sys.argv[1]
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port]
    os.execv(sys.executable, [sys.executable, "-m", *command, "config.wsgi:application"])


if __name__ == "__main__":
    main()
