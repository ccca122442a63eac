"""Who is meant by the contacts that were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vafa.customers.models import ContactPoint


def given_contacts(said: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(channel, address) of what the customer has said, tidied already."""
    return {("sms", said.get("phone", "")), ("email", said.get("email", ""))} - {("sms", ""), ("email", "")}


def known_buyer(said: Mapping[str, Any]) -> str | None:
    """The number of the customer whose order it would be: who is signed in, else who is reached there.

    Of a guest all that was given must be the known one's, and either proven by him or all that is known of him: who
    types somebody's phone number beside his own mail must not become him, nor get his orders.
    """
    if said.get("customer_ref"):
        return str(said["customer_ref"])
    given = given_contacts(said)
    addresses = [address for _channel, address in given]
    candidates = ContactPoint.objects.filter(address__in=addresses).order_by("pk").values("customer")
    points: dict[str, dict[tuple[str, str], bool]] = {}
    rows = ContactPoint.objects.filter(customer__in=candidates[:20]).order_by("customer_id")
    for ref, channel, address, verified in rows.values_list("customer__ref", "channel", "address", "verified_at"):
        points.setdefault(ref, {})[(channel, address)] = verified is not None
    for ref, his in points.items():
        if given <= his.keys() and (all(his[each] for each in given) or his.keys() == given):
            return ref
    return None
