"""One login per role, for the demo alone."""

from django.contrib.auth.models import Group, User
from django.utils.crypto import salted_hmac

ROLES = ("Contributor", "Editor", "Administrator")


def make_logins() -> dict[str, str]:
    """User name → password, one for each role; the same on every run of one demo.

    The password comes from the demo's own key, so it is unlike that of any other demo and is
    written down nowhere. Raises Group.DoesNotExist where the migration of the roles has not run.
    """
    logins = {role.lower(): password_of(role) for role in ROLES}
    for role in ROLES:
        name = role.lower()
        user, is_new = User.objects.update_or_create(
            username=name, defaults={"is_staff": True, "is_active": True}
        )
        user.groups.add(Group.objects.get(name=role))
        if is_new or not user.check_password(logins[name]):
            user.set_password(logins[name])
            user.save()
    return logins


def password_of(role: str) -> str:
    return salted_hmac("serai.demo.logins", role).hexdigest()[:12]
