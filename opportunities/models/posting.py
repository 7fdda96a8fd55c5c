"""The search index as ordinary rows: they commit, are backed up and are replicated with the rest.

Which terms there are is said in `search/terms.py`; nothing but `search` reads or writes these.
"""

from django.db import models
from django.db.models import Q

CHUNK_BITS = 16


class Posting(models.Model):
    """The opportunities that have one term, for the 65 536 primary keys of one chunk.

    `chunk` is the key >> 16, so that an edit rewrites at most 8 kB a term. `bits` is a checksum and
    a serialised roaring bitmap of whole keys (`search/postings.py`). Terms are UTF-8 bytes, so that
    both databases order them alike.
    """

    term = models.BinaryField()
    chunk = models.PositiveIntegerField()
    bits = models.BinaryField()
    version = models.BigIntegerField()
    is_resident = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["term", "chunk"],
                name="posting_once",
                violation_error_message="This row of the index is here already.",
            )
        ]
        indexes = [
            models.Index(fields=["version"], name="posting_resident", condition=Q(is_resident=True))
        ]

    def __str__(self) -> str:
        return f"{bytes(self.term).decode()} {self.chunk}"


class Indexed(models.Model):
    """The terms under which one opportunity stands in the index, so that an edit writes only what
    differs; none for what is no longer public. `pairs`: a mark of four bytes for each two words
    next to each other. No foreign key: it outlives what was deleted."""

    opportunity_id = models.BigIntegerField(primary_key=True)
    terms = models.BinaryField()
    pairs = models.BinaryField()
    version = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.opportunity_id)


class Waiting(models.Model):
    """An opportunity whose words the rows of the index do not hold as they are now. `terms`: the
    words that rows hold of it, to be compared with its list when they are written."""

    opportunity_id = models.BigIntegerField(primary_key=True)
    terms = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.opportunity_id)


class RebuiltChunk(models.Model):
    """A chunk that the rebuild under way has done, so that it can be stopped and run again."""

    chunk = models.PositiveIntegerField(primary_key=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.chunk)
