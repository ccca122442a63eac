"""What can be chosen of some books of the simulated shop: gift wrap, a cover of leather, a dedication in gold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import F

from vafa.catalog.actions.beside import choose_beside
from vafa.catalog.actions.notices import wait_for
from vafa.catalog.actions.options import OptionTerms, ValueTerms, keep_option, keep_rule
from vafa.catalog.models import Option, OptionValue, Product, Variant
from vafa.customers.models import ContactPoint
from vafa.demo.catalogue.words import Words, texts
from vafa.demo.rows import rials
from vafa.engine.configuring import Tie

BY = "demo"
WAITING = 6
MOST_LETTERS = 40  # of a dedication
BOUND_BY_HAND = ("shahnameh", "masnavi", "divan-of-hafez", "divan-of-shams")
WRAPPED = (*BOUND_BY_HAND, "rubaiyat", "golestan", "bustan")

WRAP: Words = ("کادوپیچی", "التغليف كهدية", "Gift wrap")
PAPER: Words = ("کاغذ و روبان", "ورق وشريط", "Paper and ribbon")
BOX: Words = ("جعبهٔ چوبی", "صندوق خشبي", "Wooden box")
COVER: Words = ("جلد", "الغلاف", "Cover")
CLOTH: Words = ("پارچه‌ای", "قماش", "Cloth")
GOATSKIN: Words = ("چرم بزی، دست‌دوز", "جلد ماعز مخيط باليد", "Goatskin, sewn by hand")
DEDICATION: Words = ("تقدیم‌نامه روی جلد", "إهداء على الغلاف", "Dedication on the cover")
GOLD: Words = ("زرکوب", "مذهّب", "Stamped in gold")
ON_LEATHER_ALONE: Words = (
    "طلا روی پارچه نمی‌ماند.", "لا يثبت الذهب على القماش.", "Gold does not hold on cloth.",
)  # fmt: skip
WOULD_SCRATCH: Words = (
    "در جعبهٔ چوبی زرکوب خط می‌افتد.", "يُخدش المذهّب في الصندوق الخشبي.", "The box would scratch the gold.",
)  # fmt: skip


def let_choose(*, at: datetime) -> None:
    """Some books are wrapped as a present, some bound anew as their buyer wishes."""
    for product in Product.objects.filter(code__in=WRAPPED).order_by("code"):
        paper = _value(PAPER, 60, parts={"کاغذ کادو": 1, "روبان": 1})
        wrap = _option(product, WRAP, paper, _value(BOX, 240, 1, {"جعبهٔ چوبی": 1}), at=at)
        if product.code in BOUND_BY_HAND:
            _bind(product, wrap, at)

    for product in Product.objects.filter(code__in=WRAPPED).order_by("code"):
        choose_beside(product, [code for code in WRAPPED if code != product.code][:3], at=at)


def _bind(product: Product, wrap: Option, at: datetime) -> None:
    """Leather takes a week; gold goes on leather alone, and not into the wooden box."""
    leather_terms = _value(GOATSKIN, 480, 5, {"چرم بزی": 1, "نخ موم‌زده": 2})
    stamped = replace(_value(GOLD, 150, 2, {"ورق طلا": 1}), words_most=MOST_LETTERS, words_needed=True)
    cover = _option(product, COVER, _value(CLOTH, 0), leather_terms, needed=True, at=at)
    dedication = _option(product, DEDICATION, stamped, at=at)
    (gold,), box, leather = _values(dedication), _values(wrap)[1], _values(cover)[1]
    keep_rule(product, gold, leather, Tie.REQUIRES, texts(ON_LEATHER_ALONE), at=at)
    keep_rule(product, box, gold, Tie.EXCLUDES, texts(WOULD_SCRATCH), at=at)


def _option(product: Product, name: Words, *values: ValueTerms, needed: bool = False, at: datetime) -> Option:
    return keep_option(product, OptionTerms(texts(name), values, needed), by=BY, at=at)[0]


def _value(name: Words, thousands: int, days: int = 0, parts: dict[str, int] | None = None) -> ValueTerms:
    """One value; its surcharge in thousands of tomans."""
    return ValueTerms(texts(name), rials(1000 * thousands), days, parts or {})


def _values(option: Option) -> list[OptionValue]:
    return list(option.values.all())


def let_wait(*, at: datetime) -> None:
    """Some customers wait for what is sold out and expected: its day is promised to them."""
    awaited = Variant.objects.filter(stock__back_on__gt=at.date(), price__isnull=False).order_by("pk").distinct()
    sold_out = awaited.exclude(stock__on_hand__gt=F("stock__reserved"))
    people = ContactPoint.objects.filter(channel="email").order_by("pk").values_list("address", flat=True)
    for variant, address in zip(sold_out.select_related("product")[:WAITING], people[:WAITING], strict=False):
        wait_for(variant, address, language="fa", at=at)
