"""Many prices at once: chosen, looked at, applied, put back. For owners."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vafa.accounts.access import owner_required
from vafa.catalog.actions.bulk import apply_edit, draft_edit, undo_edit
from vafa.catalog.actions.pricing import Amount, doubts_of
from vafa.catalog.bulk_terms import BulkTerms
from vafa.catalog.doubts import in_words
from vafa.catalog.forms.bulk import BulkForm
from vafa.catalog.models import BulkEdit, EditState
from vafa.catalog.queries.bulk import SHOWN, edit_by, edits, new_prices, unknown_articles
from vafa.catalog.views.products import shelf_choices
from vafa.kit.clock import now
from vafa.kit.problems import Problem

LISTED = 50


@require_safe
@owner_required
def listing(request: HttpRequest) -> HttpResponse:
    """The edits so far."""
    return render(request, "catalog/edits.html", {"edits": list(edits()[:LISTED])})


@require_http_methods(["GET", "POST"])
@owner_required
def new_edit(request: HttpRequest) -> HttpResponse:
    """Which and how; what it would do is shown before anything changes."""
    form = BulkForm(request.POST or None, request.FILES or None, shelves=shelf_choices())
    if request.method == "POST" and form.is_valid():
        edit = draft_edit(form.terms(), by=str(request.user), at=now())
        return redirect("catalog:edit", edit.public_id)
    return render(request, "catalog/edit_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What an edit would do or did; a POST applies a draft, or undoes what was applied (`do`)."""
    found = edit_by(public_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        does = undo_edit if request.POST.get("do") == "undo" else apply_edit
        try:
            does(found, by=str(request.user), at=now())
        except Problem as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Undone.") if does is undo_edit else _("Applied."))
        return redirect("catalog:edit", found.public_id)
    return render(request, "catalog/edit.html", {"edit": found, **_outlook(found)})


def _outlook(edit: BulkEdit) -> dict[str, object]:
    """What a draft would do: the largest steps, and those that would wait with the reasons."""
    terms = BulkTerms(**edit.terms)
    if edit.state != EditState.DRAFT:
        return {"terms": terms}
    changes = new_prices(terms)
    doubts = doubts_of([(each.variant, Amount(each.minor, terms.currency)) for each in changes])
    held = [
        (each, [in_words({"code": doubt.code, **doubt.values}, currency=terms.currency) for doubt in found])
        for each in changes
        if (found := doubts.get(each.variant.pk))
    ]
    passed = [each for each in changes if each.variant.pk not in doubts]
    return {
        "terms": terms,
        "changes": passed[:SHOWN],
        "change_count": len(passed),
        "held": held[:SHOWN],
        "held_count": len(held),
        "unknown": unknown_articles(terms)[:SHOWN],
    }
