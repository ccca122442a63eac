"""What of a product can be bought: an article with its price and stock."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vafa.accounts.access import staff_required
from vafa.catalog.actions.editing import add_variant, count_stock, edit_variant
from vafa.catalog.forms.products import StockForm, VariantForm
from vafa.catalog.models import Variant
from vafa.catalog.queries.editing import choice_lines, count_of_stock, prices_of, storehouses, variant_to_edit
from vafa.catalog.queries.held import held_page
from vafa.catalog.views.products import tell, the_product
from vafa.kit.clock import now
from vafa.kit.formats import text_in
from vafa.kit.problems import Problem, show_in_form
from vafa.shop.queries import the_shop


@require_http_methods(["GET", "POST"])
@staff_required
def new_article(request: HttpRequest, code: str) -> HttpResponse:
    """One more article of a product."""
    product = the_product(code)
    form = VariantForm(request.POST or None, lines=choice_lines(product), languages=the_shop().languages)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_variant(product, form.terms(), by=str(request.user), at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("Saved. Now count what is there."))
            return redirect("catalog:article", made.pk)
    return render(request, "catalog/article_new.html", {"product": product, "form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required
def article(request: HttpRequest, number: int) -> HttpResponse:
    """An article, what it cost in all its time, and how much of it lies where."""
    found = the_article(number)
    form = _form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            holds = edit_variant(found, form.terms(), seen=form.cleaned_data["seen"], by=str(request.user), at=now())
        except Problem as refused:
            form.refuse(refused, form.initial["seen"])
        else:
            tell(request, holds=holds)
            return redirect("catalog:article", found.pk)
    return _page(request, found, form, _stock_form(found))


@require_POST
@staff_required
def stock(request: HttpRequest, number: int) -> HttpResponse:
    """What was counted."""
    found = the_article(number)
    form = _stock_form(found, request.POST)
    if form.is_valid():
        try:
            holds = count_stock(found, form.counted(), seen=form.cleaned_data["seen"], by=str(request.user), at=now())
        except Problem as refused:
            form.refuse(refused, form.initial["seen"])
        else:
            tell(request, holds=holds)
            return redirect("catalog:article", found.pk)
    return _page(request, found, _form(found), form)


def the_article(number: int) -> Variant:
    """The one access to an article that is edited."""
    found = variant_to_edit(number)
    if found is None:
        raise Http404
    return found


def _form(found: Variant, data: QueryDict | None = None) -> VariantForm:
    return VariantForm(data, lines=choice_lines(found.product), variant=found, languages=the_shop().languages)


def _stock_form(found: Variant, data: QueryDict | None = None) -> StockForm:
    houses = [(each.code, text_in(each.name) or each.code) for each in storehouses()]
    return StockForm(data, houses=houses, known=count_of_stock(found))


def _page(request: HttpRequest, found: Variant, form: VariantForm, stock_form: StockForm) -> HttpResponse:
    context = {
        "article": found,
        "product": found.product,
        "form": form,
        "stock_form": stock_form,
        "prices": prices_of(found),
        "waiting": held_page(waiting=True, below=None, size=20, product=found.product_id),
    }
    status = stock_form.status if stock_form.is_bound else form.status
    return render(request, "catalog/article.html", context, status=status)
