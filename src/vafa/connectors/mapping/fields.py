"""What a column of an export can mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText


@dataclass(frozen=True)
class Field:
    """One meaning. `kind`: text, time, day, lead, status, money, number, weight, count, stars or country."""

    name: str
    kind: str
    group: str
    label: LazyText
    hint: LazyText | str = ""
    required: bool = False


GROUPS = {
    "order": _("The order"),
    "promise": _("What you promised"),
    "happened": _("What happened"),
    "where": _("Where it went"),
    "goods": _("What was ordered"),
    "buyer": _("Who ordered"),
}
FIELDS = {
    field.name: field
    for field in [
        Field("number", "text", "order", _("Order number"), required=True),
        Field("placed_at", "time", "order", _("Ordered on"), required=True),
        Field("promised_on", "day", "promise", _("Promised day"), _("The delivery date the customer was shown.")),
        Field(
            "lead_time",
            "lead",
            "promise",
            _("Promised delivery time"),
            _("Such as “3–5 days”; the upper end counts."),
        ),
        Field("handed_over_at", "time", "happened", _("Handed to the carrier on")),
        Field("delivered_at", "time", "happened", _("Delivered on")),
        Field("status", "status", "happened", _("State of the order")),
        Field("cancelled_at", "time", "happened", _("Cancelled on")),
        Field("place_code", "text", "where", _("Postal code")),
        Field("city", "text", "where", _("City")),
        Field("region", "text", "where", _("Province or state")),
        Field("country", "country", "where", _("Country")),
        Field("option", "text", "goods", _("Delivery option")),
        Field("carrier", "text", "goods", _("Carrier")),
        Field("tracking_number", "text", "goods", _("Tracking number")),
        Field("seller", "text", "goods", _("Seller")),
        Field("origin_code", "text", "goods", _("Postal code it was sent from")),
        Field("origin_city", "text", "goods", _("City it was sent from")),
        Field("price", "money", "goods", _("Price")),
        Field("freight", "money", "goods", _("Delivery fee")),
        Field("currency", "text", "goods", _("Currency")),
        Field("weight", "weight", "goods", _("Weight")),
        Field("items", "count", "goods", _("Number of items")),
        Field("category", "text", "goods", _("Category")),
        Field("payment", "text", "goods", _("Payment method")),
        Field("stars", "stars", "goods", _("Stars of the review")),
        Field("customer", "text", "buyer", _("Customer number"), _("A number, not a name or an e-mail address.")),
        Field("buyer_name", "text", "buyer", _("Buyer's name")),
        Field("buyer_last_name", "text", "buyer", _("Buyer's last name"), _("Where it has a column of its own.")),
        Field("email", "text", "buyer", _("E-mail"), _("So that Vafa can write to the customer.")),
        Field("phone", "text", "buyer", _("Phone")),
        Field("wants_offers", "text", "buyer", _("Agreed to offers"), _("Such as “yes” or “no”.")),
    ]
}
REQUIRED = [field.name for field in FIELDS.values() if field.required]
TIMES = [field.name for field in FIELDS.values() if field.kind in {"time", "day"}]
LONGEST = {
    "option": 64,
    "carrier": 64,
    "tracking_number": 64,
    "seller": 64,
    "category": 80,
    "payment": 64,
    "customer": 64,
}
