"""The doors: owners only, and every look at an incident is written down."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required
from vafa.accounts.models import User
from vafa.incidents import actions, queries
from vafa.incidents.forms import (
    LANGUAGES,
    IncidentForm,
    OtherWayForm,
    RuleForm,
    TextsForm,
    ToldForm,
    WhyForm,
    moment_of,
)
from vafa.incidents.models import Incident, Notice, Risk
from vafa.kit.clock import now
from vafa.kit.form_page import form_page
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.messages.models import State as MessageState
from vafa.shop.queries import the_shop

FORM = "incidents/form.html"


@require_GET
@owner_required
def listing(request: HttpRequest) -> HttpResponse:
    """Numbers, days and deadlines; what happened stands on the page of each."""
    return render(request, "incidents/list.html", {"incidents": queries.incidents()[:100], "at": now()})


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest) -> HttpResponse:
    """Write one down."""
    form = IncidentForm(request.POST or None)

    def save() -> str:
        facts = form.all_facts(the_shop().zone)
        return actions.record_incident(by=_person(request), at=now(), **facts).get_absolute_url()

    return form_page(request, form, save, template="incidents/incident_form.html", rules=queries.rules())


@require_GET
@owner_required
def incident(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One incident: what, whose data, who must be told by when, who looked."""
    found, at = _incident(public_id), now()
    actions.note_reading(found, who=_person(request), page="incident", at=at)
    states = queries.messages_by_state(found)
    groups = queries.groups(found)
    context = {
        "incident": found,
        "categories": actions.categories_in(found, the_language(None)),
        "groups": groups,
        "can_close": found.told_at and not found.closed_at and not any(group.due for group in groups),
        "strangers": [(LANGUAGES[code], count) for code, count in sorted(_strangers(found).items())],
        "letters": [(MessageState(state).label, count) for state, count in sorted(states.items())],
        "readings": queries.readings(found),
        "unreached": queries.unreached(found),
        "otherwise": queries.told_otherwise(found),
        "at": at,
    }
    return render(request, "incidents/incident.html", context)


def _strangers(found: Incident) -> dict[str, int]:
    """Who would read words in another language than his own; nobody once they are told, or in an exercise."""
    is_over = found.told_at or found.closed_at or found.exercise
    return {} if is_over else queries.readers_of_other_words(found)


@require_http_methods(["GET", "POST"])
@owner_required
def texts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The words in which people are told."""
    found = _incident(public_id)
    actions.note_reading(found, who=_person(request), page="texts", at=now())
    form = TextsForm(request.POST or None, initial=TextsForm.initial_of(found))

    def save() -> str:
        actions.change_texts(found, **form.texts())
        return found.get_absolute_url()

    return form_page(request, form, save, template="incidents/texts.html", incident=found)


@require_POST
@owner_required
def move(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Tell the people, or close it."""
    found = _incident(public_id)
    if step == "tell":
        actions.tell_people(found, at=now())
        messages.success(request, _("The people concerned are being told."))
    elif step == "close":
        actions.close_incident(found, at=now())
        messages.success(request, _("Closed."))
    else:
        raise Problem("no-such-step", _("There is no such step."), status=404)
    return redirect(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@owner_required
def told(request: HttpRequest, public_id: UUID, pk: int) -> HttpResponse:
    """The authority was told."""
    found, notice = _notice(public_id, pk)
    form = ToldForm(request.POST or None)

    def save() -> str:
        moment = moment_of(form, "told_on", "told_at", the_shop().zone)
        if moment is not None:
            actions.record_told(notice, told_at=moment, reference=form.cleaned_data["reference"], at=now())
        return found.get_absolute_url()

    return form_page(request, form, save, template=FORM, **_about(found, notice))


@require_http_methods(["GET", "POST"])
@owner_required
def told_another_way(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A person was told by phone, by letter, in person."""
    found = _incident(public_id)
    asked = request.GET.get("customer", "")[:64]
    form = OtherWayForm(request.POST or None, initial={"customer": asked})

    def save() -> str:
        moment, data = moment_of(form, "told_on", "told_at", the_shop().zone), form.cleaned_data
        if moment is not None:
            way, by = data["way"], _person(request)
            actions.told_another_way(found, data["customer"], way=way, told_at=moment, by=by, at=now())
        return found.get_absolute_url()

    return form_page(request, form, save, template=FORM, title=_("Told in another way"), back=found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@owner_required
def not_needed(request: HttpRequest, public_id: UUID, pk: int) -> HttpResponse:
    """The authority need not be told."""
    found, notice = _notice(public_id, pk)
    form = WhyForm(request.POST or None)

    def save() -> str:
        actions.not_needed(notice, why=form.cleaned_data["why"], at=now())
        return found.get_absolute_url()

    return form_page(request, form, save, template=FORM, **_about(found, notice))


@require_GET
@owner_required
def rules(request: HttpRequest) -> HttpResponse:
    """The table of rules."""
    rows = [(rule, Risk(rule.least_risk).label) for rule in queries.rules()]
    return render(request, "incidents/rules.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@owner_required
def rule(request: HttpRequest, code: str = "") -> HttpResponse:
    """One rule: a new one, or one of them."""
    held = queries.rule_by(code) if code else None
    if code and held is None:
        raise Problem("no-such-rule", _("There is no such rule."), status=404)
    data = {**request.POST.dict(), **({"code": code} if code else {})} if request.method == "POST" else None
    form = RuleForm(data, initial=RuleForm.initial_of(held) if held else {"hours": 72, "active": True})
    form.fields["code"].disabled = bool(held)

    def save() -> str:
        wanted = code or form.cleaned_data["code"]
        if not code and queries.rule_by(wanted):
            raise Problem("code-taken", _("There is a rule of this code."), field="code", status=409)
        actions.save_rule(wanted, at=now(), **form.terms())
        return reverse("incidents:rules")

    return form_page(request, form, save, template=FORM, title=_("Rule of notice"), back=reverse("incidents:rules"))


def _about(incident: Incident, notice: Notice) -> dict[str, Any]:
    language = the_language(None)
    title = notice.rule_name.get(language) or notice.rule_name.get("en") or notice.rule
    return {"title": title, "back": incident.get_absolute_url()}


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _incident(public_id: UUID) -> Incident:
    found = queries.incident_by(public_id)
    if found is None:
        raise Problem("no-such-incident", _("There is no such incident."), status=404)
    return found


def _notice(public_id: UUID, pk: int) -> tuple[Incident, Notice]:
    found = _incident(public_id)
    notice = found.notices.filter(pk=pk).first()
    if notice is None:
        raise Problem("no-such-notice", _("There is no such notice."), status=404)
    return found, notice
