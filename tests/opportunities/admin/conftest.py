import pytest
from django.test import Client

from tests.factories import UserFactory


@pytest.fixture
def people(db) -> dict:
    """One person of each role, and one more contributor."""
    roles = ("Contributor", "Editor", "Administrator")
    return {role: UserFactory(role=role) for role in roles} | {
        "Other": UserFactory(role="Contributor")
    }


@pytest.fixture
def desk(people):
    """desk("Editor") is their browser."""

    def opened_by(role: str) -> Client:
        client = Client()
        client.force_login(people[role])
        return client

    return opened_by
