"""Rules of taxes and of checks, as the owner sets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vafa.checkout.models import CheckRules, TaxRule
from vafa.shop.actions import stamp_shop


def keep_tax(*, country: str, category: str, bp: int, contained: bool) -> TaxRule:
    """What holds for this country and shelf from now on; orders made before keep what they said."""
    with transaction.atomic():
        values = {"bp": bp, "contained": contained}
        rule, _is_new = TaxRule.objects.update_or_create(country=country, category=category, defaults=values)
        stamp_shop()
    return rule


def forget_tax(number: int) -> bool:
    """The rule of that number no longer holds; whether there was one."""
    with transaction.atomic():
        deleted, _by_model = TaxRule.objects.filter(pk=number).delete()
        stamp_shop()
    return bool(deleted)


def keep_check_rules(values: Mapping[str, Any]) -> CheckRules:
    """By these rules orders are looked at first, from now on."""
    with transaction.atomic():
        rules, _is_new = CheckRules.objects.update_or_create(pk=1, defaults=dict(values))
        stamp_shop()
    return rules
