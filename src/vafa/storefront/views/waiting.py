"""Who waits for an article: asks to be told, and says that he waits no more."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vafa.catalog.actions.notices import stop_waiting, wait_for
from vafa.catalog.models import Variant
from vafa.catalog.queries.notice_links import notice_behind
from vafa.kit import clock
from vafa.kit.formats import format_date
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem, show_in_form
from vafa.storefront.forms import NoticeForm
from vafa.storefront.frame import window

MOST, HOUR = 10, timedelta(hours=1)


@require_POST
def tell_me(request: HttpRequest, code: str) -> HttpResponse:
    """Tell who asks once it is there again."""
    limit_rate("back", client_address(request), most=MOST, per=HOUR)
    variant = _variant(code, request.POST.get("sku", ""))
    form = NoticeForm(request.POST)
    if form.is_valid():
        try:
            notice = wait_for(variant, form.cleaned_data["to"], language=the_language(None), at=clock.now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _said(notice.due_on))
            page = reverse("storefront:product", args=[variant.product.code])
            return redirect(f"{page}?{urlencode({'v': variant.sku})}")
    context = {"form": form, "product": variant.product, "sku": variant.sku}
    return window(request, "storefront/tell_me.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """The link in a message; only the press of the button ends it."""
    notice = notice_behind(word)
    if notice is None:
        raise Http404
    if request.method == "POST":
        stop_waiting(notice, at=clock.now())
    context = {"product": notice.variant.product, "is_over": request.method == "POST"}
    return window(request, "storefront/wait_no_more.html", context)


def _said(day: object) -> str:
    if day is None:
        return _("We tell you as soon as it is there, or as soon as we know the day.")
    return _("Promised: it is there on %(day)s at the latest, and we tell you.") % {
        "day": format_date(day, style="weekday")  # type: ignore[arg-type]
    }


def _variant(code: str, sku: str) -> Variant:
    if "\x00" in code + sku:
        raise Http404
    found = Variant.objects.select_related("product").filter(
        product__code=code, product__public=True, sku=sku, price__isnull=False
    )
    variant = found.first()
    if variant is None:
        raise Http404
    return variant
