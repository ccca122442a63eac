"""Who ordered goes to the customers, so that messages reach somebody. Orders and promises hold a number only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vafa.connectors.facts import OrderFacts
from vafa.customers.actions import ConsentRow, CustomerRow, record_first_consents, remember_customers
from vafa.customers.addresses import tidy_address
from vafa.customers.models import Channel
from vafa.kit.signing import stand_in
from vafa.messages.purposes import Purpose
from vafa.shop.queries import the_shop

DERIVED = "c-"  # begins a number that was made from an address


def remember_buyers(orders: Sequence[OrderFacts], country: str, *, at: datetime) -> None:
    """Remember the buyers who can be reached, in the caller's transaction.

    An order without a customer number gets one made from the buyer's address: a salted digest, which tells nobody
    the address and is the same for every order of that buyer. The newest order's word about a buyer comes last.
    """
    home = country or the_shop().holiday_country
    rows: list[CustomerRow] = []
    consents: list[ConsentRow] = []
    for facts in sorted(orders, key=lambda each: each.placed_at):
        contacts = _contacts(facts, home)
        facts.customer_ref = facts.customer_ref or _derived(contacts)
        if not facts.customer_ref or not (contacts or facts.buyer_name):
            continue
        rows.append(CustomerRow(facts.customer_ref, name=facts.buyer_name, contacts=contacts))
        if facts.wants_offers is not None:
            consents.append(
                ConsentRow(facts.customer_ref, Purpose.MARKETING.value, facts.wants_offers, facts.placed_at)
            )
    if rows:
        remember_customers(rows, at=at)
    if consents:
        record_first_consents(consents, source="import")


def _contacts(facts: OrderFacts, home: str) -> tuple[tuple[str, str], ...]:
    country = (facts.place.country if facts.place else "") or home
    found = (
        (Channel.EMAIL.value, tidy_address(Channel.EMAIL, facts.email)),
        (Channel.SMS.value, tidy_address(Channel.SMS, facts.phone, country)),
    )
    return tuple((channel, address) for channel, address in found if address)


def _derived(contacts: tuple[tuple[str, str], ...]) -> str:
    if not contacts:
        return ""
    return DERIVED + stand_in("customer", contacts[0][1].casefold())[:40]
