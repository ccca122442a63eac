"""One sentence for each reason, in the reader's language or in all of the shop's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vafa.delivery.answers import Counts, Frequency
from vafa.kit.formats import format_clock, format_date, format_days, native_digits
from vafa.kit.formats.preferences import the_language
from vafa.shop.queries import place_name, the_shop

LANGUAGES = ("fa", "ar", "en")


def in_all_languages(code: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The sentence for a reason by language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = sentence(code, values)
    return found


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """The sentence for a reason in the language now active; a plain one for a code that nobody knows here."""
    tell = SENTENCES.get(code)
    told = tell(values) if tell else _("No date can be given for this.")
    if values.get("ready_on"):
        told = (
            _("It can be packed from %(day)s on.") % {"day": format_date(values["ready_on"], style="weekday")}
            + " "
            + told
        )
    if not values.get("unknown_place"):
        return told
    nothing = _("%(place)s is not known, so this rests on what is stated for all other places.")
    return nothing % {"place": values["unknown_place"]} + " " + told


def _target(values: Mapping[str, Any]) -> str:
    return " ".join([_usually(values), _kept(values)])


def _usually(values: Mapping[str, Any]) -> str:
    days = int(values["usual_days"])
    if values.get("basis") == "stated":
        return _("This comes from the times you stated, with room for delays.")
    if days == 0:
        return _("It usually arrives the same day.")
    return _("It usually takes %(days)s.") % {"days": format_days(days)}


def _kept(values: Mapping[str, Any]) -> str:
    kept, days = of_hundred(values["probability"]), format_days(int(values["days"]))
    earlier = values.get("earlier_probability")
    if earlier is None:
        return _("A promise of %(days)s is kept about %(kept)s times in 100.") % {"days": days, "kept": kept}
    return _("A promise of %(days)s is kept about %(kept)s times in 100; %(earlier)s only about %(less)s times.") % {
        "days": days,
        "kept": kept,
        "earlier": format_days(int(values["earlier_days"])),
        "less": number(min(98, max(0, int(100 * earlier)))),  # cut, not rounded: it was not enough
    }


def _minimum(values: Mapping[str, Any]) -> str:
    return (
        _("It is the first day on which this option delivers.") + " " + _kept({**values, "earlier_probability": None})
    )


def _delivery_day(values: Mapping[str, Any]) -> str:
    return _("It is the next day on which this option delivers.") + " " + _kept({**values, "earlier_probability": None})


def _little(values: Mapping[str, Any]) -> str:
    return _("There are too few past deliveries like this one, and nobody has stated how long it takes.")


def _no_history(values: Mapping[str, Any]) -> str:
    return _("There is no delivery history yet, and nobody has stated how long it takes.")


def _no_place(values: Mapping[str, Any]) -> str:
    return _("Nothing has been delivered there yet, and nobody has stated how long it takes.")


def _short(values: Mapping[str, Any]) -> str:
    return _("Deliveries there take longer than the history can say.")


def _unreachable(values: Mapping[str, Any]) -> str:
    return _(
        "Of 100 parcels there only about %(best)s ever arrive in time; no date can be promised with enough certainty."
    ) % {"best": of_hundred(values["best"])}


def _no_day(values: Mapping[str, Any]) -> str:
    return _("This option has no delivery day in the coming weeks.")


def _too_slow(values: Mapping[str, Any]) -> str:
    return _("Ordered now it would not come so soon.")


def _too_heavy(values: Mapping[str, Any]) -> str:
    return _("This is too heavy for it.")


def _no_slot(values: Mapping[str, Any]) -> str:
    return _("All windows of the coming days are taken.")


def _no_point(values: Mapping[str, Any]) -> str:
    return _("There is none near you.")


def _no_price(values: Mapping[str, Any]) -> str:
    return _("What it costs has not been stated yet, so it cannot be chosen.")


def _slot(values: Mapping[str, Any]) -> str:
    return _("You choose when it comes.")


def _not_here(values: Mapping[str, Any]) -> str:
    return _("This option does not deliver there.")


SENTENCES = {
    "target": _target,
    "cost": _target,
    "floor": _target,
    "minimum": _minimum,
    "delivery_day": _delivery_day,
    "no_history": _no_history,
    "little_history": _little,
    "no_history_for_place": _no_place,
    "never_served": _no_place,
    "horizon_too_short": _short,
    "target_not_reachable": _unreachable,
    "no_delivery_day": _no_day,
    "option_not_here": _not_here,
    "too_slow": _too_slow,
    "too_heavy": _too_heavy,
    "no_slot": _no_slot,
    "no_point": _no_point,
    "no_price": _no_price,
    "slot": _slot,
}


def number(value: int) -> str:
    """A whole number in the digits of the language now active."""
    return native_digits(value)


def _city(name: str) -> str:
    """A city as the language now active calls it."""
    return place_name(name, the_language(None))


def of_hundred(probability: float) -> str:
    """A chance as times in 100; never 100 and never 0, for nothing is certain."""
    return number(min(99, max(1, round(100 * probability))))


def promised_text(due_on: date) -> dict[str, str]:
    """What the customer is told, by language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _("Delivered by %(day)s.") % {"day": format_date(due_on, style="weekday")}
    return found


def window_text(begins: datetime, ends: datetime) -> dict[str, str]:
    """What the customer is told of a window, by language, on the shop's clock."""
    found, zone = {}, the_shop().zone
    for language in LANGUAGES:
        with override(language):
            found[language] = _("Delivered on %(day)s between %(from)s and %(to)s.") % {
                "day": format_date(begins, style="weekday", zone=zone),
                "from": format_clock(begins, zone=zone),
                "to": format_clock(ends, zone=zone),
            }
    return found


def frequency_text(frequency: Frequency) -> str:
    """What was counted, in the language now active: "92 of the last 100 dates to Shiraz would have been kept"."""
    values = {"kept": number(frequency.kept), "of": number(frequency.of), "place": _city(frequency.place)}
    if frequency.counts == "windows":
        return _("%(kept)s of the last %(of)s parcels with a chosen window came within it or before") % values
    if frequency.level != "all":
        return _counted_there(frequency.counts) % values
    if frequency.not_of:
        return _counted_elsewhere(frequency.counts) % {**values, "place": _city(frequency.not_of)}
    return _counted_anywhere(frequency.counts) % values


def own_text(frequency: Frequency) -> str:
    """The few cases of the place itself; "" where they are too few to tell, or are counted already."""
    if not frequency.own_of:
        return ""
    values = {"kept": number(frequency.own_kept), "of": number(frequency.own_of), "place": _city(frequency.not_of)}
    return _counted_there(frequency.own_counts) % values


def _counted_there(counts: Counts) -> str:
    if counts == "promises":
        return _("%(kept)s of the last %(of)s promises to %(place)s were kept")
    if counts == "backtest":
        return _("%(kept)s of the last %(of)s dates like this to %(place)s would have been kept")
    return _("%(kept)s of the last %(of)s parcels to %(place)s took no longer than this")


def _counted_elsewhere(counts: Counts) -> str:
    if counts == "promises":
        return _("%(kept)s of the last %(of)s promises were kept: of all orders, not of %(place)s")
    if counts == "backtest":
        return _("%(kept)s of the last %(of)s dates like this would have been kept: of all orders, not of %(place)s")
    return _("%(kept)s of the last %(of)s parcels took no longer than this: of all orders, not of %(place)s")


def _counted_anywhere(counts: Counts) -> str:
    if counts == "promises":
        return _("%(kept)s of the last %(of)s promises were kept")
    if counts == "backtest":
        return _("%(kept)s of the last %(of)s dates like this would have been kept")
    return _("%(kept)s of the last %(of)s parcels took no longer than this")
