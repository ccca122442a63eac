"""Guarantees: the list, one of them, its draft, and the public page of a version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem, show_in_form
from vafa.promises import actions
from vafa.promises.access import the_guarantee
from vafa.promises.forms.guarantees import GuaranteeForm
from vafa.promises.guarantee_terms import LANGUAGES, GuaranteeTerms
from vafa.promises.kinds import guaranteed_kinds
from vafa.promises.models import Guarantee, Stage
from vafa.promises.queries import guarantees, remedies
from vafa.shop.options import offered_options
from vafa.shop.queries import city_names, the_shop


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """All of them, the published first, with what they have led to."""
    rows = [
        {"guarantee": each, "terms": guarantees.drafted_or_published(each), "given": remedies.given_under(each)}
        for each in guarantees.guarantees()
    ]
    return render(request, "promises/guarantees.html", {"rows": rows})


@require_GET
@staff_required
def one(request: HttpRequest, code: str) -> HttpResponse:
    """What customers read, its limits, its figures, its versions."""
    guarantee = the_guarantee(code)
    versions = guarantees.versions_of(guarantee)
    context = {
        "guarantee": guarantee,
        "draft": _terms(guarantee.draft),
        "newest": versions[0] if versions else None,
        "terms": GuaranteeTerms.from_json(versions[0].terms) if versions else None,
        "versions": versions,
        "given": remedies.given_under(guarantee),
        "languages": LANGUAGES,
        **_names(),
    }
    return render(request, "promises/guarantee.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin another one."""
    form = GuaranteeForm(request.POST or None, shop=the_shop())
    form.initial = {"valid_from": local_day(clock.now())}
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@owner_required
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Change the draft; of a published one without a draft: begin the next version from what is published."""
    guarantee = the_guarantee(code)
    data = {**request.POST.dict(), "code": code} if request.method == "POST" else None
    form = GuaranteeForm(data, shop=the_shop())
    terms = guarantees.drafted_or_published(guarantee)
    if terms is not None:
        form.show(terms)
    form.initial["code"] = code
    form.fields["code"].disabled = True
    return _form(request, form, guarantee)


def _form(request: HttpRequest, form: GuaranteeForm, guarantee: Guarantee | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_draft(form.cleaned_data["code"], form.terms(), is_new=guarantee is None)
        except Problem as problem:
            show_in_form(problem, form)
        else:
            messages.success(request, _("The draft is kept. Look what it would have cost before you publish it."))
            return redirect(saved)
    cities = city_names(the_language(None))
    context = {"form": form, "guarantee": guarantee, "cities": cities, "one_kind": len(guaranteed_kinds()) == 1}
    return render(request, "promises/guarantee_form.html", context, status=422 if form.errors else 200)


@require_POST
@owner_required
def publish(request: HttpRequest, code: str) -> HttpResponse:
    the_guarantee(code)
    actions.publish(code, by=f"staff:{request.user.pk}")
    messages.success(request, _("Published. Promises in its scope stand under it from now on."))
    return redirect("promises:guarantee", code)


@require_POST
@owner_required
def end(request: HttpRequest, code: str) -> HttpResponse:
    the_guarantee(code)
    actions.end(code, by=f"staff:{request.user.pk}")
    messages.success(request, _("Ended. Promises made so far still stand under it."))
    return redirect("promises:guarantee", code)


@require_POST
@owner_required
def discard(request: HttpRequest, code: str) -> HttpResponse:
    was_draft = the_guarantee(code).state == Stage.DRAFT
    actions.discard_draft(code)
    messages.success(request, _("The draft is gone."))
    return redirect("promises:guarantees") if was_draft else redirect("promises:guarantee", code)


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The public page: what was published, word for word."""
    found = guarantees.version_numbered(code, number)
    if found is None:
        raise Http404
    is_newest = guarantees.versions_of(found.guarantee)[0].pk == found.pk
    terms = _terms(found.terms)
    context = {"version": found, "terms": terms, "is_newest": is_newest, "languages": LANGUAGES, **_names()}
    return render(request, "promises/guarantee_version.html", context)


def _terms(values: dict[str, Any] | None) -> GuaranteeTerms | None:
    return None if values is None else GuaranteeTerms.from_json(values)


def _names() -> dict[str, Any]:
    """What the codes in the terms are called."""
    return {"option_names": offered_options()}
