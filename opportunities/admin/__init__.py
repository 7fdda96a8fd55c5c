"""The desk. Importing it registers what editors work on: what decides a stage is edited here, so
that its edits go through `opportunities.editorial`; the tables beneath are in `partnerships.admin`."""

from . import (  # noqa: F401 - registers
    opportunity,
    outlets,
    partnership,
    people,
    queue,
    sources,
)
