"""Reads of the delivery options."""

from __future__ import annotations

from vafa.delivery.models import DeliveryOption
from vafa.shop.queries import remembered

STANDARD = "standard"
STANDARD_NAME = {"fa": "ارسال عادی", "ar": "توصيل عادي", "en": "Standard delivery"}


def options() -> list[DeliveryOption]:
    """The active options in the shop's order; a shop that never said which it has delivers in the standard way.

    Remembered until one is changed: nobody may change what is returned.
    """
    known = every_option()
    return [option for option in known if option.active] or ([] if known else [standard_option()])


def standard_option() -> DeliveryOption:
    """The option, not saved, of a shop that has not described any."""
    return DeliveryOption(code=STANDARD, name=STANDARD_NAME)


def default_code() -> str:
    """The option of orders that name none: the first active one."""
    code = DeliveryOption.objects.filter(active=True).values_list("code", flat=True).first()
    return code or STANDARD


def every_option() -> list[DeliveryOption]:
    """The options in the shop's order, also those no longer offered."""
    return remembered("delivery.options", lambda: list(DeliveryOption.objects.all()))


def option_by(code: str) -> DeliveryOption | None:
    """One option; None where there is none."""
    return DeliveryOption.objects.filter(code=code).first()
