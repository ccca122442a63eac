"""One simulated order in the words of each room's actions."""

from __future__ import annotations

from typing import Any

from vafa.delivery.actions.parcels import ParcelRow
from vafa.delivery.actions.quotes import Asked
from vafa.demo.iran import BY_CODE, City
from vafa.demo.simulation import Scenario, SimulatedOrder
from vafa.engine.history import Place, Question
from vafa.orders.actions import OrderRow, ReviewRow, SellerRow
from vafa.promises.actions import HistoricPromise

ZONE_NAME = "Asia/Tehran"
KIND, SUBJECT, CHANNEL = "delivery", "order", "shop"
SELLER = SellerRow("vafa", "کتاب‌سرای وفا", place="14")


def rials(toman: int) -> int:
    """Toman in minor units of the rial (which has none smaller)."""
    return toman * 10


def place(city: City) -> Place:
    return Place(city.code, city.name, city.region, city.country, city.latitude, city.longitude)


def order(of: SimulatedOrder) -> OrderRow:
    return OrderRow(
        number=of.number,
        placed_at=of.placed_at,
        place=of.city.code,
        seller=SELLER.code,
        customer_ref=of.customer,
        option=of.option.code,
        category=of.basket.category,
        payment=of.payment.name,
        items=len(of.basket.titles),
        price_minor=rials(of.basket.price_toman),
        freight_minor=rials(of.fee_toman),
        currency="IRR",
        weight_g=of.basket.weight_g,
        volume_cm3=of.basket.volume_cm3,
        cancelled=True if of.cancelled_at else None,
        cancelled_at=of.cancelled_at,
    )


def parcel(of: SimulatedOrder) -> ParcelRow:
    on_its_way = of.handed_over_at is not None
    return ParcelRow(
        number=of.number,
        carrier=of.carrier if on_its_way else "",
        tracking_number=of.tracking if on_its_way else "",
        handed_over_at=of.handed_over_at,
        delivered_at=of.delivered_at,
    )


def question(of: SimulatedOrder) -> Question:
    """When will it arrive? As it was asked at the checkout."""
    return Question(
        of.placed_at,
        place(of.city),
        origin=place(BY_CODE[SELLER.place]),
        seller=SELLER.code,
        option=of.option.code,
        payment=of.payment.name,
        items=len(of.basket.titles),
    )


def asked(of: SimulatedOrder) -> Asked:
    """The same question to the shop's own quotes."""
    return Asked(
        to=of.city.code,
        options=(of.option.code,),
        weight_g=of.basket.weight_g,
        volume_cm3=of.basket.volume_cm3,
        price_minor=rials(of.basket.price_toman),
        items=len(of.basket.titles),
        seller=SELLER.code,
        category=of.basket.category,
        payment=of.payment.name,
    )


def review(of: SimulatedOrder) -> ReviewRow:
    return ReviewRow(of.number, of.stars or 0, of.reviewed_at)


def confirmation(of: SimulatedOrder) -> dict[str, Any]:
    """What the customer is told when his order is in; the promise has a message of its own."""
    total = rials(of.basket.price_toman + of.fee_toman)
    return {"order": of.number, "total": [total, "IRR"], "items": len(of.basket.titles)}


def is_over(of: SimulatedOrder, scenario: Scenario) -> bool:
    """Whether the ledger can judge it at the scenario's end: delivered, cancelled, or late beyond all patience."""
    patience = (scenario.last_day - of.promised_on).days
    return of.delivered_at is not None or of.cancelled_at is not None or patience > 2


def historic_promise(of: SimulatedOrder) -> HistoricPromise:
    evidence = {"tracking_number": of.tracking} if of.delivered_at else {}
    return HistoricPromise(
        **promise(of),
        made_at=of.placed_at,
        fulfilled_at=of.delivered_at,
        cancelled_at=of.cancelled_at,
        evidence=evidence,
    )


def promise(of: SimulatedOrder) -> dict[str, Any]:
    """The terms of the shop's own promise, as its pages showed them."""
    return {
        "key": f"{KIND}:{of.number}",
        "kind": KIND,
        "subject_type": SUBJECT,
        "subject_ref": of.number,
        "party_ref": of.customer,
        "due_on": of.promised_on,
        "zone": ZONE_NAME,
        "text": shown(of),
        "channel": CHANNEL,
        "place": of.city.name,
        "region": of.city.region,
        "seller": SELLER.code,
    }


def shown(of: SimulatedOrder) -> dict[str, str]:
    """The words on the shop's page: so many working days, wherever one lives."""
    days = of.option.promised if of.city.country == "IR" else 10
    if days == 1:
        return {"fa": "تحویل تا یک روز کاری", "ar": "التوصيل خلال يوم عمل", "en": "Delivered within one working day"}
    return {
        "fa": f"تحویل در ۲ تا {'۳' if days == 3 else '۱۰'} روز کاری",
        "ar": f"التوصيل خلال ٢ إلى {'٣' if days == 3 else '١٠'} أيام عمل",
        "en": f"Delivered in 2 to {days} working days",
    }
