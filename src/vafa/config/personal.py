"""Everything that is known of a customer, room by room, and which tables only look as if they held such things."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from vafa.catalog import personal as catalog
from vafa.checkout import personal as checkout
from vafa.customers import personal as customers
from vafa.fulfilment import personal as fulfilment
from vafa.messages import personal as messages
from vafa.orders import personal as orders
from vafa.orders.models import Order
from vafa.payments import personal as payments
from vafa.promises import personal as promises
from vafa.requests import own_part as requests
from vafa.requests.personal import Part
from vafa.vouchers import personal as vouchers


def _part(name: str, room: ModuleType) -> Part:
    return Part(name, room.TABLES, room.told, room.forget, room.STAYS)


def _paid(ref: str) -> dict[str, Any]:
    """Payments know orders, not customers: only this place knows both."""
    return {**payments.told(ref), "payments": payments.told_of_orders(_numbers(ref, ()))}


def _forget_paid(ref: str, kept: Sequence[str]) -> int:
    return payments.forget_contact(_numbers(ref, kept))


def _numbers(ref: str, kept: Sequence[str]) -> list[str]:
    return list(Order.objects.filter(customer_ref=ref).exclude(number__in=kept).values_list("number", flat=True))


# In the order in which they forget: whoever asks the customer's row for something comes before the room that has it.
PARTS: list[Part] = [
    Part("payments", payments.TABLES, _paid, _forget_paid, payments.STAYS),
    _part("catalog", catalog),
    _part("checkout", checkout),
    _part("fulfilment", fulfilment),
    _part("orders", orders),
    _part("requests", requests),
    _part("promises", promises),
    _part("vouchers", vouchers),
    _part("messages", messages),
    _part("customers", customers),
]

# A table with a column that sounds personal belongs to a part above, or here with the reason why not.
NOT_OF_CUSTOMERS: dict[str, frozenset[str]] = {
    "names and words of the shop's own": frozenset(
        {
            "catalog.Brand",
            "catalog.Category",
            "catalog.GuideChoice",
            "catalog.GuideQuestion",
            "catalog.Option",
            "catalog.OptionValue",
            "catalog.Picture",
            "catalog.Storehouse",
            "catalog.Synonyms",
            "delivery.Assumption",
            "delivery.DeliveryOption",
            "delivery.Festival",
            "delivery.Notice",
            "delivery.PickupPoint",
            "delivery.Slip",
            "delivery.Zone",
            "orders.Seller",
            "payments.GatewayAccount",
            "payments.SandboxVisit",
            "promises.AdvertisedClaim",
            "shop.PageText",
            "shop.PlaceName",
            "shop.Shop",
            "vafa_messages.OwnText",
            "vafa_messages.Pattern",
        }
    ),
    "what partners, staff and machines are called": frozenset(
        {
            "accounts.ApiToken",
            "accounts.User",
            "agreements.Maintenance",
            "agreements.Partner",
            "agreements.Probe",
            "incidents.OwnRule",
            "jobs.Job",
            "jobs.Worker",
            "storefront.WidgetSite",
        }
    ),
    "the customer's number alone, as evidence that the law asks for": frozenset({"incidents.Notice"}),
    "signed statements without a person": frozenset({"promises.Receipt"}),
    "words of nobody that can be named": frozenset({"catalog.Miss", "catalog.Inquiry"}),
    "figures of all orders": frozenset({"console.HistoryReport"}),
    "raw messages of carriers, kept for VAFA_TRACKING_RAW_DAYS": frozenset({"connectors.InboxItem"}),
}
