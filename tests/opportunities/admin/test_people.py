"""Accounts: an administrator who is no superuser can neither make one nor touch one."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.factories import UserFactory
from tests.pages import form_values

pytestmark = pytest.mark.django_db


def page_of(user, page="change") -> str:
    return reverse(f"admin:auth_user_{page}", args=[user.pk])


def test_the_power_over_everything_cannot_be_given(desk, people):
    client, person = desk("Administrator"), people["Editor"]
    values = form_values(client.get(page_of(person)))
    assert not {"is_superuser", "user_permissions"} & set(values)
    client.post(page_of(person), values | {"is_superuser": "on", "first_name": "New"})
    person.refresh_from_db()
    assert (person.first_name, person.is_superuser) == ("New", False)


@pytest.mark.parametrize("page", ["change", "delete", "password_change"])
def test_a_superuser_is_out_of_reach(desk, page):
    root = UserFactory(is_superuser=True, first_name="Root")
    data = {"post": "yes", "first_name": "Taken", "username": root.username}
    assert desk("Administrator").post(page_of(root, page), data).status_code == 403
    assert User.objects.get(pk=root.pk).first_name == "Root"


def test_a_superuser_is_not_deleted_among_others(desk):
    root = UserFactory(is_superuser=True)
    data = {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"}
    desk("Administrator").post("/admin/auth/user/", data)
    assert User.objects.filter(pk=root.pk).exists()


def test_an_administrator_gives_a_role(desk):
    person = UserFactory(is_staff=False)
    client = desk("Administrator")
    values = form_values(client.get(page_of(person)))
    role = UserFactory(role="Editor").groups.get()
    client.post(page_of(person), values | {"is_staff": "on", "groups": [role.pk]})
    assert User.objects.get(pk=person.pk).has_perm("opportunities.publish_opportunity")
