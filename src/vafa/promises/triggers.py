"""Events, receipts, seals and guarantees published are append-only: the database refuses to change or delete them."""

from __future__ import annotations

from vafa.kit.append_only import Allowed, AppendOnly

EVENTS = "promises_promiseevent"
FROZEN = ("promises_receipt", "promises_seal", "promises_guaranteeversion")
_SAME = ("id", "promise_id", "step", "kind", "at", "recorded_at", "evidence")
_SEALS = "OLD.sealed_in_id IS NULL AND NEW.sealed_in_id IS NOT NULL"

SEALING = Allowed(
    EVENTS,
    sqlite=" AND ".join([_SEALS, *(f"OLD.{column} IS NEW.{column}" for column in _SAME)]),
    postgresql=f"{_SEALS} AND to_jsonb(OLD) - 'sealed_in_id' = to_jsonb(NEW) - 'sealed_in_id'",
)
LEDGER = AppendOnly((EVENTS, *FROZEN), "the ledger is append-only", "promises_append_only", SEALING)
protect, unprotect = LEDGER.protect, LEDGER.unprotect
