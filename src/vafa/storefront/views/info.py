"""What the shop says of itself: delivery, returns, guarantees from live data, and the owner's own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vafa.delivery.queries.options import options
from vafa.kit import clock
from vafa.kit.formats import days_of_week, native_digits, weekday_name
from vafa.kit.formats.preferences import the_language
from vafa.promises.guarantee_terms import GuaranteeTerms
from vafa.promises.queries.guarantees import published
from vafa.promises.queries.totals import record
from vafa.shop.models import InfoPage
from vafa.shop.queries import page_text, the_shop, working_calendar
from vafa.storefront.frame import window

DELIVERED = "delivery"
RECORD_DAYS = 90


@require_safe
def info(request: HttpRequest, page: str) -> HttpResponse:
    """One of these pages; one of which nothing is known says so."""
    if page not in InfoPage.values:
        raise Http404
    words, language = page_text(page, the_language(None))
    live: dict[str, Any] = LIVE[InfoPage(page)]() if page in LIVE else {}
    context = {"info": InfoPage(page), "own_words": words, "own_language": language, **live}
    return window(request, "storefront/info.html", context)


def _delivery() -> dict[str, Any]:
    return {
        "options": [(each, _weekdays(each.delivery_weekdays)) for each in options()],
        "cut_off": native_digits(str(the_shop().cut_off)[:5]),
        **_guaranteed(only=DELIVERED),
        **_kept(),
    }


def _weekdays(numbers: list[int]) -> str:
    """On which days of the week something comes (0 = Monday), in the order of the reader's week."""
    never = [day for day in days_of_week() if day not in numbers]
    if not never:
        return _("every day")
    if len(never) == 1:
        return _("every day but %(day)s") % {"day": weekday_name(never[0])}
    return _(", ").join(weekday_name(day) for day in days_of_week() if day in numbers)


def _privacy() -> dict[str, Any]:
    return {"measures": settings.VISITS_MEASURED > 0}


def _guarantees() -> dict[str, Any]:
    return {**_guaranteed(), **_kept()}


def _returns() -> dict[str, Any]:
    standing = _guaranteed()["guarantees"]
    return {"guarantees": [each for each in standing if each[1].kind != DELIVERED]}


def _guaranteed(only: str = "") -> dict[str, Any]:
    """The published versions with their terms, those of one kind where one is named."""
    each = [(version, GuaranteeTerms.from_json(version.terms)) for version in published(clock.now())]
    return {"guarantees": [pair for pair in each if only in {"", pair[1].kind}]}


def _kept() -> dict[str, Any]:
    """How many promised deliveries of the last days were kept; nothing while the shop does not publish its record."""
    if not the_shop().publishes_record:
        return {}
    yesterday = working_calendar().local_day(clock.now()) - timedelta(days=1)
    first = yesterday - timedelta(days=RECORD_DAYS - 1)
    found = next((each for each in record(first, yesterday) if each.kind == DELIVERED), None)
    return {"record": found, "record_days": RECORD_DAYS} if found and found.current.settled else {}


LIVE = {
    InfoPage.DELIVERY: _delivery,
    InfoPage.GUARANTEES: _guarantees,
    InfoPage.RETURNS: _returns,
    InfoPage.PRIVACY: _privacy,
}
