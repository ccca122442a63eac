"""The staff's page: how fast and steady the window is for real visitors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from vafa.accounts.access import staff_required
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.kit.problems import Text
from vafa.shop.queries import the_shop
from vafa.visits.models import Device, PageKind
from vafa.visits.pictures import weeks_picture
from vafa.visits.queries import LEAST, LEAST_OF_A_PART, Counted, Sums, counted_between, total

DAYS, WEEKS = 28, 12
GOOD, FAST, QUICK = _("Good in everything"), _("Drawn within 2.5 s"), _("Answers within 0.2 s")
STEADY, FAULTLESS = _("Stands still"), _("Without a fault")


@dataclass(frozen=True)
class Share:
    """`good` of `of`; `share` is None where these are too few."""

    good: int
    of: int
    least: int = LEAST_OF_A_PART

    @property
    def share(self) -> float | None:
        return self.good / self.of if self.of >= self.least else None


@dataclass(frozen=True)
class Part:
    """One line of a table: a kind of page, or of device."""

    name: Text
    sums: Sums

    @property
    def shares(self) -> list[tuple[Text, Share]]:
        """All of it, then what it is made of."""
        sums = self.sums
        return [
            (GOOD, Share(sums.good, sums.visits)),
            (FAST, Share(sums.lcp_good, sums.lcp_known)),
            (QUICK, Share(sums.inp_good, sums.inp_known)),
            (STEADY, Share(sums.cls_good, sums.cls_known)),
            (FAULTLESS, Share(sums.faultless, sums.visits)),
        ]


@require_safe
@staff_required
def speed(request: HttpRequest) -> HttpResponse:
    """The last four weeks in figures, twelve as a line."""
    today = local_day(clock.now(), the_shop().zone)
    counted = counted_between(today - timedelta(days=7 * WEEKS - 1), today)
    lately = [each for each in counted if each.day > today - timedelta(days=DAYS)]
    everything = total(lately)
    context = {
        "all": Share(everything.good, everything.visits, LEAST),
        "least_of_a_part": LEAST_OF_A_PART,
        "heads": [GOOD, FAST, QUICK, STEADY, FAULTLESS],
        "tables": [
            (_("By kind of page"), _("Page"), _parts(lately, PageKind.choices, lambda each: each.page)),
            (
                _("By device"),
                pgettext_lazy("visit", "Device"),
                _parts(lately, Device.choices, lambda each: each.device),
            ),
        ],
        "chart": weeks_picture(_weeks(counted, today)),
        "measured": settings.VISITS_MEASURED,
    }
    return render(request, "visits/speed.html", context)


def _parts(counted: Sequence[Counted], kinds: Sequence[tuple[str, Text]], of: Callable[[Counted], str]) -> list[Part]:
    """Those that were visited at all, in their order."""
    parts = [Part(name, total(each for each in counted if of(each) == kind)) for kind, name in kinds]
    return [part for part in parts if part.sums.visits]


def _weeks(counted: Sequence[Counted], today: date) -> list[tuple[date, Sums]]:
    """Seven days each, the last one ending today; the first day of each."""
    begins = [today - timedelta(days=7 * back - 1) for back in range(WEEKS, 0, -1)]
    return [
        (first, total(each for each in counted if first <= each.day < first + timedelta(days=7))) for first in begins
    ]
