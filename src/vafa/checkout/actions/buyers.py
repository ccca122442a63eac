"""Whose order it is."""

from __future__ import annotations

import secrets
from datetime import datetime

from vafa.checkout.models import Basket
from vafa.checkout.queries.buyers import given_contacts, known_buyer
from vafa.customers.actions import CustomerRow, remember_customers


def buyer_of(basket: Basket, *, at: datetime) -> str:
    """The customer's number behind the contact that was given; a new one where nobody is known by it.

    A known one gets nothing added: nobody becomes able to sign in as somebody else by ordering.
    """
    said = basket.said
    if (known := known_buyer(said, since=at)) is not None:
        return known.ref
    row = CustomerRow(
        ref=f"W{secrets.token_hex(6)}",
        name=said.get("name", ""),
        language=basket.language if basket.language in {"fa", "ar", "en"} else "",
        country=said.get("country", ""),
        contacts=tuple(sorted(given_contacts(said))),
    )
    remember_customers([row], at=at)
    return row.ref
