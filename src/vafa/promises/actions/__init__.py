"""Writes of the ledger. Each function is one use case and one transaction."""

from vafa.promises.actions.following import follow_source
from vafa.promises.actions.importing import Imported, import_promises
from vafa.promises.actions.making import cancel_promise, make_promise, revise_promise
from vafa.promises.actions.receipts import issue_receipt, rotate_key
from vafa.promises.actions.retracting import restore_evidence, retract_evidence
from vafa.promises.actions.sealing import seal
from vafa.promises.actions.settling import break_overdue, break_promise, settle_promise
from vafa.promises.actions.totalling import fold_totals, mend_totals
from vafa.promises.terms import HistoricPromise

__all__ = [
    "HistoricPromise",
    "Imported",
    "break_overdue",
    "break_promise",
    "cancel_promise",
    "fold_totals",
    "follow_source",
    "import_promises",
    "issue_receipt",
    "make_promise",
    "mend_totals",
    "restore_evidence",
    "retract_evidence",
    "revise_promise",
    "rotate_key",
    "seal",
    "settle_promise",
]
