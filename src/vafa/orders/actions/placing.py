"""An order comes into the world, whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from vafa.catalog.models.products import Texts
from vafa.orders.models import Bill, NameWord, Order, OrderLine, Recipient, Stage
from vafa.orders.names import words_of
from vafa.shop.models import Place


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of one article; amounts in minor units of the bill's currency. See `OrderLine` for the meaning."""

    sku: str
    title: Mapping[str, str]
    quantity: int
    unit_minor: int
    price_id: int | None = None
    product: str = ""
    choices: Mapping[str, str | Texts] = field(default_factory=dict)
    discount_minor: int = 0
    tax_bp: int = 0
    tax_minor: int = 0
    weight_g: float | None = None  # of one piece
    parts: Mapping[str, int] = field(default_factory=dict)  # that go into one piece
    counted: Mapping[str, int] = field(default_factory=dict)  # those parts that are articles
    chosen: Mapping[str, str] = field(default_factory=dict)  # among the product's options, by code
    inscriptions: Mapping[str, str] = field(default_factory=dict)  # what the customer wrote for them


@dataclass(frozen=True, slots=True)
class Amounts:
    """The bill; `total = goods + delivery - discount`, which the database insists on."""

    goods_minor: int
    delivery_minor: int
    currency: str
    discount_minor: int = 0
    voucher_code: str = ""
    delivery_tax_bp: int = 0
    tax_minor: int = 0

    @property
    def total_minor(self) -> int:
        return self.goods_minor + self.delivery_minor - self.discount_minor


@dataclass(frozen=True, slots=True)
class SendTo:
    """Who gets it; a phone number or an e-mail address is needed."""

    name: str
    country: str
    phone: str = ""
    email: str = ""
    region: str = ""
    city: str = ""
    postal_code: str = ""
    street: str = ""
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """One order as its customer agreed to it. `place` is the code of a remembered place, "" where none is known;
    `option` and `payment` are codes; `customer_ref` the customer's number.
    """

    number: str
    placed_at: datetime
    lines: Sequence[Line]
    amounts: Amounts
    to: SendTo
    customer_ref: str = ""
    place: str = ""
    option: str = ""
    payment: str = ""
    category: str = ""


def place(placed: Placed) -> tuple[Order, bool]:
    """Write the order with its lines, bill and recipient; (order, whether it is new). The same number again is the
    same order and changes nothing. One transaction, or part of the caller's. ValueError without lines.
    """
    if not placed.lines:
        raise ValueError("an order without lines")
    with transaction.atomic():
        order, is_new = Order.objects.get_or_create(number=placed.number, defaults=_facts(placed))
        if is_new:
            _write_parts(order, placed)
    return order, is_new


def remember_contents(placed: Placed, *, has_left: bool) -> bool:
    """Give a recorded order, of which only the facts were known, its lines, bill and recipient; whether it had none.

    `has_left`: all of it was sent long ago. LookupError for an order that is not recorded.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().filter(number=placed.number).first()
        if order is None:
            raise LookupError(f"order {placed.number!r} is not recorded")
        if Bill.objects.filter(order=order).exists():
            return False
        _write_parts(order, placed)
        if has_left:
            OrderLine.objects.filter(order=order).update(packed=F("quantity"), sent=F("quantity"))
    return True


def _facts(placed: Placed) -> dict[str, object]:
    weights = [line.weight_g * line.quantity for line in placed.lines if line.weight_g is not None]
    return {
        "placed_at": placed.placed_at,
        "stage": Stage.TO_PACK,
        "place": Place.objects.filter(code=placed.place).first() if placed.place else None,
        "customer_ref": placed.customer_ref,
        "option": placed.option,
        "category": placed.category,
        "payment": placed.payment,
        "items": sum(line.quantity for line in placed.lines),
        "price_minor": placed.amounts.goods_minor - placed.amounts.discount_minor,
        "freight_minor": placed.amounts.delivery_minor,
        "currency": placed.amounts.currency,
        "weight_g": sum(weights) if len(weights) == len(placed.lines) else None,
    }


def _write_parts(order: Order, placed: Placed) -> None:
    OrderLine.objects.bulk_create(
        OrderLine(order=order, position=position, **asdict(line)) for position, line in enumerate(placed.lines)
    )
    Bill.objects.create(order=order, total_minor=placed.amounts.total_minor, **asdict(placed.amounts))
    to = Recipient.objects.create(order=order, **asdict(placed.to))
    NameWord.objects.bulk_create(NameWord(recipient=to, word=word) for word in words_of(to.name))
