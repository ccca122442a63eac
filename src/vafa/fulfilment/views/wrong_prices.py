"""A wrong price that got out: found, declared, decided. For owners."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from vafa.accounts.access import owner_required
from vafa.fulfilment.actions.wrong_prices import decide_wrong, declare_wrong
from vafa.fulfilment.models import Answer, WrongPrice
from vafa.fulfilment.queries.wrong_prices import (
    case_by,
    cases,
    price_by,
    settled_orders,
    taken_under,
    versions_of,
)
from vafa.kit.clock import now
from vafa.kit.fields import AmountField, CountField
from vafa.kit.formats import money_unit
from vafa.kit.problems import Problem, show_in_form
from vafa.shop.queries import the_shop

SHOWN = 100
EXAMPLES = (5, 10, 20)


class ArticleForm(forms.Form):
    """Whose price was wrong."""

    sku = forms.CharField(label=gettext_lazy("Article number"), max_length=64, required=False)


class RightForm(forms.Form):
    """What it should have cost."""

    right = AmountField(label=gettext_lazy("What a piece should have cost"), min_value=0, max_value=10**14)


class AnswerForm(forms.Form):
    """The voucher of a cancelled order."""

    percent = CountField(label=gettext_lazy("Voucher in percent of the price"), min_value=1, max_value=100, initial=10)


@require_safe
@owner_required
def listing(request: HttpRequest) -> HttpResponse:
    """The cases so far, and the versions of an article's price that may become one."""
    form = ArticleForm(request.GET)
    sku = form.cleaned_data["sku"] if form.is_valid() else ""
    context = {"form": form, "sku": sku, "versions": versions_of(sku) if sku else [], "cases": list(cases()[:SHOWN])}
    return render(request, "fulfilment/wrong_prices.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
def declare(request: HttpRequest, number: int) -> HttpResponse:
    """This version was wrong."""
    price = price_by(number)
    if price is None:
        raise Http404
    unit, minors = money_unit(price.currency, toman=the_shop().shows_toman)
    form = RightForm(request.POST or None)
    form.fields["right"].help_text = _("In %(unit)s.") % {"unit": unit}
    if request.method == "POST" and form.is_valid():
        right = round(Decimal(form.cleaned_data["right"]) * minors)
        try:
            case = declare_wrong(price, right_minor=right, by=str(request.user), at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return redirect("fulfilment:wrong-price", case.public_id)
    context = {"form": form, "price": price, "orders": len(taken_under(price))}
    return render(request, "fulfilment/wrong_price_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What each answer costs, and the answer; afterwards what became of each order."""
    found = case_by(public_id)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and (answer == Answer.HONOURED or form.is_valid()):
        percent = form.cleaned_data["percent"] if form.is_valid() else 0
        try:
            decide_wrong(found, answer, percent=percent, by=str(request.user), at=now())
        except Problem as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Decided. Every customer is told."))
        return redirect("fulfilment:wrong-price", found.public_id)
    context = {"case": found, "form": form, **_outlook(found)}
    return render(request, "fulfilment/wrong_price.html", context, status=422 if form.errors else 200)


def _outlook(case: WrongPrice) -> dict[str, object]:
    if case.answer != Answer.OPEN:
        return {"settled": list(settled_orders(case)[:SHOWN])}
    taken = taken_under(case.price)
    right = case.right_minor
    return {
        "taken": [(each, each.honouring(right)) for each in taken[:SHOWN]],
        "count": len(taken),
        "pieces": sum(each.pieces for each in taken),
        "left": sum(each.left for each in taken),
        "honouring": sum(each.honouring(right) for each in taken),
        "cancelling": [(part, sum(each.cancelling(right, part) for each in taken)) for part in EXAMPLES],
    }
