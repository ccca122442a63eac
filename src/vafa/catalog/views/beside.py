"""What goes with a product, as the shop's people choose it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vafa.accounts.access import staff_required
from vafa.catalog.actions.beside import choose_beside
from vafa.catalog.forms.beside import BesideForm
from vafa.catalog.queries import cards
from vafa.catalog.views.products import the_product
from vafa.kit.clock import now
from vafa.kit.problems import Problem, show_in_form


@require_http_methods(["GET", "POST"])
@staff_required
def beside(request: HttpRequest, code: str) -> HttpResponse:
    """What goes with it, beside what orders say is bought together with it."""
    product = the_product(code)
    form = BesideForm(request.POST or None, initial={"codes": "\n".join(product.goes_with)})
    if request.method == "POST" and form.is_valid():
        try:
            choose_beside(product, form.cleaned_data["codes"], at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("Saved."))
            return redirect("catalog:beside", product.code)
    known = {card.code: card for card in cards([*product.goes_with, *(each["code"] for each in product.bought_with)])}
    context = {
        "product": product,
        "form": form,
        "chosen": [known[each] for each in product.goes_with if each in known],
        "bought": [(known[each["code"]], each["times"]) for each in product.bought_with if each["code"] in known],
    }
    return render(request, "catalog/beside.html", context, status=422 if form.errors else 200)
