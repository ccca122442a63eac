"""The city → days table: to read, to paste, to post."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vafa.accounts.access import staff_required
from vafa.delivery.city_text import as_picture, as_text
from vafa.delivery.queries.cities import LEAST_ORDERS, city_table
from vafa.kit import clock
from vafa.kit.formats.preferences import the_language
from vafa.shop.queries import the_shop

LANGUAGES = {"fa": "فارسی", "ar": "العربية", "en": "English"}


@require_GET
@staff_required
def table(request: HttpRequest) -> HttpResponse:
    """The page."""
    made, language = city_table(clock.now()), _language(request)
    context = {
        "table": made,
        "text": as_text(made, the_shop().name, language),
        "language": language,
        "languages": LANGUAGES,
        "least": LEAST_ORDERS,
    }
    return render(request, "delivery/city_table.html", context)


@require_GET
@staff_required
def picture(request: HttpRequest) -> HttpResponse:
    """The picture as a file."""
    language = _language(request)
    svg = as_picture(city_table(clock.now(), shown=12), the_shop().name, language)
    name = f"delivery-times-{language}.svg"
    return HttpResponse(
        svg, content_type="image/svg+xml", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _language(request: HttpRequest) -> str:
    """The language of the text, which need not be that of the page."""
    asked = request.GET.get("text", "")
    return asked if asked in LANGUAGES else the_language(None)
