"""Taxes by place and shelf."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vafa.accounts.access import owner_required
from vafa.catalog.queries import shelves
from vafa.checkout import actions
from vafa.checkout.forms import TaxForm
from vafa.checkout.queries import tax_rules
from vafa.kit.form_page import form_page


@require_http_methods(["GET", "HEAD", "POST"])
@owner_required
def taxes(request: HttpRequest) -> HttpResponse:
    """The rules; the same country and shelf again changes its rule."""
    form = TaxForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        actions.keep_tax(**form.terms)
        return reverse("checkout:taxes")

    rows = [(rule, shelves().get(rule.category), rule.bp / 10_000) for rule in tax_rules()]
    return form_page(request, form, save, template="checkout/taxes.html", rows=rows)


@require_POST
@owner_required
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """The rule no longer holds."""
    actions.forget_tax(number)
    return redirect("checkout:taxes")
