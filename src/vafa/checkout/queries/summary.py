"""What a basket comes to: exact to the last minor unit, and what the customer agrees to."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vafa.checkout.models import Basket
from vafa.checkout.queries.contents import Content, Contents, contents
from vafa.checkout.queries.delivering import Chosen, chosen_of, cost_of, delivery_choices
from vafa.checkout.queries.holds import check_rules, reasons_to_check
from vafa.checkout.queries.taxes import tax_of
from vafa.checkout.sums import contained_tax, shared
from vafa.delivery.queries.choices import Choices
from vafa.kit.formats import plain_digits
from vafa.shop.queries import the_shop
from vafa.vouchers.models import Benefit, Voucher
from vafa.vouchers.queries import voucher_by


@dataclass(frozen=True)
class Summary:
    """One basket with one way of delivery. `discounts` and `taxes` are by line; all amounts in minor units.

    `voucher_problem`: why a voucher that was typed does nothing; `day` the date that would be promised.
    """

    inside: Contents
    choices: Choices
    way: Chosen | None
    voucher: Voucher | None
    voucher_problem: str
    delivery_minor: int
    discount_minor: int
    delivery_discount_minor: int
    discounts: tuple[int, ...]
    taxes: tuple[int, ...]
    delivery_tax_bp: int
    reasons: tuple[str, ...] = ()
    ready_at: datetime | None = None

    @property
    def total_minor(self) -> int:
        return self.inside.goods_minor + self.delivery_minor - self.discount_minor

    @property
    def tax_minor(self) -> int:
        """Contained in the total."""
        delivery = contained_tax(self.delivery_minor - self.delivery_discount_minor, self.delivery_tax_bp)
        return sum(self.taxes) + delivery

    @property
    def day(self) -> date | None:
        return self.way.day if self.way else None

    @property
    def agreed(self) -> str:
        """What the customer says yes to: sent with the form, compared when it comes back (`queries.changes` tells the
        difference)."""
        way = self.way
        said = json.dumps(
            {
                "total": self.total_minor,
                "lines": {line.sku: [line.unit_minor, line.quantity] for line in self.inside.lines},
                "delivery": self.delivery_minor,
                "off": self.discount_minor,
                "way": [way.option, way.held, way.point.code if way.point else ""] if way else [],
                "day": self.day.isoformat() if self.day else "",
            },
            separators=(",", ":"),
        )
        return urlsafe_b64encode(said.encode()).decode()

    @property
    def taxed_lines(self) -> list[tuple[Content, int, int]]:
        """Each line with what is taken off it and the tax in it."""
        return list(zip(self.inside.lines, self.discounts, self.taxes, strict=True))


def summary(basket: Basket, *, at: datetime, place: str = "") -> Summary:
    """The basket as it would be ordered now. `place`: where the customer has not said in the form where it goes."""
    said = basket.said
    inside = contents(basket, country=said.get("country", ""), at=at)
    reasons = reasons_to_check(inside, said, at=at)
    ready_at = _whole_hour(at + timedelta(hours=check_rules().hours)) if reasons else None
    choices = delivery_choices(inside, said.get("city", "") or place, ready_at=ready_at, at=at)
    way = chosen_of(choices, said)
    tax = tax_of(said.get("country", "") or the_shop().holiday_country, "")
    delivery = cost_of(way, said.get("country", "")) if way else 0
    voucher, problem = _voucher(said.get("voucher", ""), inside, at)
    goods_off, delivery_off = _taken_off(voucher, inside.goods_minor, delivery)
    discounts = shared(goods_off, [line.amount_minor for line in inside.lines])
    taxes = [
        contained_tax(line.amount_minor - off, line.tax.bp) for line, off in zip(inside.lines, discounts, strict=True)
    ]
    return Summary(
        inside=inside,
        choices=choices,
        way=way,
        voucher=voucher,
        voucher_problem=problem,
        delivery_minor=delivery,
        discount_minor=goods_off + delivery_off,
        delivery_discount_minor=delivery_off,
        discounts=tuple(discounts),
        taxes=tuple(taxes),
        delivery_tax_bp=tax.bp,
        reasons=tuple(reasons),
        ready_at=ready_at,
    )


def _whole_hour(moment: datetime) -> datetime:
    """The next one, so that dates are remembered for a while."""
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _voucher(code: str, inside: Contents, at: datetime) -> tuple[Voucher | None, str]:
    if not code.strip() or not inside.lines:
        return None, ""
    voucher = voucher_by(plain_digits(code))
    if voucher is None:
        return None, "unknown"
    if voucher.currency != inside.currency:
        return None, "currency"
    if voucher.redeemed_at is not None:
        return None, "used"
    return (voucher, "") if voucher.is_usable(at) else (None, "over")


def _taken_off(voucher: Voucher | None, goods_minor: int, delivery_minor: int) -> tuple[int, int]:
    """What comes off the goods and off the delivery: goods first."""
    if voucher is None:
        return 0, 0
    worth = voucher.worth(goods_minor, delivery_minor)
    if voucher.benefit == Benefit.FREE_DELIVERY:
        return 0, worth
    return min(worth, goods_minor), max(0, worth - goods_minor)
