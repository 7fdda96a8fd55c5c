"""The roles as the migration makes them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

pytestmark = pytest.mark.django_db
roles = import_module("opportunities.migrations.0003_roles")


def rights_of(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_the_roles_hold_one_another():
    assert rights_of("Contributor") < rights_of("Editor") < rights_of("Administrator")


def test_no_role_writes_the_record_of_changes():
    assert not {right for right in rights_of("Administrator") if right.endswith("change")} - {
        "view_opportunitychange",
        "view_partnershipchange",
    }


def test_permissions_have_the_names_django_gives_them():
    for permission in Permission.objects.select_related("content_type"):
        action, _model = permission.codename.split("_")
        if action in roles.ACTIONS:
            name = permission.content_type.model_class()._meta.verbose_name_raw
            assert permission.name == f"Can {action} {name}"


def test_the_roles_can_be_unmade_and_made_again():
    before = {name: rights_of(name) for name in roles.ROLES}
    roles.unmake_roles(apps, None)
    assert not Group.objects.exists()
    assert not Permission.objects.filter(codename__startswith="publish_").exists()
    roles.make_roles(apps, None)
    assert {name: rights_of(name) for name in roles.ROLES} == before
