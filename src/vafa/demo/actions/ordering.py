"""The simulated shop's own orders: what its visitors would do in the window, done through the same actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db.models import F

from vafa.catalog.models import Variant
from vafa.checkout import actions as checkout
from vafa.checkout.models import Basket, Purchase
from vafa.checkout.queries import hold_of, holds, summary
from vafa.checkout.queries.summary import Summary
from vafa.demo.iran import CITIES, City
from vafa.demo.people import person
from vafa.kit.problems import Problem
from vafa.messages.actions import deliver
from vafa.messages.models import Message
from vafa.payments.actions import confirm_cash
from vafa.payments.queries import payments_about

MANY, OPEN_BASKETS = 40, 8
BETWEEN = timedelta(minutes=23)
LARGE = 12  # pieces, more than the rules let go without a look
BY = "demo"


def place_own_orders(*, at: datetime, seed: int = 1) -> int:
    """Some dozens of orders of the last hours, a few of them held for a check, one being paid, and baskets that are
    still open; how many were placed. Done twice it is done once.
    """
    if Purchase.objects.exists():
        return 0
    _set_rules()
    rng, skus = Random(seed), _on_the_shelves()  # noqa: S311 - a play
    homes = [city for city in CITIES if city.country == "IR"]
    for number in range(MANY):
        _order(number, rng.choice(homes), skus, rng, at - BETWEEN * (MANY - number))
    for number in range(OPEN_BASKETS):
        _fill(f"open-{number}", skus, rng, at - BETWEEN * number)
    _decide_some(at)
    return Purchase.objects.filter(state="placed").count()


def _set_rules() -> None:
    """Ten percent of tax in Iran, none on books; many pieces of one title are looked at first."""
    checkout.keep_tax(country="IR", category="", bp=1000, contained=True)
    checkout.keep_tax(country="IR", category="books", bp=0, contained=True)
    checkout.keep_check_rules({"pieces_over": LARGE - 1, "first_over_minor": 600_000_000, "hours": 4})


def _on_the_shelves() -> list[str]:
    there = Variant.objects.filter(price__isnull=False, product__public=True)
    many = there.filter(stock__on_hand__gte=F("stock__reserved") + LARGE)
    return list(many.order_by("pk").values_list("sku", flat=True).distinct()[:300])


def _fill(key: str, skus: Sequence[str], rng: Random, at: datetime, pieces: int = 1) -> Basket | None:
    basket = None
    for number, sku in enumerate(rng.sample(skus, k=min(len(skus), rng.randint(1, 3)))):
        try:
            basket = checkout.put(basket, sku, key=f"{BY}:{key}:{number}", language="fa", pieces=pieces, at=at)
        except Problem:
            continue
        pieces = 1
    return basket


def _order(number: int, city: City, skus: Sequence[str], rng: Random, at: datetime) -> None:
    """One order; what the shop refuses (no date for the place, sold out) is no order."""
    basket = _fill(f"order-{number}", skus, rng, at, pieces=LARGE if number % 9 == 8 else 1)
    if basket is None:
        return
    try:
        checkout.say(basket, _said(number, city), at=at)
        checkout.say(basket, _choice(summary(basket, at=at), rng), at=at)
        is_last = number == MANY - 1
        checkout.say(basket, {"way": "sandbox" if is_last else "cash"}, at=at)
        purchase = checkout.submit(basket, agreed=summary(basket, at=at).agreed, at=at)
        checkout.begin_payment(purchase, back_url="/shop/", at=at)
    except Problem:
        return
    _write_to_the_customer(purchase.number, at)
    if number % 3 == 0 and not is_last and hold_of(purchase.number) is None:
        for payment in payments_about(f"purchase:{purchase.public_id}"):
            confirm_cash(payment, BY, at)


def _write_to_the_customer(number: str, at: datetime) -> None:
    """What the shop wrote at once: kept in the outbox, and the promise of a confirmation with it."""
    for message in Message.objects.filter(about=f"order:{number}").order_by("pk"):
        deliver(message.public_id, at=at)
    checkout.follow_confirmations(at=at)


def _said(number: int, city: City) -> dict[str, Any]:
    row = person(f"W{number}", city)
    return {
        "name": row.name,
        "phone": f"+98912555{number:04}",
        "country": "IR",
        "city": city.name,
        "region": city.region,
        "postal_code": f"1193653{number:03}",
        "street": f"{city.name}، خیابان حافظ، پلاک {number + 1}",
    }


def _choice(shown: Summary, rng: Random) -> dict[str, str]:
    """One of the ways that are offered, with the first window or point where it needs one."""
    offered = shown.choices.offered
    if not offered:
        return {}
    choice = rng.choice(offered)
    slot = next((each.id for each in choice.slots if each.places_left), "")
    point = choice.points[0].code if choice.points else ""
    return {"option": choice.option, "slot": slot, "point": point}


def _decide_some(at: datetime) -> None:
    """Of what is held one is released, one cancelled; the others wait for the visitor."""
    for hold, release in zip(list(holds()[:2]), (True, False), strict=False):
        checkout.decide(hold, release=release, by=BY, at=at)
