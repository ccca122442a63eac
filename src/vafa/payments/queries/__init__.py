"""Reads. Rooms above use `ways_to_pay`, `payment_by`, `payments_about` and `way_of`; the rest is for our own pages."""

from vafa.payments.queries.accounts import account_by, accounts, sandbox_is_open, settings_of
from vafa.payments.queries.payments import (
    events_of,
    payment_at,
    payment_by,
    payments_about,
    payments_in_view,
    payments_of_order,
)
from vafa.payments.queries.refunds import refund_by, refunds, refunds_about
from vafa.payments.queries.ways import WayToPay, names_of_ways, way_of, ways_to_pay

__all__ = [
    "WayToPay",
    "account_by",
    "accounts",
    "events_of",
    "names_of_ways",
    "payment_at",
    "payment_by",
    "payments_about",
    "payments_in_view",
    "payments_of_order",
    "refund_by",
    "refunds",
    "refunds_about",
    "sandbox_is_open",
    "settings_of",
    "way_of",
    "ways_to_pay",
]
