"""Sources of tracking events: their health, their secrets, what they sent that was not understood."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.accounts.once import secret_of
from vafa.connectors.actions.inbox import ask_for_replay, drop_item, retry_item
from vafa.connectors.actions.sources import add_source, end_old_secret, set_secret, switch_source
from vafa.connectors.forms import SecretForm, SourceForm
from vafa.connectors.models import InboxItem, InboxState, TrackingSource
from vafa.connectors.queries.tracking import SourceView, item_by, quarantined, source_by, source_view, source_views
from vafa.connectors.tracking.masking import masked
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem, show_in_form

LISTED = 25


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every source with its health."""
    return render(request, "connectors/sources.html", {"views": source_views(real_now())})


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest) -> HttpResponse:
    """Another one."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            source = add_source(**form.cleaned_data)
        except Problem as problem:
            show_in_form(problem, form)
        else:
            messages.success(request, _("The source was added."))
            return redirect("connectors:source", source.code)
    return render(request, "connectors/source_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@staff_required
def source(request: HttpRequest, code: str) -> HttpResponse:
    """One source."""
    return _page(request, _the_source(code), SecretForm())


@never_cache
@require_POST
@owner_required
def secret(request: HttpRequest, code: str) -> HttpResponse:
    """Set the secret that the carrier gave, or make a fresh one, which is shown on this answer and never again."""
    found, form = _the_source(code), SecretForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    given = form.cleaned_data["secret"]
    try:
        made = set_secret(found, given or secret_of(request, "source") or "")
    except Problem as problem:
        show_in_form(problem, form)
        return _page(request, found, form)
    if given:
        messages.success(request, _("The secret was set."))
        return redirect("connectors:source", code)
    return _page(request, _the_source(code), SecretForm(), made=made)


@require_POST
@owner_required
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Switch it on or off, end the old secret, or read once more all that it sent."""
    found, what = _the_source(code), request.POST.get("what", "")
    if what == "replay":
        job = ask_for_replay(found)
        return redirect("jobs:job", job.public_id)
    if what in {"on", "off"}:
        switch_source(found, on=what == "on")
    elif what == "end-old-secret":
        end_old_secret(found)
    else:
        raise Problem("unknown-change", _("Something in the form was not as expected."))
    messages.success(request, _("Saved."))
    return redirect("connectors:source", code)


@never_cache
@require_GET
@owner_required
def item(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What came, as it came, with persons covered."""
    found = _the_item(code, number)
    text = masked(bytes(found.body)) if found.body is not None else ""
    return render(request, "connectors/inbox_item.html", {"item": found, "text": text, "source": found.source})


@require_POST
@owner_required
def end_item(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Read what lies in quarantine once more, or drop it."""
    found = _the_item(code, number)
    if request.POST.get("what") == "drop":
        drop_item(found)
        messages.success(request, _("The message was dropped."))
    elif retry_item(found).state == InboxState.DONE:
        messages.success(request, _("It is understood now, and counts."))
    else:
        messages.warning(request, _("It is still not understood."))
    return redirect("connectors:source", code)


def _the_source(code: str) -> TrackingSource:
    """The one door from an address to a source."""
    found = source_by(code)
    if found is None:
        raise Http404
    return found


def _the_item(code: str, number: int) -> InboxItem:
    found = item_by(number)
    if found is None or found.source.code != code:
        raise Http404
    return found


def _page(request: HttpRequest, source: TrackingSource, form: SecretForm, made: str = "") -> HttpResponse:
    view: SourceView = source_view(source, real_now())
    kept = list(quarantined(source)[: LISTED + 1])
    context = {
        "view": view,
        "source": view.source,
        "address": f"{settings.PUBLIC_URL}{reverse('connectors:hook', args=[source.code])}",
        "form": form,
        "made": made,
        "items": kept[:LISTED],
        "more": view.quarantined - LISTED if len(kept) > LISTED else 0,
        "raw_days": settings.TRACKING_RAW_DAYS,
    }
    return render(request, "connectors/source.html", context, status=422 if form.errors else 200)
