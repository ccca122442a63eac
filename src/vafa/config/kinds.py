"""Every kind of promise that the rooms give; rows in the ledger hold its stable name."""

from __future__ import annotations

from vafa.agreements.kinds import AGREED_LEVEL, UPTIME
from vafa.catalog.kinds import BACK_IN_STOCK
from vafa.checkout.kinds import CHECK, CONFIRMATION, PRICE
from vafa.delivery.kinds import DELIVERY
from vafa.fulfilment.kinds import ORDER_PRICE
from vafa.incidents.kinds import INCIDENT_NOTICE
from vafa.promises.kinds import PromiseKind
from vafa.requests.kinds import ANSWER, ERASURE

PROMISE_KINDS: list[PromiseKind] = [
    DELIVERY,
    PRICE,
    BACK_IN_STOCK,
    CHECK,
    CONFIRMATION,
    ORDER_PRICE,
    AGREED_LEVEL,
    UPTIME,
    INCIDENT_NOTICE,
    ANSWER,
    ERASURE,
]
