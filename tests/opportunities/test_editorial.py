import pytest
from django.core.exceptions import ValidationError

from opportunities import editorial
from tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_publish_puts_it_before_the_public_and_records_it(now):
    opportunity = OpportunityFactory()
    editor = UserFactory()
    editorial.publish(opportunity, by=editor)
    opportunity.refresh_from_db()
    assert opportunity.is_visible
    change = opportunity.changes.get()
    assert (change.fact, change.before, change.after, change.by) == (
        "status", "draft", "published", editor,
    )


def test_publish_names_each_thing_that_is_missing():
    opportunity = OpportunityFactory(kind="", title="")
    opportunity.sectors.clear()
    opportunity.citations.all().delete()
    with pytest.raises(ValidationError) as refused:
        editorial.publish(opportunity, by=UserFactory())
    assert set(refused.value.message_dict) == {"title", "kind", "sectors", "citations"}
