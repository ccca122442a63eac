"""Writes. Rooms above start payments, claim what became of them, call them off and owe refunds; the rest is for the
worker and for the staff."""

from vafa.payments.actions.accounts import (
    Offer,
    add_account,
    ask_for_trial,
    change_account,
    move_up,
    remove_account,
    try_out,
)
from vafa.payments.actions.asking import ask_soon, reconcile, verify
from vafa.payments.actions.refunds import Debt, give, owe, send_back, take_over, try_sending
from vafa.payments.actions.settling import (
    ask_less,
    call_off,
    claim,
    claim_settled,
    confirm_cash,
    decide_doubt,
    hold_payments,
)
from vafa.payments.actions.starting import Started, ToPay, open_at_gateway, start

__all__ = [
    "Debt",
    "Offer",
    "Started",
    "ToPay",
    "add_account",
    "ask_for_trial",
    "ask_less",
    "ask_soon",
    "call_off",
    "change_account",
    "claim",
    "claim_settled",
    "confirm_cash",
    "decide_doubt",
    "give",
    "hold_payments",
    "move_up",
    "open_at_gateway",
    "owe",
    "reconcile",
    "remove_account",
    "send_back",
    "start",
    "take_over",
    "try_out",
    "try_sending",
    "verify",
]
