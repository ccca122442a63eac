"""A small shop: places, an order history, tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from vafa.accounts.actions.tokens import issue_token
from vafa.accounts.models import Role, Scope, User
from vafa.delivery.models import Parcel
from vafa.engine.history import Place
from vafa.orders.models import Order, Seller
from vafa.promises.actions import make_promise
from vafa.promises.models import Promise
from vafa.shop.actions import remember_places, save_settings
from vafa.shop.models import Place as ShopPlace

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
TEHRAN = Place("11369", "Tehran", "Tehran", "IR", 35.7, 51.4)
SHIRAZ = Place("71345", "Shiraz", "Fars", "IR", 29.6, 52.5)
TABRIZ = Place("51336", "Tabriz", "East Azerbaijan", "IR", 38.1, 46.3)
KABUL = Place("AF-KAB", "Kabul", "Afghanistan", "AF", 34.5, 69.2)
ALL_SCOPES = list(Scope.values)


def a_shop(**settings: object) -> None:
    """A shop in Tehran without public holidays, and a gazetteer of three places."""
    save_settings(**{"name": "Ketab", "zone": "Asia/Tehran", "holiday_country": "", **settings})
    remember_places([TEHRAN, SHIRAZ, TABRIZ])


def orders(count: int, *, until: datetime = NOW, hours: int = 8, days: tuple[int, ...] = (1, 2, 2, 3, 4)) -> None:
    """So many orders up to `until`, in turn to Tehran and Shiraz; those still out have no arrival."""
    places = {place.code: place for place in ShopPlace.objects.all()}
    seller, _ = Seller.objects.get_or_create(code="ketab", defaults={"place": places[TEHRAN.code]})
    made, sent = [], []
    for number in range(count):
        placed = until - timedelta(hours=hours * (count - number))
        to = (TEHRAN, SHIRAZ)[number % 2]
        made.append(
            Order(number=f"A{number}", placed_at=placed, place=places[to.code], seller=seller, price_minor=500_000)
        )
        takes = days[number % len(days)] + (1 if to is SHIRAZ else 0)
        arrived = placed + timedelta(days=takes)
        handed = placed + timedelta(hours=20)
        sent.append((handed if handed < until else None, arrived if arrived < until else None))
    Order.objects.bulk_create(made)
    Parcel.objects.bulk_create(
        Parcel(order=order, handed_over_at=handed, delivered_at=arrived)
        for order, (handed, arrived) in zip(made, sent, strict=True)
    )


def rare_orders(count: int, *, place: Place = KABUL, takes: int = 12, until: datetime = NOW) -> None:
    """So many orders to one place, a week apart, all arrived after `takes` days."""
    remember_places([place])
    to, seller = ShopPlace.objects.get(code=place.code), Seller.objects.get(code="ketab")
    first = Order.objects.count()
    for number in range(count):
        placed = until - timedelta(days=20 + 7 * number)
        order = Order.objects.create(
            number=f"R{first + number}", placed_at=placed, place=to, seller=seller, price_minor=500_000
        )
        arrived = placed + timedelta(days=takes + number % 3)
        Parcel.objects.create(order=order, handed_over_at=placed + timedelta(hours=20), delivered_at=arrived)


def a_key(*scopes: str) -> str:
    """The key of a new token."""
    owner, _ = User.objects.get_or_create(username="aram", defaults={"role": Role.OWNER})
    return issue_token("till", list(scopes) or ALL_SCOPES, owner)[1]


def promised(
    number: str = "W1",
    *,
    days: int = 2,
    placed: datetime | None = None,
    handed: datetime | None = None,
    probability: float = 0.9,
    at: datetime = NOW,
    carrier: str = "post",
) -> Promise:
    """An order to Shiraz, placed (a day before `at`), and promised `days` after that."""
    placed = placed or at - timedelta(days=1)
    order = Order.objects.create(
        number=number,
        placed_at=placed,
        place=ShopPlace.objects.get(code=SHIRAZ.code),
        customer_ref=f"C-{number}",
        price_minor=1_000_000,
        currency="IRR",
    )
    Parcel.objects.create(order=order, handed_over_at=handed, told_handed_over_at=handed, carrier=carrier)
    return make_promise(
        at=placed,
        kind="delivery",
        key=f"delivery:{number}",
        subject_type="order",
        subject_ref=number,
        party_ref=f"C-{number}",
        due_on=(placed + timedelta(days=days)).date(),
        zone="Asia/Tehran",
        probability=probability,
        region="Fars",
        place="Shiraz",
    )
