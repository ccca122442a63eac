"""What a level says, in a sentence of the reader's language."""

from __future__ import annotations

from math import floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from vafa.agreements.models import Level, Measure
from vafa.kit.formats import format_money, format_number, format_percent
from vafa.kit.formats.preferences import the_language
from vafa.promises.kinds import kind


def level_in(level: Level, language: str) -> str:
    """The level in a language, whatever language is active."""
    with override(language):
        return level_sentence(level)


def level_sentence(level: Level) -> str:
    """For example: at least 95% of the parcels are delivered within 3 days of hand-over, measured each month."""
    return _PROMISES[Measure(level.measure)](level) % {
        "share": share(level.target),
        "within": format_number(level.within or 0),
        "kind": kind(level.promise_kind or "delivery").label(the_language(None)),
        "page": level.probe.name if level.probe else "",
    }


def share(value: float) -> str:
    """A share of one, with as many decimals as it needs: 99.9%, 95%."""
    return format_percent(value, _points(value)[1])


def _points(value: float) -> tuple[float, int]:
    """A share of one in percent, and the decimals it needs, at most three."""
    percent = value * 100
    return percent, next(places for places in range(4) if places == 3 or abs(round(percent, places) - percent) < 1e-9)


def measured_share(value: float, places: int = 2) -> str:
    """A measured share, rounded down: what is under the target never looks like it, and 100% is all of them."""
    scale = 10 ** (places + 2)
    return format_percent(floor(value * scale + 1e-6) / scale, places)


def credit_sentence(level: Level) -> str:
    """What follows when the level is missed; "" where nothing was agreed."""
    if not level.credit_minor:
        return ""
    currency = level.agreement.currency
    return _("For each begun step of %(step)s points below it: %(credit)s, at most %(cap)s a period.") % {
        "step": format_number(*_points(level.step)),
        "credit": format_money(level.credit_minor, currency),
        "cap": format_money(level.cap_minor, currency),
    }


def _delivered(level: Level) -> str:
    if level.working_days:
        return ngettext(
            "At least %(share)s of the parcels are delivered within %(within)s working day of hand-over.",
            "At least %(share)s of the parcels are delivered within %(within)s working days of hand-over.",
            level.within or 0,
        )
    return ngettext(
        "At least %(share)s of the parcels are delivered within %(within)s day of hand-over.",
        "At least %(share)s of the parcels are delivered within %(within)s days of hand-over.",
        level.within or 0,
    )


def _answered(level: Level) -> str:
    return ngettext(
        "At least %(share)s of the requests are answered within %(within)s hour.",
        "At least %(share)s of the requests are answered within %(within)s hours.",
        level.within or 0,
    )


_PROMISES = {
    Measure.DELIVERED: _delivered,
    Measure.KEPT: lambda level: _("At least %(share)s of the promises are kept (%(kind)s)."),
    Measure.UPTIME: lambda level: _("“%(page)s” answers in at least %(share)s of the minutes."),
    Measure.ANSWERED: _answered,
}
