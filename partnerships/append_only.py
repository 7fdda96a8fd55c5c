"""The record of changes in the database itself: rows are added, never rewritten, by no one.

The models refuse too (`Change`), for a clear message; these triggers also stop raw SQL. SQLite
drops triggers with the table when a migration rebuilds it: such a migration ends with
`refuse_rewriting(…)` again, and a test fails where one forgot.
"""

from django.db.migrations import RunPython

MESSAGE = "The record of changes is append-only."

SQLITE = {
    "no_update": "BEFORE UPDATE ON {table}",
    "no_delete": "BEFORE DELETE ON {table}",
    # INSERT OR REPLACE deletes without a delete trigger.
    "no_replace": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
}


def refuse_rewriting(app: str, model: str) -> RunPython:
    """A migration's operation: the database refuses to change or delete rows of this table."""

    def table_in(apps) -> str:
        return apps.get_model(app, model)._meta.db_table

    def guard(apps, schema_editor) -> None:
        STATEMENTS[schema_editor.connection.vendor][0](schema_editor, table_in(apps))

    def release(apps, schema_editor) -> None:
        STATEMENTS[schema_editor.connection.vendor][1](schema_editor, table_in(apps))

    return RunPython(guard, release)


def guard_sqlite(schema_editor, table: str) -> None:
    for name, when in SQLITE.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_{name} {when.format(table=table)} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def release_sqlite(schema_editor, table: str) -> None:
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")


def guard_postgresql(schema_editor, table: str) -> None:
    schema_editor.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for name, when in (("rows", "UPDATE OR DELETE"), ("all", "TRUNCATE")):
        each = "STATEMENT" if name == "all" else "ROW"
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuse_{name} BEFORE {when} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_refuse()"
        )


def release_postgresql(schema_editor, table: str) -> None:
    for name in ("rows", "all"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_{name} ON {table}")
    schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")


STATEMENTS = {
    "sqlite": (guard_sqlite, release_sqlite),
    "postgresql": (guard_postgresql, release_postgresql),
}
