"""The simulated shop guarantees its dates in Tehran, drafts another guarantee, and advertises more than it keeps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from vafa.delivery.actions.claims import check_claim
from vafa.delivery.actions.guarantee_costs import ask_cost
from vafa.demo import carriers, rows
from vafa.demo.iran import BY_CODE
from vafa.demo.simulation import Scenario, SimulatedOrder
from vafa.promises.actions import (
    Claimed,
    Worth,
    break_overdue,
    cancel_promise,
    judge_covers,
    make_promise,
    publish,
    register_claim,
    save_draft,
    settle_promise,
)
from vafa.promises.guarantee_terms import Caps, GuaranteeTerms, RemedyRule, Scope, Wording
from vafa.promises.models import ClaimKind, GuaranteeVersion, RemedyKind

SINCE = timedelta(days=30)
BY = "demo"
ON_THE_DAY = {
    "fa": "در تهران سفارش شما تا روزی که گفته‌ایم می‌رسد، وگرنه ۵۰ هزار تومان کوپن هدیه می‌گیرید.",
    "ar": "في طهران يصلك طلبك في اليوم الذي وعدناك به، وإلا فلك قسيمة بقيمة ٥٠ ألف تومان.",
    "en": "In Tehran your order is with you by the day we named, or you get a voucher of 50,000 toman.",
}
TWO_DAYS = {
    "fa": "تحویل دوروزه در تهران، وگرنه کوپنی به ارزش ده درصد سفارشتان می‌گیرید.",
    "ar": "التوصيل خلال يومين في طهران، وإلا فلك قسيمة بعشرة بالمئة من قيمة طلبك.",
    "en": "Two days to Tehran, or you get a voucher of ten percent of your order.",
}
CITY = BY_CODE[rows.SELLER.place].name
CLAIMS = (
    ("ارسال به همهٔ ایران در کمتر از ده روز", "صفحهٔ نخست", "", 9, 0.9),
    ("کتاب دوروزه در شیراز", "اینستاگرام", "شیراز", 2, 0.95),
)


def publish_guarantee(scenario: Scenario) -> GuaranteeVersion:
    """The guarantee on the promised date, in the city of the shop, thirty days before the scenario's end."""
    begins = scenario.until - SINCE
    terms = GuaranteeTerms(
        kind=rows.KIND,
        wording=Wording.ON_DATE.value,
        valid_from=begins.date(),
        currency="IRR",
        text=ON_THE_DAY,
        scope=Scope(place=CITY),
        remedy=RemedyRule(RemedyKind.VOUCHER.value, amount_minor=rows.rials(50_000)),
        caps=Caps(budget_minor=rows.rials(300_000), budget_days=30, per_customer=1, customer_days=90),
    )
    save_draft("on-the-day", terms, at=begins)
    return publish("on-the-day", by=BY, at=begins)


def is_covered(order: SimulatedOrder, scenario: Scenario) -> bool:
    """Whether it was promised under the guarantee."""
    return order.city.name == CITY and order.placed_at >= scenario.until - SINCE


def worth_of(order: SimulatedOrder) -> Worth:
    """What the order costs, for remedies that are a share of it."""
    return Worth(rows.rials(order.basket.price_toman), rows.rials(order.fee_toman))


def under(version: GuaranteeVersion, order: SimulatedOrder) -> dict[str, Any]:
    """The terms of the order's promise, under the guarantee."""
    return {**rows.promise(order), "guarantee_version": version.reference}


def promise_under(version: GuaranteeVersion, orders: list[SimulatedOrder]) -> None:
    """Promise orders whose end is known one by one, and tell what became of them."""
    for each in orders:
        made = make_promise(at=each.placed_at, worth=worth_of(each), **under(version, each))
        if each.cancelled_at is not None:
            cancel_promise(made, at=each.cancelled_at)
        elif each.delivered_at is not None:
            evidence = {"tracking_number": each.tracking}
            settle_promise(made, fulfilled_at=each.delivered_at, evidence=evidence, at=each.delivered_at)


def judge_day_by_day(scenario: Scenario) -> None:
    """Break what is overdue and judge the guarantee, evening by evening, as the worker would have."""
    evening: datetime = scenario.until - SINCE
    while evening <= scenario.until:
        break_overdue(at=evening)
        while judge_covers(at=evening):
            pass
        evening += timedelta(days=1)


def draft_and_claim(scenario: Scenario) -> None:
    """A draft whose cost the worker finds out, and two advertised claims, one of which is not true."""
    today = scenario.last_day
    draft = GuaranteeTerms(
        kind=rows.KIND,
        wording=Wording.WITHIN_DAYS.value,
        days=2,
        valid_from=today,
        currency="IRR",
        text=TWO_DAYS,
        scope=Scope(place=CITY),
        remedy=RemedyRule(RemedyKind.VOUCHER.value, percent=10, most_minor=rows.rials(200_000)),
        caps=Caps(approval_above_minor=rows.rials(150_000), budget_minor=rows.rials(10_000_000)),
    )
    ask_cost(save_draft("two-days", draft, at=scenario.until), at=scenario.until)
    for text, medium, place, days, level in CLAIMS:
        claimed = Claimed(
            text=text,
            kind=ClaimKind.WITHIN_DAYS.value,
            starts_on=today - timedelta(days=60),
            medium=medium,
            place=place,
            option=carriers.OPTIONS[0].code,
            days=days,
            level=level,
        )
        check_claim(register_claim(claimed, by=BY, at=scenario.until), at=scenario.until)
