"""The public record: its page, the badge for other pages, and the owner's page that publishes it."""

from __future__ import annotations

import hashlib
from typing import Any
from zoneinfo import ZoneInfo

from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from vafa.accounts.access import owner_required
from vafa.kit import clock
from vafa.promises import badge, queries
from vafa.promises.forms.ledger import VerifyForm
from vafa.promises.kinds import all_kinds
from vafa.promises.queries import PERIODS, PublishedRecord
from vafa.promises.record_page import LEAST_SETTLED, SHOWN_DAYS, kept, lines_of
from vafa.shop.actions import save_settings
from vafa.shop.models import Shop
from vafa.shop.queries import the_shop

KEPT_FOR = 300  # seconds for which counted figures are shown again


def _counted(shop: Shop) -> PublishedRecord:
    """The figures until today in the shop's zone, counted once in KEPT_FOR seconds."""
    at = clock.now()
    today = at.astimezone(ZoneInfo(shop.zone)).date()
    key = f"promises.published:{today}"
    found: PublishedRecord | None = cache.get(key)
    if found is None:
        found = queries.published_record(today, at=at)
        cache.set(key, found, KEPT_FOR)
    return found


@require_safe
@vary_on_cookie
def page(request: HttpRequest) -> HttpResponseBase:
    """What became of our promises, for everybody; a 404 where the owner has not published it (staff see it anyway)."""
    shop = the_shop()
    if not shop.publishes_record and not request.user.is_authenticated:
        return render(request, "promises/record_closed.html", status=404)
    counted = _counted(shop)
    etag = _etag(counted, shop, get_language(), request.COOKIES.get(settings.CSRF_COOKIE_NAME))
    response = get_conditional_response(request, etag=etag) or render(
        request, "promises/record.html", _page(counted, shop)
    )
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _page(counted: PublishedRecord, shop: Shop) -> dict[str, Any]:
    labels = {each.name: each.labels for each in all_kinds()}
    by_first, by_last = kept(counted.of_days(SHOWN_DAYS))
    return {
        "record": counted,
        "is_published": shop.publishes_record,
        "periods": PERIODS,
        "shown_days": SHOWN_DAYS,
        "least": LEAST_SETTLED,
        "by_first": by_first,
        "by_last": by_last,
        "kinds": [
            (labels.get(records[0].kind, {"en": records[0].kind}), lines_of(records)) for records in counted.kinds
        ],
        "form": VerifyForm(),
    }


def _etag(counted: PublishedRecord, shop: Shop, *others: object) -> str:
    """Of all that the page shows. The token of its form belongs to a cookie, so that is part of it."""
    shown = (counted, shop.name, shop.zone, shop.simulated, shop.publishes_record, shop.shows_hijri, others)
    return f'"{hashlib.sha256(repr(shown).encode()).hexdigest()[:32]}"'


@require_safe
@xframe_options_exempt
@csp(badge.HTML.policy)
def badge_page(request: HttpRequest) -> HttpResponseBase:
    return _badge(request, badge.HTML)


@require_safe
@xframe_options_exempt
@csp(badge.SVG.policy)
def badge_picture(request: HttpRequest) -> HttpResponseBase:
    return _badge(request, badge.SVG)


def _badge(request: HttpRequest, form: badge.Form) -> HttpResponseBase:
    """The same for everybody: its language is in its address (`?lang=fa`), else it is the shop's first."""
    shop = the_shop()
    if not shop.publishes_record:
        return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else shop.default_language
    drawn = badge.draw(form, _counted(shop), shop=shop.name, language=language)
    etag = f'"{hashlib.sha256(drawn.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(drawn, content_type=form.content_type)
    response.headers["ETag"] = etag
    response.headers["Content-Language"] = language
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response


@require_http_methods(["GET", "POST"])
@owner_required
def publication(request: HttpRequest) -> HttpResponse:
    """The owner publishes the record or takes it down; never which figures are in it."""
    if request.method == "POST":
        publishes = request.POST.get("publish") == "yes"
        save_settings(publishes_record=publishes)
        messages.success(request, _("The record is public now.") if publishes else _("The record is no longer public."))
        return redirect("promises:publication")
    shop = the_shop()
    context = {
        "is_published": shop.publishes_record,
        "address": settings.PUBLIC_URL,
        "snippets": badge.snippets(shop.name),
        "width": badge.WIDTH,
        "height": badge.HEIGHT,
    }
    return render(request, "promises/publication.html", context)
