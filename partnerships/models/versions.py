"""What tells every worker that something it keeps in memory is no longer so."""

from itertools import count

from django.db import connection, models, transaction
from django.db.models import F

REFERENCE = "reference"
"""The small tables that are expanded when asked: partnerships, memberships, groupings, sectors,
outlets and their names."""


class Moves:
    """How often this process committed a version that moved: it need not wait to hear of itself."""

    def __init__(self):
        self.numbers, self.last = count(1), 0

    def note(self) -> None:
        self.last = next(self.numbers)


moves_here = Moves()


class VersionQuerySet(models.QuerySet):
    def bump(self, name: str) -> int:
        """One more, inside the transaction of the edit it tells of; returns the new number.

        The row stays locked until that ends, so writers of one name follow each other. 0 where the
        name has no row: what it counts was never built.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("A version moves in the transaction of the edit it tells of.")
        if not self.filter(name=name).update(number=F("number") + 1):
            return 0
        transaction.on_commit(moves_here.note)
        return self.values_list("number", flat=True).get(name=name)

    def numbers(self) -> dict[str, int]:
        return dict(self.values_list("name", "number"))


class Version(models.Model):
    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)

    objects = VersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
