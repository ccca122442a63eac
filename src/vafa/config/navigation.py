"""The staff's navigation, assembled here because no room may know the pages of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vafa.demo.queries import today_at
from vafa.kit.clock import now
from vafa.kit.formats import format_number
from vafa.messages.queries import the_rules
from vafa.opening.steps import first_steps
from vafa.shop.queries import the_shop


@dataclass(frozen=True)
class Entry:
    label: LazyText
    url_name: str
    icon: str
    owner_only: bool = False
    also: tuple[str, ...] = ()  # pages without an entry of their own that are reached from here


ENTRIES = [
    Entry(_("Today"), "console:home", "home", also=("console:report",)),
    Entry(_("Orders"), "fulfilment:orders", "receipt"),
    Entry(_("Checks"), "checkout:holds", "shield"),
    Entry(_("Promises"), "promises:list", "promise"),
    Entry(_("At risk"), "delivery:at-risk", "alert"),
    Entry(_("Parcels"), "delivery:parcels", "truck", also=("connectors:sources",)),
    Entry(
        _("Guarantees"),
        "promises:guarantees",
        "shield",
        also=("promises:remedies", "vouchers:list", "delivery:claims"),
    ),
    Entry(_("Payments"), "payments:list", "receipt", also=("payments:refunds",)),
    Entry(
        _("Delivery choice"),
        "delivery:slots",
        "clock",
        also=("delivery:zones", "delivery:points", "delivery:festivals"),
    ),
    Entry(_("Told by customers"), "requests:reports", "help"),
    Entry(_("Messages"), "messages:outbox", "mail"),
    Entry(_("Try a promise"), "delivery:try", "calendar"),
    Entry(_("City table"), "delivery:city-table", "map"),
    Entry(_("Catalogue"), "catalog:products", "book"),
    Entry(_("Shop window"), "catalog:misses", "bag"),
    Entry(_("Backtest"), "delivery:backtests", "chart", also=("delivery:models",)),
    Entry(_("Agreements"), "agreements:list", "file", also=("incidents:list",)),
    Entry(_("Import"), "connectors:import", "upload", owner_only=True),
    Entry(_("Work"), "jobs:list", "list"),
    Entry(_("Settings"), "shop:settings", "settings", owner_only=True),
]

# the pages beside the first of them, as tabs on each
GUARANTEES = [
    Entry(_("Guarantees"), "promises:guarantees", "shield"),
    Entry(_("Remedies"), "promises:remedies", "gift"),
    Entry(_("Vouchers"), "vouchers:list", "gift"),
    Entry(_("Claims"), "delivery:claims", "promise"),
]

CATALOGUE = [
    Entry(_("Products"), "catalog:products", "book"),
    Entry(_("Shelves and brands"), "catalog:shelves", "list"),
    Entry(_("Waiting changes"), "catalog:waiting", "shield"),
    Entry(_("Many prices"), "catalog:edits", "trend", owner_only=True),
    Entry(_("Wrong prices"), "fulfilment:wrong-prices", "alert", owner_only=True),
]

PAYMENTS = [
    Entry(_("Payments"), "payments:list", "receipt"),
    Entry(_("Refunds"), "payments:refunds", "receipt"),
    Entry(_("Ways to pay"), "payments:gateways", "key", owner_only=True),
]

DELIVERY = [
    Entry(_("Windows"), "delivery:slots", "calendar"),
    Entry(_("Zones"), "delivery:zones", "map", owner_only=True),
    Entry(_("Pick-up points"), "delivery:points", "shop", owner_only=True),
    Entry(_("Festivals"), "delivery:festivals", "gift", owner_only=True),
]

WINDOW = [
    Entry(_("Searched for in vain"), "catalog:misses", "search"),
    Entry(_("Waited for"), "catalog:waited-for", "clock"),
    Entry(_("Words that mean the same"), "catalog:synonyms", "language"),
    Entry(_("Help in choosing"), "catalog:guides", "help"),
    Entry(_("Buyers' opinions"), "orders:opinions", "star"),
    Entry(_("Questions"), "catalog:inquiries", "info"),
    Entry(_("Speed for visitors"), "visits:speed", "trend"),
    Entry(_("Open the window"), "storefront:home", "bag"),
]

# in a simulated shop only
REPLACE = Entry(_("Replace by my shop"), "demo:replace", "refresh", owner_only=True)

HELD = _("Nothing reaches real customers: messages are kept here.")

PASSWORD = Entry(_("Your password"), "accounts:password", "lock")
SETTINGS = [
    Entry(_("Shop"), "shop:settings", "shop", owner_only=True),
    Entry(_("Working hours"), "shop:hours", "clock", owner_only=True),
    Entry(_("Holidays"), "shop:holidays", "calendar", owner_only=True),
    Entry(_("Delivery times"), "shop:stated-times", "truck", owner_only=True),
    Entry(_("Delivery options"), "delivery:options", "truck", owner_only=True),
    Entry(_("Taxes"), "checkout:taxes", "receipt", owner_only=True),
    Entry(_("Early warning"), "delivery:watch-rules", "alert", owner_only=True),
    Entry(_("Place names"), "shop:place-names", "map", owner_only=True),
    Entry(_("Pages about the shop"), "shop:page-texts", "file", owner_only=True),
    Entry(_("Public record"), "promises:publication", "seal", owner_only=True),
    Entry(_("Privacy"), "requests:privacy", "lock", owner_only=True),
    Entry(_("Staff"), "accounts:staff", "users", owner_only=True),
    Entry(_("Widget"), "storefront:widget-sites", "link", owner_only=True),
    Entry(_("API tokens"), "accounts:tokens", "key", owner_only=True),
    PASSWORD,
]
# the pages of one entry, shown as tabs
AGREEMENTS = [
    Entry(_("Agreements"), "agreements:list", "file"),
    Entry(_("Credits"), "agreements:credits", "receipt"),
    Entry(_("Uptime"), "agreements:uptime", "clock"),
    Entry(_("Incidents"), "incidents:list", "shield", owner_only=True),
]


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context: `navigation` with the current entry marked, and the tabs `settings_tabs`, `guarantee_tabs`,
    `agreement_tabs`, `catalogue_tabs`, `payment_tabs`, `delivery_tabs` and `window_tabs`, as far as this person may
    open them;
    `first_steps`, what a new owner has still to do;
    `staff_strip`, what every page of the staff says at its top; `simulated_time` in a simulated shop. Nothing for
    strangers.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    is_owner = bool(getattr(user, "is_owner", False))
    entries = [*ENTRIES, REPLACE] if the_shop().simulated else ENTRIES
    # the roles of a simulated shop sign in without a password
    pages = [entry for entry in SETTINGS if entry is not PASSWORD or not getattr(user, "demo", False)]
    steps = first_steps() if is_owner else {}
    shown, settings = _open_to(entries, is_owner), _open_to(pages, is_owner)
    in_settings = any(_is_page(url, request.path) for _entry, url in settings)
    return {
        "navigation": [
            {"entry": entry, "url": url, "current": _is_current(entry, url, request.path, in_settings)}
            for entry, url in shown
        ],
        "settings_tabs": {
            "label": _("Settings"),
            "pages": [{"entry": entry, "url": url, "current": _is_page(url, request.path)} for entry, url in settings],
        },
        "guarantee_tabs": {"label": _("Guarantees"), "pages": _tabs(GUARANTEES, is_owner, request.path)},
        "agreement_tabs": {"label": _("Agreements"), "pages": _tabs(AGREEMENTS, is_owner, request.path)},
        "catalogue_tabs": {"label": _("Catalogue"), "pages": _tabs(CATALOGUE, is_owner, request.path)},
        "payment_tabs": {"label": _("Payments"), "pages": _tabs(PAYMENTS, is_owner, request.path)},
        "delivery_tabs": {"label": _("Delivery choice"), "pages": _tabs(DELIVERY, is_owner, request.path)},
        "window_tabs": {"label": _("Shop window"), "pages": _tabs(WINDOW, is_owner, request.path)},
        "first_steps": steps,
        "staff_strip": [*_strip(is_owner=is_owner), *_to_open(steps, request.path)],
        "simulated_time": _simulated_time() if the_shop().simulated else None,
    }


def _strip(*, is_owner: bool) -> list[dict[str, object]]:
    """What every page of the staff says at its top."""
    if not the_rules().holds:
        return []
    return [{"text": HELD, "url": reverse("messages:rules" if is_owner else "messages:outbox")}]


def _to_open(steps: dict[str, Any], path: str) -> list[dict[str, object]]:
    """The way back to the first steps, as long as one of them is open; not on their own pages."""
    begin = reverse("opening:begin")
    if not steps.get("next") or path.startswith(begin):
        return []
    left = len(steps["left"])
    said = ngettext("Opening your shop: %(shown)s step is left.", "Opening your shop: %(shown)s steps are left.", left)
    return [{"text": said % {"shown": format_number(left)}, "url": begin}]


def _tabs(entries: list[Entry], is_owner: bool, path: str) -> list[dict[str, object]]:
    """Pages beside each other; of those that the path lies under, the nearest is the current one."""
    shown = _open_to(entries, is_owner)
    nearest = max((url for _entry, url in shown if path.startswith(url)), key=len, default="")
    return [{"entry": entry, "url": url, "current": url == nearest} for entry, url in shown]


def _simulated_time() -> dict[str, str]:
    """The buttons that move the clock of a simulated shop, for the bar above its pages."""
    tomorrow = today_at(now()) + timedelta(days=1)
    return {"tick": reverse("demo:tick"), "page": reverse("demo:time"), "tomorrow": tomorrow.isoformat()}


def _open_to(entries: list[Entry], is_owner: bool) -> list[tuple[Entry, str]]:
    return [(entry, reverse(entry.url_name)) for entry in entries if is_owner or not entry.owner_only]


def _is_current(entry: Entry, url: str, path: str, in_settings: bool) -> bool:
    if entry.url_name == "shop:settings" and in_settings:
        return True
    if any(path.startswith(reverse(name)) for name in entry.also):
        return True
    return path == url if url == "/" else path.startswith(url)


def _is_page(url: str, path: str) -> bool:
    """Whether the path is this page of the settings or one below it; all pages lie below the first."""
    return path == url if url == reverse("shop:settings") else path.startswith(url)
