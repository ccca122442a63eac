"""Try a promise: one question, its answers, and what the caution means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.answers import Answer
from vafa.delivery.forms.questions import CautionForm, TryForm
from vafa.delivery.pictures import frontier_picture
from vafa.delivery.queries.caution import effect_of, frontier
from vafa.delivery.queries.history import payments
from vafa.delivery.queries.options import options
from vafa.delivery.queries.places import nearest
from vafa.delivery.queries.quoting import answer
from vafa.delivery.questions import require_sane
from vafa.delivery.sentences import frequency_text, own_text
from vafa.kit import clock
from vafa.kit.charts import curve_picture
from vafa.kit.formats.preferences import the_language
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings
from vafa.shop.models import Shop
from vafa.shop.queries import city_names, the_shop


@dataclass(frozen=True)
class Shown:
    """One answer as the page shows it."""

    answer: Answer
    name: str
    why: str
    frequency: str
    own: str  # what the place's own few cases say
    contradicts: bool  # and whether they speak against the promise
    curve: SafeString


@require_GET
@staff_required
def try_promise(request: HttpRequest) -> HttpResponse:
    """The page; with htmx only its answers."""
    shop, language = the_shop(), the_language(None)
    caution = _caution(request, shop)
    data = {**request.GET.dict(), "caution": caution} if request.GET.get("to") else None
    paid_by = payments()
    form = TryForm(
        data, initial={"caution": caution}, offered=options(), payments=paid_by, language=language, shop=shop
    )
    measured = frontier(clock.now())
    points = measured.points
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "form": form,
        "is_part": is_part,
        "is_detailed": any(request.GET.get(name) for name in ("origin", "weight", "price", "payment")),
        "cities": [] if is_part else city_names(language),
        "payments": paid_by,
        "caution": caution,
        "saved": round(shop.target_probability * 100),
        "effect": effect_of(points, caution / 100),
        "saved_effect": effect_of(points, shop.target_probability),
        "picture": frontier_picture(points, caution / 100),
        "is_being_measured": measured.is_being_measured,
        **_answered(form, language),
        **_bad_caution(request),
    }
    template = "delivery/_answers.html" if is_part else "delivery/try.html"
    return render(request, template, context)


def _caution(request: HttpRequest, shop: Shop) -> int:
    read = CautionForm(request.GET)
    return int(read.cleaned_data["caution"]) if read.is_valid() else round(shop.target_probability * 100)


def _bad_caution(request: HttpRequest) -> dict[str, Any]:
    """The problem with a caution that was asked for and cannot be; nothing is answered then."""
    if not request.GET.get("caution") or CautionForm(request.GET).is_valid():
        return {}
    sentence = _("Caution lies between 50 and 99 of 100.")
    return {"problem": Problem("out-of-range", sentence, status=422, field="caution"), "answers": []}


def _answered(form: TryForm, language: str) -> dict[str, Any]:
    """The answers, or the problem with the question; nothing before anything was asked."""
    if not form.is_valid():
        return _misfilled(form)
    try:
        asked = form.asked()
        answered = answer(asked, require_sane(asked, clock.now()))
    except Problem as problem:
        meant = nearest(form.cleaned_data["to"]) if (problem.code, problem.field) == ("unknown-place", "to") else []
        return {"problem": problem, "meant": meant}
    return {"answers": [_shown(each, language) for each in answered.answers], "answered": answered}


def _misfilled(form: TryForm) -> dict[str, Any]:
    """What is wrong with the first field that is: the fields themselves are not drawn anew beside new answers."""
    for name, faults in form.errors.items():
        sentence = f"{form.fields[name].label}: {faults[0]}"
        return {"problem": Problem("misfilled", sentence, status=422, field=name)}
    return {}


def _shown(each: Answer, language: str) -> Shown:
    return Shown(
        answer=each,
        name=each.name.get(language) or each.name.get("en") or each.option,
        why=each.sentence.get(language) or each.sentence["en"],
        frequency=frequency_text(each.frequency) if each.frequency else "",
        own=own_text(each.frequency) if each.frequency else "",
        contradicts=each.frequency is not None and each.frequency.own_contradicts(each.probability or 0.0),
        curve=curve_picture(each.chances, each.start, each.promised_on) if each.start else SafeString(""),
    )


@require_POST
@owner_required
def save_caution(request: HttpRequest) -> HttpResponse:
    """Make the tried caution the shop's own."""
    form = CautionForm(request.POST)
    if not form.is_valid():
        raise Problem("out-of-range", _("Caution lies between 50 and 99 of 100."), status=422, field="caution")
    save_settings(target_probability=form.cleaned_data["caution"] / 100)
    messages.success(request, _("Saved. New promises are made with this caution."))
    return redirect("delivery:try")
