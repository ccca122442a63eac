"""What can be chosen of many products, by a table: looked at first, then written; and taken out again. For owners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vafa.accounts.access import owner_required
from vafa.connectors.actions.options import STATES, Outcome, bring_options
from vafa.connectors.forms import OptionsForm
from vafa.connectors.queries.options import options_in, options_table
from vafa.connectors.views.uploads import takes_file
from vafa.kit.clock import now
from vafa.kit.problems import Problem, show_in_form

MOST_BYTES, MOST_ROWS = 1024 * 1024, 2000
TONES = {"new": "good", "changed": "info", "waits": "warn", "same": "neutral", "refused": "bad"}


@require_http_methods(["GET", "POST"])
@owner_required
@takes_file
def options(request: HttpRequest) -> HttpResponse:
    """The drop zone; with a file what it would do; with the table that was looked at (`table`) it is done."""
    if request.method == "POST" and "table" in request.POST:
        return _done(request, request.POST["table"])
    form = OptionsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Problem("too-large", _("This file is too large."), status=422, field="file")
            return _looked_at(request, file.chunks(), file.name)
        except Problem as refused:
            show_in_form(refused, form)
    context = {"form": form, "most": MOST_ROWS}
    return render(request, "connectors/options.html", context, status=422 if form.errors else 200)


@require_safe
@owner_required
def table(request: HttpRequest) -> HttpResponseBase:
    """All that can be chosen of every product."""
    response = StreamingHttpResponse(options_table(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="options.csv"'
    return response


def _looked_at(request: HttpRequest, portions: Iterable[bytes], name: str) -> HttpResponse:
    told, text = options_in(portions, name=name, most=MOST_ROWS, largest=MOST_BYTES)
    found = bring_options(told, by=str(request.user), at=now(), only_look=True)
    return _shown(request, found, table=text, name=name)


def _done(request: HttpRequest, text: str) -> HttpResponse:
    told, _text = options_in([text.encode()], name="options.csv", most=MOST_ROWS, largest=MOST_BYTES)
    found = bring_options(told, by=str(request.user), at=now())
    messages.success(request, _("What could be used of the table is written."))
    return _shown(request, found, table="", name="")


def _shown(request: HttpRequest, found: list[Outcome], *, table: str, name: str) -> HttpResponse:
    counts = Counter(each.state for each in found)
    context = {
        "outcomes": [(each, TONES[each.state]) for each in found if each.state != "same"],
        "counts": [(state, counts[state]) for state in STATES if counts[state]],
        "table": table,
        "name": name,
        "does_something": any(counts[state] for state in ("new", "changed", "waits")),
    }
    return render(request, "connectors/options_preview.html", context)
