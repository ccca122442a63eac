"""Writes of customers: what is known of them, and how they sign in."""

from __future__ import annotations

from vafa.customers.actions.looking import forget_old_looks, record_look
from vafa.customers.actions.people import (
    ConsentRow,
    CustomerRow,
    forget_customer,
    mark_unreachable,
    record_first_consents,
    remember_customers,
    set_consent,
    take_back_consent,
)
from vafa.customers.actions.signing_in import (
    ask_code,
    end_session,
    end_sessions_of,
    forget_old,
    make_code,
    open_session,
    spend_code,
)
from vafa.kit.bulk import Recorded

__all__ = [
    "ConsentRow",
    "CustomerRow",
    "Recorded",
    "ask_code",
    "end_session",
    "end_sessions_of",
    "forget_customer",
    "forget_old",
    "forget_old_looks",
    "make_code",
    "mark_unreachable",
    "open_session",
    "record_first_consents",
    "record_look",
    "remember_customers",
    "set_consent",
    "spend_code",
    "take_back_consent",
]
