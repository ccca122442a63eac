"""What can be chosen of a product, and the rules between the choices, as the shop's people write them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.accounts.access import staff_required
from vafa.catalog.actions.options import forget_option, forget_rule, keep_option, keep_rule
from vafa.catalog.forms.options import OptionForm, RuleForm, value_forms
from vafa.catalog.models import Option, OptionRule, Product
from vafa.catalog.queries.held import held_page
from vafa.catalog.queries.options import options_of, rules_of, values_of
from vafa.catalog.views.products import tell, the_product
from vafa.engine.configuring import Tie
from vafa.kit.clock import now
from vafa.kit.problems import Problem, show_in_form
from vafa.shop.queries import the_shop


@require_safe
@staff_required
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """The options of a product with their values, and the rules between them."""
    product = the_product(code)
    context = {
        "product": product,
        "options": options_of(product),
        "rules": rules_of(product),
        "waiting": held_page(waiting=True, below=None, size=20, product=product.pk),
    }
    return render(request, "catalog/options.html", context)


@require_http_methods(["GET", "POST"])
@staff_required
def option(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """An option with its values, new or known."""
    product = the_product(code)
    known = _option(product, number) if number else None
    data = request.POST if request.method == "POST" else None
    form = OptionForm(data, option=known, languages=the_shop().languages)
    values = value_forms(form, data, option=known)
    is_good = [form.is_valid(), *(each.is_valid() for each in values)]  # every one shows its faults
    if data is not None and all(is_good):
        terms, seen = form.terms(values), form.cleaned_data["seen"]
        try:
            _kept, holds = keep_option(product, terms, option=known, seen=seen, by=str(request.user), at=now())
        except Problem as refused:
            form.refuse(refused, form.initial.get("seen", ""))
        else:
            tell(request, holds=holds)
            return redirect("catalog:options", product.code)
    context = {"product": product, "option": known, "form": form, "values": values}
    is_wrong = form.status == 200 and data is not None
    return render(request, "catalog/option.html", context, status=422 if is_wrong else form.status)


@require_POST
@staff_required
def forget(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """It can be chosen no more."""
    product = the_product(code)
    forget_option(_option(product, number), at=now())
    return redirect("catalog:options", product.code)


@require_http_methods(["GET", "POST"])
@staff_required
def rule(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """A rule between two values, new or known."""
    product = the_product(code)
    known = _rule(product, number) if number else None
    form = RuleForm(request.POST or None, values=values_of(product), rule=known, languages=the_shop().languages)
    if request.method == "POST" and form.is_valid():
        value, other = form.pair()
        try:
            kept = keep_rule(product, value, other, Tie(form.cleaned_data["tie"]), form.texts("why"), at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            if known and known.pk != kept.pk:
                forget_rule(known, at=now())
            return redirect("catalog:options", product.code)
    context = {"product": product, "rule": known, "form": form}
    return render(request, "catalog/option_rule.html", context, status=form.status)


@require_POST
@staff_required
def unbind(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A rule holds no more."""
    product = the_product(code)
    forget_rule(_rule(product, number), at=now())
    return redirect("catalog:options", product.code)


def _option(product: Product, number: int) -> Option:
    found = Option.objects.filter(product=product, pk=number).first()
    if found is None:
        raise Http404
    return found


def _rule(product: Product, number: int) -> OptionRule:
    found = OptionRule.objects.filter(value__option__product=product, pk=number).first()
    if found is None:
        raise Http404
    return found
