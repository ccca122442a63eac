"""Agreements: the document, its levels, its versions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.agreements import actions, queries
from vafa.agreements.actions.papers import digest_of
from vafa.agreements.forms import AgreementForm, AnswerForm, LevelForm
from vafa.agreements.models import Agreement, Level
from vafa.agreements.sentences import credit_sentence, level_sentence
from vafa.agreements.views.asking import form_page
from vafa.kit.clock import now
from vafa.kit.formats.calendars import calendar_of
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

FORM = "agreements/agreement_form.html"


@require_GET
@staff_required
def agreement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The document as it is read and printed."""
    found = _agreement(public_id)
    levels = [(level, level_sentence(level), credit_sentence(level)) for level in found.levels.select_related("probe")]
    context = {
        "agreement": found,
        "levels": levels,
        "versions": queries.versions_of(found),
        "is_whole": found.is_draft or digest_of(found) == found.digest,
        "calendar_name": dict(AgreementForm.base_fields["calendar"].choices)[found.calendar],  # type: ignore[attr-defined]
    }
    return render(request, "agreements/agreement.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest, code: str) -> HttpResponse:
    """A new agreement with the partner."""
    partner = queries.partner_by(code)
    if partner is None:
        raise Problem("no-such-partner", _("There is no such partner."), status=404)
    form = AgreementForm(request.POST or None, initial={"calendar": calendar_of(the_shop().default_language)})

    def save() -> str:
        return actions.draft_agreement(partner, form.cleaned_data["code"], **form.terms()).get_absolute_url()

    title = _("New agreement with %(partner)s") % {"partner": partner.name}
    return form_page(request, form, save, title=title, back=partner.get_absolute_url(), template=FORM)


@require_http_methods(["GET", "POST"])
@owner_required
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The text of a draft."""
    found = _agreement(public_id)
    data = {**request.POST.dict(), "code": found.code} if request.method == "POST" else None
    form = AgreementForm(data, initial=AgreementForm.initial_of(found))
    form.fields["code"].disabled = True

    def save() -> str:
        return actions.change_draft(found, **form.terms()).get_absolute_url()

    return form_page(request, form, save, title=_("Draft"), back=found.get_absolute_url(), template=FORM)


@require_http_methods(["GET", "POST"])
@owner_required
def level(request: HttpRequest, public_id: UUID, position: int | None = None) -> HttpResponse:
    """A level of a draft: a new one, or one of them."""
    found = _agreement(public_id)
    held = _level(found, position) if position is not None else None
    form = LevelForm(request.POST or None, partner=found.partner, shop=the_shop())
    if held is not None:
        form.initial = form.initial_of(held)

    def save() -> str:
        actions.save_level(found, position, **form.terms())
        return found.get_absolute_url()

    title = _("Level") if held else _("New level")
    return form_page(request, form, save, title=title, back=found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@owner_required
def answer(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """A request to the partner and its answer."""
    found = _agreement(public_id)
    held = _level(found, position)
    form = AnswerForm(request.POST or None)

    def save() -> str:
        asked_at = form.moment("asked_on", "asked_at", found.zone)
        answered_at = form.moment("answered_on", "answered_at", found.zone)
        if asked_at is not None:
            reference = form.cleaned_data["reference"]
            actions.enter_answer(held, reference=reference, asked_at=asked_at, answered_at=answered_at, at=now())
        return found.get_absolute_url()

    return form_page(request, form, save, title=_("Request and answer"), back=found.get_absolute_url())


@require_POST
@owner_required
def move(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """In force, ended, a new version, a level less."""
    found = _agreement(public_id)
    if step == "force":
        actions.put_in_force(found, at=now())
        messages.success(request, _("It is in force, and from now on it stays as it is."))
    elif step == "end":
        actions.end_agreement(found, at=now())
        messages.success(request, _("It has ended."))
    elif step == "version":
        found = actions.next_version(found)
    elif step != "drop":
        raise Problem("no-such-step", _("There is no such step."), status=404)
    else:
        position = request.POST.get("position", "")
        actions.drop_level(found, int(position) if position.isdecimal() and len(position) < 6 else 0)
    return redirect(found.get_absolute_url())


def _agreement(public_id: UUID) -> Agreement:
    found = queries.agreement_by(public_id)
    if found is None:
        raise Problem("no-such-agreement", _("There is no such agreement."), status=404)
    return found


def _level(agreement: Agreement, position: int) -> Level:
    held = queries.level_by(agreement, position)
    if held is None:
        raise Problem("no-such-level", _("There is no such level."), status=404)
    return held
