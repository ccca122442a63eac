"""Writes of the ledger. Each function is one use case and one transaction."""

from vafa.promises.actions.apologising import apologise
from vafa.promises.actions.claims import Claimed, end_claim, register_claim
from vafa.promises.actions.covering import Worth
from vafa.promises.actions.following import follow_source
from vafa.promises.actions.guarantees import discard_draft, end, publish, save_draft
from vafa.promises.actions.importing import Imported, import_promises
from vafa.promises.actions.making import cancel_promise, make_promise, revise_promise
from vafa.promises.actions.receipts import issue_receipt, rotate_key
from vafa.promises.actions.remedies import (
    RefundDue,
    approve_remedy,
    claim_refunds,
    confirm_given,
    judge_covers,
    refuse_remedy,
)
from vafa.promises.actions.retracting import restore_evidence, retract_evidence
from vafa.promises.actions.sealing import seal
from vafa.promises.actions.settling import break_overdue, break_promise, settle_promise
from vafa.promises.actions.telling import tell_of_promise
from vafa.promises.actions.totalling import fold_totals, mend_totals
from vafa.promises.actions.warning import record_answer, record_warning
from vafa.promises.terms import HistoricPromise

__all__ = [
    "Claimed",
    "HistoricPromise",
    "Imported",
    "RefundDue",
    "Worth",
    "apologise",
    "approve_remedy",
    "break_overdue",
    "break_promise",
    "cancel_promise",
    "claim_refunds",
    "confirm_given",
    "discard_draft",
    "end",
    "end_claim",
    "fold_totals",
    "follow_source",
    "import_promises",
    "issue_receipt",
    "judge_covers",
    "make_promise",
    "mend_totals",
    "publish",
    "record_answer",
    "record_warning",
    "refuse_remedy",
    "register_claim",
    "restore_evidence",
    "retract_evidence",
    "revise_promise",
    "rotate_key",
    "save_draft",
    "seal",
    "settle_promise",
    "tell_of_promise",
]
