"""JSON doors: the windows and points that can be had with a quote, and places held in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from vafa.accounts.api_auth import REFUSALS, Bearer, Refused
from vafa.accounts.models import ApiToken, Scope
from vafa.delivery.actions.window_holds import Place, hold_key, hold_window, let_go
from vafa.delivery.api.quotes import IdempotencyKey, Word, the_quote
from vafa.delivery.models import HoldState, SlotHold
from vafa.delivery.queries.quoted_windows import windows_of
from vafa.delivery.queries.slots import name_of
from vafa.kit import clock
from vafa.kit.json_fields import Strict
from vafa.shop.queries import the_shop

router = Router(tags=["Windows"])
MOST_MINUTES = 60
READ, WRITE = Bearer(Scope.QUOTES_READ), Bearer(Scope.PROMISES_WRITE)


class Asked(Schema):
    """Of which option."""

    option: Annotated[Word, Field(min_length=1, description="The code of an option of the quote")]


class WindowChoice(Schema):
    """A window: ordered after `order_until` it goes without. `places_left` 0: it is full. `surcharge_minor` comes on
    top of the option's price.
    """

    window: str
    day: date
    begins: datetime
    ends: datetime
    order_until: datetime
    places_left: int
    surcharge_minor: int


class PointChoice(Schema):
    """A place to fetch it, with `ready_on`, the first day on which it is there and has room; `window` is the name of
    that day at it, to hold. Names and addresses by language.
    """

    window: str
    code: str
    name: dict[str, str]
    address: dict[str, str]
    city: str
    ready_on: date


class WindowsOut(Schema):
    """The windows of one option, the earliest first, or its points; days are days in `zone`. `price_minor` null: nobody
    has said what the option costs.
    """

    option: str
    zone: str
    currency: str
    price_minor: int | None
    windows: list[WindowChoice]
    points: list[PointChoice]


class HoldIn(Strict):
    """In which window a place is held, and for how long."""

    option: Annotated[Word, Field(min_length=1)]
    window: Annotated[Word, Field(min_length=1, description="Its name, as the list of windows has it")]
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES, description="How long, in minutes")] = 15


class HoldOut(Schema):
    """A place: held until `until`, kept by an `order`, let go, moved to another window, or over: its time has passed,
    and anybody may take it.
    """

    id: UUID
    window: str
    state: Literal["held", "kept", "released", "moved", "over"]
    until: datetime
    order: str


class NotHeld(Refused):
    """With `slot-full` and `slot-closed`: up to three free windows near it, their names separated by commas."""

    instead: str | None = None


@router.get(
    "/{uuid:quote_id}/windows",
    response={200: WindowsOut, **REFUSALS, 410: Refused},
    auth=READ,
    summary="The windows or points of an option",
)
def read_windows(request: HttpRequest, quote_id: UUID, asked: Query[Asked]) -> dict[str, Any]:
    """What is left of each window is counted at this moment; hold a place before you count on it."""
    choice = windows_of(the_quote(quote_id), asked.option, clock.now())
    return {
        "option": choice.option,
        "zone": the_shop().zone,
        "currency": the_shop().currency,
        "price_minor": choice.price_minor,
        "windows": [
            {
                "window": each.id,
                "day": each.day,
                "begins": each.begins,
                "ends": each.ends,
                "order_until": each.order_until,
                "places_left": each.places_left,
                "surcharge_minor": each.surcharge_minor,
            }
            for each in choice.slots
        ],
        "points": [
            {
                "window": each.slot,
                "code": each.code,
                "name": each.name,
                "address": each.address,
                "city": each.city,
                "ready_on": each.ready_on,
            }
            for each in choice.points
        ],
    }


@router.post(
    "/{uuid:quote_id}/holds",
    response={200: HoldOut, 201: HoldOut, **REFUSALS, 409: NotHeld, 410: Refused},
    auth=WRITE,
    summary="Hold a place in a window",
)
def hold(
    request: HttpRequest,
    quote_id: UUID,
    wanted: HoldIn,
    idempotency_key: IdempotencyKey,
) -> Status[dict[str, Any]]:
    """The same `Idempotency-Key` gives the same hold (200), and makes it no longer; give its id with the promise. What
    is not promised in time is free again by itself.
    """
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    place = Place(wanted.option, wanted.window, wanted.minutes)
    made, held, is_new = hold_window(the_quote(quote_id), place, token=token.pk, idempotency_key=idempotency_key)
    return Status(201 if is_new else 200, _hold_out(made, held))


@router.delete(
    "/holds/{uuid:hold_id}",
    response={200: HoldOut, **REFUSALS, 409: Refused},
    auth=WRITE,
    summary="Give a place back",
)
def release(request: HttpRequest, hold_id: UUID) -> dict[str, Any]:
    """Twice is once. A place that an order keeps is given back once its promise is no longer open."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return _hold_out(hold_id, let_go(hold_key(token.pk, hold_id)))


def _hold_out(hold_id: UUID, held: SlotHold) -> dict[str, Any]:
    is_over = held.state == HoldState.HELD and held.until <= clock.now()
    return {
        "id": hold_id,
        "window": str(name_of(held.slot)),
        "state": "over" if is_over else held.state,
        "until": held.until,
        "order": held.order_number,
    }
