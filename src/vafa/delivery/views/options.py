"""The shop's ways of delivery."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.actions.options import save_option
from vafa.delivery.forms.questions import OptionForm
from vafa.delivery.models import DeliveryOption
from vafa.delivery.queries.options import every_option, option_by
from vafa.delivery.queries.unpriced import unpriced
from vafa.kit.problems import Problem, show_in_form
from vafa.shop.queries import the_shop


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return render(request, "delivery/options.html", {"options": every_option(), "unpriced": unpriced()})


@require_http_methods(["GET", "POST"])
@owner_required
def new(request: HttpRequest) -> HttpResponse:
    """Another one."""
    return _form(request, OptionForm(request.POST or None, shop=the_shop()), None)


@require_http_methods(["GET", "POST"])
@owner_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """One of them."""
    option = option_by(code)
    if option is None:
        raise Problem("unknown-option", _("There is no delivery option %(code)s.") % {"code": code}, status=404)
    data = {**request.POST.dict(), **_lists(request), "code": code} if request.method == "POST" else None
    form = OptionForm(data, shop=the_shop())
    form.initial = _initial(option, form.minors)
    form.fields["code"].disabled = True
    return _form(request, form, option)


def _lists(request: HttpRequest) -> dict[str, Any]:
    return {"delivery_weekdays": request.POST.getlist("delivery_weekdays")}


def _initial(option: DeliveryOption, minors: int) -> dict[str, Any]:
    return {
        "code": option.code,
        **{f"name_{language}": text for language, text in option.name.items()},
        "delivery_weekdays": option.delivery_weekdays,
        "cut_off": option.cut_off,
        "minimum_days": option.minimum_days,
        "regions": "\n".join(option.regions),
        "kind": option.kind,
        "price": in_unit(option.price_minor, minors),
        "free_from": in_unit(option.free_from_minor, minors),
        "most_weight": option.most_weight_g,
        "position": option.position,
        "active": option.active,
    }


def in_unit(minor: int | None, minors: int) -> float | None:
    """An amount as it is typed; nothing where none was said."""
    return None if minor is None else minor / minors


def _form(request: HttpRequest, form: OptionForm, option: DeliveryOption | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save_option(form.cleaned_data["code"], **form.terms())
        except Problem as problem:
            show_in_form(problem, form)
        else:
            messages.success(request, _("Saved."))
            return redirect("delivery:options")
    status = 422 if form.errors else 200
    return render(request, "delivery/option.html", {"form": form, "option": option}, status=status)
