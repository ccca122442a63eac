"""What happened to an order, as one line of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vafa.accounts.models import User
from vafa.fulfilment.models import Happening, OrderEvent
from vafa.fulfilment.models.credits import Why
from vafa.orders.models import Order
from vafa.promises.models import Promise

LOOKS = {
    Happening.PACKED: ("package", "info"),
    Happening.UNPACKED: ("undo", "neutral"),
    Happening.SENT: ("truck", "info"),
    Happening.TAKEN_BACK: ("undo", "warn"),
    Happening.ARRIVED: ("check", "good"),
    Happening.CANCELLED: ("minus", "bad"),
    Happening.CREDITED: ("receipt", "warn"),
    Happening.INVOICE: ("file", "neutral"),
    Happening.ELSEWHERE: ("map", "info"),
}


@dataclass
class Moment:
    """One thing that happened, with who did it."""

    at: datetime
    words: Any
    icon: str
    tone: str = "neutral"
    who: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    day: Any = None

    @property
    def why(self) -> Any:
        """The reason in the reader's language."""
        said = self.detail.get("why", "")
        return Why(said).label if said in Why.values else ""


def story_of(order: Order, promises: Iterable[Promise]) -> list[Moment]:
    """The newest first."""
    events = list(OrderEvent.objects.filter(order=order))
    names = names_of(event.by for event in events)
    found = [Moment(order.placed_at, _("Ordered"), "bag")]
    found += [Moment(each.made_at, _("Promised"), "promise", day=each.due_on) for each in promises]
    for event in events:
        icon, tone = LOOKS[Happening(event.kind)]
        found.append(
            Moment(event.at, event.get_kind_display(), icon, tone, names.get(event.by, event.by), event.detail)
        )
    return sorted(found, key=lambda each: each.at, reverse=True)


def names_of(by: Iterable[str]) -> dict[str, str]:
    """`staff:3` to what the person is called; "customer" to the word for him."""
    keys = {int(each[6:]) for each in by if each.startswith("staff:") and each[6:].isdigit()}
    people = User.objects.in_bulk(keys)
    return {"customer": _("the customer"), **{f"staff:{pk}": user.get_username() for pk, user in people.items()}}
