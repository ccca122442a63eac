"""What people call the codes in the ledger. Rows hold stable codes; who knows the names tells them at the start."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Text

CHANNELS: dict[str, Text] = {
    "shop": _("the shop"),
    "web": _("the website"),
    "product": _("the product page"),
    "cart": _("the cart"),
    "checkout": _("the checkout"),
    "email": _("an e-mail"),
    "watch": _("a message before the date"),
    "console": _("the shop's own pages"),
}
_lookups: list[Callable[[str], str]] = []


def name_sellers_by(lookup: Callable[[str], str]) -> None:
    """Let `lookup` (code to name, "" where it has none) name sellers from now on."""
    _lookups[:] = [lookup]


def seller_name(code: str) -> str:
    """The seller's name, else the code."""
    return next((name for lookup in _lookups if (name := lookup(code))), code)


def channel_name(code: str) -> Text:
    """What the place is called in which a promise was shown; a shop's own code stays as it is."""
    return CHANNELS.get(code, code)
