"""Statements said by hand, the same for both databases, where making them through the ORM costs
several times what the database needs: what every question asks, and what every edit writes."""

from collections.abc import Collection

from django.db import connection


def asked(statement: str, values: Collection) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall()


def written(statement: str, rows: list[tuple]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def places(values: Collection) -> str:
    """As many placeholders."""
    return ", ".join(["%s"] * len(values))
