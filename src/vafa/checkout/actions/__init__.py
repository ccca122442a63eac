"""Writes of checkout: one function, one use case, one transaction."""

from vafa.checkout.actions.baskets import change, put, remove, renew_prices
from vafa.checkout.actions.details import say
from vafa.checkout.actions.holding import claim_refused, confirm_by_code, decide, end_overdue_holds, take_hold
from vafa.checkout.actions.lapsing import cancel_purchase, lapse_unpaid
from vafa.checkout.actions.paying import begin_payment, settle_claimed, settle_purchase
from vafa.checkout.actions.placing import place_purchase
from vafa.checkout.actions.pricing import close_run_out
from vafa.checkout.actions.rules import forget_tax, keep_check_rules, keep_tax
from vafa.checkout.actions.submitting import submit
from vafa.checkout.actions.telling import follow_confirmations

__all__ = [
    "begin_payment",
    "cancel_purchase",
    "change",
    "claim_refused",
    "close_run_out",
    "confirm_by_code",
    "decide",
    "end_overdue_holds",
    "follow_confirmations",
    "forget_tax",
    "keep_check_rules",
    "keep_tax",
    "lapse_unpaid",
    "place_purchase",
    "put",
    "remove",
    "renew_prices",
    "say",
    "settle_claimed",
    "settle_purchase",
    "submit",
    "take_hold",
]
