"""Events, receipts, seals and guarantees published are append-only: the database refuses to change or delete them."""

from __future__ import annotations

from django.db import connections, transaction

EVENTS = "promises_promiseevent"
FROZEN = ("promises_receipt", "promises_seal", "promises_guaranteeversion")
FUNCTION_NAME = "promises_append_only"
MESSAGE = "the ledger is append-only"
_SAME = ("id", "promise_id", "step", "kind", "at", "recorded_at", "evidence")


def protect(using: str = "default") -> None:
    """Put the triggers in place (again). A table that does not exist yet is passed over."""
    _run(using, create=True)


def unprotect(using: str = "default") -> None:
    """Take the triggers away. For tests that must empty their tables or play the intruder."""
    _run(using, create=False)


def _run(using: str, *, create: bool) -> None:
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for table in (EVENTS, *FROZEN):
            if table in tables:
                for statement in build(table, create=create):
                    cursor.execute(statement)


def _sqlite(table: str, *, create: bool) -> list[str]:
    drop = [f"DROP TRIGGER IF EXISTS {table}_{what}" for what in ("update", "delete")]
    if not create:
        return drop
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    unless = f"WHEN NOT ({_sealing()})" if table == EVENTS else ""
    return [
        *drop,
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {unless} {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
    ]


def _sealing() -> str:
    """SQL condition: the one update an event may see, from unsealed to sealed."""
    unchanged = " AND ".join(f"OLD.{column} IS NEW.{column}" for column in _SAME)
    return f"OLD.sealed_in_id IS NULL AND NEW.sealed_in_id IS NOT NULL AND {unchanged}"


# The condition is in the function and not in the trigger, which would forbid later migrations to alter the columns.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = '{EVENTS}' THEN
    IF OLD.sealed_in_id IS NULL AND NEW.sealed_in_id IS NOT NULL
       AND to_jsonb(OLD) - 'sealed_in_id' = to_jsonb(NEW) - 'sealed_in_id' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _postgresql(table: str, *, create: bool) -> list[str]:
    drop = [f"DROP TRIGGER IF EXISTS {table}_{what} ON {table}" for what in ("update", "delete", "truncate")]
    if not create:
        return drop
    refuse = f"EXECUTE FUNCTION {FUNCTION_NAME}()"
    return [
        *drop,
        _FUNCTION,
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]
