"""Writes of agreements. Each function is one use case and one transaction."""

from vafa.agreements.actions.claims import claim_back, enter_answer, record_payment, waive
from vafa.agreements.actions.measuring import promise_and_measure
from vafa.agreements.actions.papers import (
    change_draft,
    draft_agreement,
    drop_level,
    end_agreement,
    next_version,
    put_in_force,
    save_level,
    save_partner,
)
from vafa.agreements.actions.probing import (
    Hour,
    add_probe,
    announce_maintenance,
    call_off_maintenance,
    continue_simulated,
    record_look,
    record_simulated,
    switch_probe,
)

__all__ = [
    "Hour",
    "add_probe",
    "announce_maintenance",
    "call_off_maintenance",
    "change_draft",
    "claim_back",
    "continue_simulated",
    "draft_agreement",
    "drop_level",
    "end_agreement",
    "enter_answer",
    "next_version",
    "promise_and_measure",
    "put_in_force",
    "record_look",
    "record_payment",
    "record_simulated",
    "save_level",
    "save_partner",
    "switch_probe",
    "waive",
]
