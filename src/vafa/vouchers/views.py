"""The list of vouchers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vafa.accounts.access import staff_required
from vafa.vouchers.forms import FindForm
from vafa.vouchers.queries import vouchers

PAGE = 30


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first, or the one of a code."""
    form = FindForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    number = wanted.get("page") or 1
    found = list(vouchers(code=wanted.get("code", ""))[(number - 1) * PAGE : number * PAGE + 1])
    context = {
        "form": form,
        "vouchers": found[:PAGE],
        "next_page": number + 1 if len(found) > PAGE else None,
        "previous_page": number - 1,
        "searched": bool(wanted.get("code")),
    }
    return render(request, "vouchers/list.html", context)
