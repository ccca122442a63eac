"""The staff's list of products, and one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vafa.accounts.access import staff_required
from vafa.catalog.actions.editing import add_product, edit_product
from vafa.catalog.forms.products import FindForm, PictureForm, ProductForm
from vafa.catalog.models import Product
from vafa.catalog.queries import Shelf, shelves
from vafa.catalog.queries.editing import articles_of, product_to_edit
from vafa.catalog.queries.held import held_page, waiting_count
from vafa.catalog.queries.lines import PAGE, product_lines
from vafa.kit.clock import now
from vafa.kit.formats import text_in
from vafa.kit.problems import Problem, show_in_form
from vafa.shop.queries import the_shop

INDENT = "\u2003"


@require_safe
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first; or those that fit."""
    form = FindForm(request.GET, shelves=shelf_choices())
    said = form.cleaned_data if form.is_valid() else {}
    found = product_lines(
        words=said.get("q", ""), shelf=said.get("shelf", ""), state=said.get("state", ""), below=said.get("before")
    )
    context = {
        "form": form,
        "lines": found[:PAGE],
        "before": found[PAGE - 1].number if len(found) > PAGE else None,
        "is_narrowed": any(said.get(name) for name in ("q", "shelf", "state")),
        "is_later": bool(said.get("before")),
        "waiting": waiting_count(),
    }
    return render(request, "catalog/products.html", context)


def shelf_choices() -> list[tuple[str, str]]:
    """Every shelf with those above it told by its indent."""
    return [(each.code, INDENT * len(each.above) + (text_in(each.name) or each.code)) for each in _in_tree_order()]


def _in_tree_order() -> list[Shelf]:
    tree = shelves()
    place = {code: number for number, code in enumerate(tree)}
    return sorted(tree.values(), key=lambda each: [place[code] for code in each.path])


@require_http_methods(["GET", "POST"])
@staff_required
def new_product(request: HttpRequest) -> HttpResponse:
    """A product is begun; its articles and pictures follow on its own page."""
    form = ProductForm(request.POST or None, languages=the_shop().languages)
    if request.method == "POST" and form.is_valid():
        try:
            product = add_product(form.cleaned_data["code"], form.terms(), at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("Saved. Now say what of it can be bought."))
            return redirect("catalog:new-article", product.code)
    return render(request, "catalog/product_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_required
def product(request: HttpRequest, code: str) -> HttpResponse:
    """All of a product on one page; its words and data sheet are saved here."""
    found = the_product(code)
    form = ProductForm(request.POST or None, product=found, languages=the_shop().languages)
    if request.method == "POST" and form.is_valid():
        try:
            holds = edit_product(found, form.terms(), seen=form.cleaned_data["seen"], by=str(request.user), at=now())
        except Problem as refused:
            form.refuse(refused, form.initial["seen"])
        else:
            tell(request, holds=holds)
            return redirect("catalog:product", found.code)
    context = {
        "product": found,
        "form": form,
        "articles": articles_of(found),
        "pictures": list(found.pictures.all()),
        "picture_form": PictureForm(),
        "waiting": held_page(waiting=True, below=None, size=20, product=found.pk),
    }
    return render(request, "catalog/product.html", context, status=form.status)


def the_product(code: str) -> Product:
    """The one access to a product that is edited."""
    found = product_to_edit(code)
    if found is None:
        raise Http404
    return found


def tell(request: HttpRequest, *, holds: bool) -> None:
    """Whether all of it holds, or something waits."""
    if holds:
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("Saved, but for what looks like a mistake: that waits for a second look."))
