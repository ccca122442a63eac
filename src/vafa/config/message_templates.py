"""Every message that the rooms send; rows hold its stable name."""

from __future__ import annotations

from vafa.catalog.messages import BACK, BACK_LATER
from vafa.checkout.messages import CHECK_CODE, TOO_LATE
from vafa.checkout.messages import REFUSED as CHECK_REFUSED
from vafa.delivery.messages import CHANGED, IN_DANGER
from vafa.fulfilment.messages import CANCELLED, PRICE_BROKEN, PRICE_KEPT, SENT
from vafa.incidents.messages import NOTICE
from vafa.messages.kinds import TEST
from vafa.messages.registry import MessageTemplate
from vafa.orders.messages import CONFIRMED
from vafa.promises.messages import LATE, MADE, MISSING, REMEDY
from vafa.requests.messages import ANSWERED
from vafa.storefront.messages import CODE

MESSAGE_TEMPLATES: list[MessageTemplate] = [
    PRICE_KEPT,
    PRICE_BROKEN,
    CONFIRMED,
    SENT,
    CANCELLED,
    CHECK_CODE,
    CHECK_REFUSED,
    TOO_LATE,
    BACK,
    BACK_LATER,
    NOTICE,
    MADE,
    IN_DANGER,
    CHANGED,
    REMEDY,
    LATE,
    MISSING,
    CODE,
    ANSWERED,
    TEST,
]
