"""Why a promise is in danger, in words: for the staff, and for the customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vafa.delivery.sentences import LANGUAGES, of_hundred
from vafa.kit.formats import format_date, format_days
from vafa.kit.formats.preferences import the_language
from vafa.shop.queries import place_name


def reason_in_words(reason: Mapping[str, Any]) -> str:
    """One reason for the staff, in the language now active."""
    told = STAFF.get(str(reason.get("code")))
    return told(reason) if told else ""


def cause_for_customer(reasons: list[dict[str, Any]]) -> dict[str, str]:
    """The gravest reason that a customer can be told, by language; a plain sentence where there is none."""
    reason = next((each for each in reasons if each["code"] in CUSTOMER), {"code": "plain"})
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = CUSTOMER[reason["code"]](reason)
    return found


def common_in_words(common: Mapping[str, str]) -> str:
    """What the promises of an alert have in common, in the language now active."""
    words = {
        "region": lambda value: _("to %(region)s") % {"region": _place(value)},
        "carrier": lambda value: _("with %(carrier)s") % {"carrier": value},
        "origin": lambda value: _("from %(region)s") % {"region": _place(value)},
        "scanned": lambda value: _("last seen in %(place)s") % {"place": value},
        "handed_on": lambda value: _("handed over on %(day)s") % {"day": format_date(date.fromisoformat(value))},
    }
    found = [words[name](value) for name, value in common.items() if name in words]
    return " · ".join(found) or _("most open promises, whatever their carrier, place or day")


def _place(name: str) -> str:
    return place_name(name, the_language(None))


def _overdue(values: Mapping[str, Any]) -> str:
    return _("The date passed %(days)s ago.") % {"days": format_days(values["days"])}


def _exception(values: Mapping[str, Any]) -> str:
    return {
        "on_hold": _("The carrier holds the parcel back."),
        "delivery_delayed": _("The carrier reports a delay."),
        "delivery_failed": _("A delivery was tried in vain."),
        "return_to_sender": _("The parcel is on its way back."),
        "cancelled": _("The carrier has cancelled the parcel."),
    }.get(str(values["status"]), _("The carrier reports a problem."))


def _hand_over(values: Mapping[str, Any]) -> str:
    return _("The hand-over to the carrier is overdue by %(days)s.") % {"days": format_days(values["days"])}


def _no_scan(values: Mapping[str, Any]) -> str:
    return _("Nobody has seen the parcel for %(days)s.") % {"days": format_days(values["days"])}


def _long_way(values: Mapping[str, Any]) -> str:
    return _("With the carrier for %(days)s; nine of ten parcels arrive sooner.") % {
        "days": format_days(values["days"])
    }


def _region_slow(values: Mapping[str, Any]) -> str:
    return _("Parcels to %(region)s move slower than usual these days.") % {"region": _place(values["region"])}


def _likely_later(values: Mapping[str, Any]) -> str:
    return _("Parcels like it mostly arrive %(days)s after the promised day.") % {"days": format_days(values["days"])}


def _arrived_late(values: Mapping[str, Any]) -> str:
    return _("It arrived %(days)s after the promised day.") % {"days": format_days(values["days"])}


def _a_little_slow(values: Mapping[str, Any]) -> str:
    return _("Parcels to %(region)s move a little slower than usual these days.") % {"region": _place(values["region"])}


def _holidays_ahead(values: Mapping[str, Any]) -> str:
    return _("Holidays until the promised day: %(days)s.") % {"days": format_days(values["days"])}


def _not_handed_over(values: Mapping[str, Any]) -> str:
    if not values["days"]:
        return _("It is promised for today and not yet with the carrier.")
    return _("%(days)s before the promised day it is not yet with the carrier.") % {"days": format_days(values["days"])}


def nothing_unusual() -> str:
    """What is said where no single reason is known, and the chance is low all the same."""
    return _("Nothing unusual is known of it; the experience with this place gives it no better chance.")


def _tight(values: Mapping[str, Any]) -> str:
    return _("The date was tight from the start: kept about %(kept)s times in 100.") % {
        "kept": of_hundred(values["chance"])
    }


def _told_hand_over(values: Mapping[str, Any]) -> str:
    return _("It is taking us longer than usual to get it on its way.")


def _told_carrier(values: Mapping[str, Any]) -> str:
    return _("The carrier is taking longer than usual with it.")


def _told_region(values: Mapping[str, Any]) -> str:
    return _("Parcels to %(region)s are slower than usual these days.") % {"region": _place(values["region"])}


def _told_back(values: Mapping[str, Any]) -> str:
    if values["status"] in {"return_to_sender", "delivery_failed"}:
        return _("The carrier could not hand it over.")
    return _("The carrier reports a delay.")


def _told_plain(values: Mapping[str, Any]) -> str:
    return _("It is taking longer than we had planned.")


STAFF = {
    "overdue": _overdue,
    "exception": _exception,
    "hand_over_overdue": _hand_over,
    "no_scan": _no_scan,
    "long_way": _long_way,
    "region_slow": _region_slow,
    "likely_later": _likely_later,
    "tight": _tight,
    "arrived_late": _arrived_late,
    "a_little_slow": _a_little_slow,
    "holidays_ahead": _holidays_ahead,
    "not_handed_over": _not_handed_over,
}
CUSTOMER = {
    "exception": _told_back,
    "hand_over_overdue": _told_hand_over,
    "no_scan": _told_carrier,
    "long_way": _told_carrier,
    "region_slow": _told_region,
    "plain": _told_plain,
}
