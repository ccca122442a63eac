"""Tables of which the database refuses to change or delete a row, whoever asks: triggers on SQLite and PostgreSQL.

A room says which tables and by which name; `post_migrate` puts the triggers back, because Django rebuilds an SQLite
table to alter it and the triggers of the old one silently go with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections, transaction


@dataclass(frozen=True)
class Allowed:
    """The one change that rows of a `table` may see: conditions over OLD and NEW, as each database writes them."""

    table: str
    sqlite: str
    postgresql: str


@dataclass(frozen=True)
class AppendOnly:
    """`tables` whose rows stay as they were written; `message` is what the database says to who tries, `function` the
    name of PostgreSQL's trigger function.
    """

    tables: Sequence[str]
    message: str
    function: str
    allowed: Allowed | None = None

    def protect(self, using: str = "default") -> None:
        """Put the triggers in place (again). A table that does not exist yet is passed over."""
        self._run(using, create=True)

    def unprotect(self, using: str = "default") -> None:
        """Take the triggers away. For tests that must empty their tables or play the intruder."""
        self._run(using, create=False)

    def _run(self, using: str, *, create: bool) -> None:
        connection = connections[using]
        known = set(connection.introspection.table_names())
        build = self._postgresql if connection.vendor == "postgresql" else self._sqlite
        with transaction.atomic(using=using), connection.cursor() as cursor:
            for table in self.tables:
                for statement in build(table, create=create) if table in known else []:
                    cursor.execute(statement)

    def _sqlite(self, table: str, *, create: bool) -> list[str]:
        drop = [f"DROP TRIGGER IF EXISTS {table}_{what}" for what in ("update", "delete")]
        if not create:
            return drop
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        unless = f"WHEN NOT ({self.allowed.sqlite})" if self.allowed and table == self.allowed.table else ""
        return [
            *drop,
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {unless} {refuse}",
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
        ]

    def _postgresql(self, table: str, *, create: bool) -> list[str]:
        drop = [f"DROP TRIGGER IF EXISTS {table}_{what} ON {table}" for what in ("update", "delete", "truncate")]
        if not create:
            return drop
        # The condition is in the function and not in the trigger, which would forbid later migrations to alter the
        # columns; it stands alone within, because it is read for the table that has them only.
        allowed = (
            f"IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = '{self.allowed.table}' THEN "
            f"IF {self.allowed.postgresql} THEN RETURN NEW; END IF; END IF; "
            if self.allowed
            else ""
        )
        function = (
            f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {allowed}"
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        refuse = f"EXECUTE FUNCTION {self.function}()"
        return [
            *drop,
            function,
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
        ]
