"""A JSON door for a shop's own system: a customer is to be forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from vafa.accounts.api_auth import REFUSALS, Bearer
from vafa.accounts.models import Scope
from vafa.customers import queries as customers
from vafa.kit.clock import now
from vafa.kit.json_fields import NO_CONTROLS, Strict
from vafa.requests.actions import ask_to_be_forgotten

router = Router(tags=["Customers"])
ERASE = Bearer(Scope.CUSTOMERS_ERASE)


class ErasureIn(Strict):
    """Who is to be forgotten."""

    customer: Annotated[
        str,
        Field(min_length=1, max_length=64, pattern=NO_CONTROLS, description="The shop's customer number; never a name"),
    ]


class Erased(Schema):
    """What has gone. `waits_until`: what orders under way need is kept until they have arrived, at the latest until
    then; null where all is gone. `erased` counts by part what has been forgotten since the customer first asked."""

    customer: str
    was_known: bool
    finished: bool
    waits_until: datetime | None
    erased: dict[str, int]


@router.post("/erasures", response={200: Erased, **REFUSALS}, auth=ERASE, summary="Forget a customer")
def erase(request: HttpRequest, asked: ErasureIn) -> dict[str, Any]:
    """Forgets everything that is known of the customer, as his own page does: name, addresses, consents, what was
    written to him and by him. With an order under way what its delivery needs stays until it has arrived, at most
    thirty days, and that is promised to him. Twice is once; nothing brings it back.

    The number itself stays in orders, invoices, payments and promises, which hold nothing else of the person.
    """
    was_known = customers.customer(asked.customer) is not None
    wish = ask_to_be_forgotten(asked.customer, at=now())
    return {
        "customer": asked.customer,
        "was_known": was_known,
        "finished": wish.finished_at is not None,
        "waits_until": None if wish.finished_at else wish.due_at,
        "erased": {name: int(count) for name, count in wish.erased.items()},
    }
