"""How closely a list of places names one place."""

from __future__ import annotations

from collections.abc import Sequence

from vafa.delivery.models import DeliveryPrice, Zone
from vafa.engine.delivery_prices import PriceRule
from vafa.engine.history import Place
from vafa.shop.queries import remembered, the_shop

EVERYWHERE, COUNTRY, REGION, CITY, CODE = range(5)


def nearness(to: Place, named: Sequence[str]) -> int | None:
    """EVERYWHERE for an empty list, CODE where its code or the beginning of it is named; None where it is not meant."""
    if not named:
        return EVERYWHERE
    key = the_shop().naming.key
    names = {key(name) for name in named}
    if to.code and any(to.code == name.strip() or _begins(to.code, name.strip()) for name in named):
        return CODE
    own = ((to.city, CITY), (to.region, REGION), (to.country, COUNTRY))
    return next((level for name, level in own if name and key(name) in names), None)


def zone_of(to: Place) -> Zone | None:
    """The zone that names the place most closely; None where none does."""
    zones = remembered("delivery.zones", lambda: list(Zone.objects.filter(active=True)))
    near = [(level, zone) for zone in zones if zone.places and (level := nearness(to, zone.places)) is not None]
    return max(near, key=lambda each: each[0])[1] if near else None


def price_rules(option: str, to: Place) -> list[PriceRule]:
    """The rules of an option that speak about the place."""
    rules = remembered("delivery.prices", _rules_by_option).get(option, [])
    near = ((nearness(to, rule.places), rule) for rule in rules)
    return [
        PriceRule(level, rule.most_g, rule.from_minor, rule.price_minor, rule.each_kg_minor)
        for level, rule in near
        if level is not None
    ]


def has_price_rules(option: str) -> bool:
    """Whether any rule says what the option costs somewhere."""
    return bool(remembered("delivery.prices", _rules_by_option).get(option))


def _rules_by_option() -> dict[str, list[DeliveryPrice]]:
    found: dict[str, list[DeliveryPrice]] = {}
    for rule in DeliveryPrice.objects.select_related("option"):
        found.setdefault(rule.option.code, []).append(rule)
    return found


def _begins(code: str, prefix: str) -> bool:
    return prefix.isdecimal() and code.startswith(prefix)
