"""What a gateway is to the rest of the room, and the few words in which we speak to each (docs/develop/payments.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Settings = Mapping[str, str]


class Silent(Exception):  # noqa: N818 - a state of the world, not a fault
    """The gateway gave no answer that could be understood: nothing is known, ask again later. Its text is for staff."""


class Refused(Exception):  # noqa: N818
    """The gateway said no, in its own words."""


@dataclass(frozen=True)
class Setting:
    """One thing the owner fills in. `secret`: stored encrypted, never shown again."""

    name: str
    labels: Mapping[str, str]
    secret: bool = False
    required: bool = True
    initial: str = ""


@dataclass(frozen=True)
class Wanted:
    """What shall be paid. `token`: 32 hex digits, the same at every try of one payment. `back` is where the gateway
    leads the customer, absolute. `until`: nobody waits for the money longer."""

    token: str
    amount_minor: int
    currency: str
    words: str
    back: str
    until: datetime
    order: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Opened:
    """The gateway took it: its own name for the payment, and where the customer pays."""

    authority: str
    address: str


class Verdict(StrEnum):
    PAID = "paid"
    OPEN = "open"  # not yet
    REFUSED = "refused"  # and never will be


@dataclass(frozen=True)
class Answer:
    """What the gateway says about one payment. Amount, currency and token as far as it tells them; `reference` proves
    the money to people."""

    verdict: Verdict
    amount_minor: int | None = None
    currency: str = ""
    token: str = ""
    reference: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Asked:
    """A payment the gateway is asked about."""

    authority: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class Back:
    """Money that shall go back: `token` is the same at every try of one refund, `reference` that of the payment."""

    token: str
    authority: str
    reference: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class GatewayKind:
    """One kind of gateway. Those without `open` and `ask` are paid later, outside of Vafa.

    `way`: "online", "cash", "transfer" or "sandbox". `currencies`: None for all; `least_minor`: what it takes at least.
    `open` raises Silent and Refused, `ask` Silent; `give_back` (where it can) returns a reference and raises both.
    `close` (where it can) ends a session that nobody shall pay any more; Silent and Refused leave it as it is.
    `authority_in` reads the address to which the customer came back. `hook` (where the gateway tells by itself) gives
    the authority a signed message is about; None where it is not signed by our secret.
    """

    name: str
    way: str
    labels: Mapping[str, str]
    settings: tuple[Setting, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)
    currencies: frozenset[str] | None = None
    least_minor: int | None = None
    open: Callable[[Settings, Wanted], Opened] | None = None
    ask: Callable[[Settings, Asked], Answer] | None = None
    close: Callable[[Settings, Asked], None] | None = None
    give_back: Callable[[Settings, Back], str] | None = None
    authority_in: Callable[[Mapping[str, str]], str] | None = None
    hook: Callable[[Settings, bytes, Mapping[str, str]], str | None] | None = None

    @property
    def is_online(self) -> bool:
        """Whether the customer is led to it to pay at once."""
        return self.open is not None

    def takes(self, currency: str) -> bool:
        """Whether it knows this currency."""
        return self.currencies is None or currency in self.currencies


HOST_LABELS = {"fa": "نشانی درگاه", "ar": "عنوان البوابة", "en": "Address of the gateway"}


def host(initial: str) -> Setting:
    """The gateway's address: its test system, or a relay of the shop's own, where the gateway's is closed to it."""
    return Setting("host", HOST_LABELS, initial=initial)
