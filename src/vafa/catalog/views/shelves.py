"""Shelves, brands and storehouses."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vafa.accounts.access import staff_required
from vafa.catalog.actions.shelving import save_brand, save_category, save_storehouse
from vafa.catalog.forms.shelves import CategoryForm, NamedForm
from vafa.catalog.models import Brand, Category, Storehouse
from vafa.catalog.queries.editing import brands, categories, storehouses
from vafa.kit.clock import now
from vafa.kit.problems import Problem, show_in_form
from vafa.shop.queries import the_shop

Row = TypeVar("Row", bound=Model)


@require_safe
@staff_required
def shelves(request: HttpRequest) -> HttpResponse:
    """All three kinds on one page."""
    context = {"categories": list(categories()), "brands": list(brands()[:500]), "houses": list(storehouses())}
    return render(request, "catalog/shelves.html", context)


@require_http_methods(["GET", "POST"])
@staff_required
def shelf(request: HttpRequest, code: str = "") -> HttpResponse:
    """A shelf, new where no code is said."""
    found = _found(categories(), code) if code else Category(position=Category.objects.count())
    form = CategoryForm(request.POST or None, category=found, languages=the_shop().languages)
    if request.method == "POST" and form.is_valid():
        found.code = found.code or form.cleaned_data["code"]
        try:
            save_category(
                found,
                name=form.texts("name"),
                parent=form.cleaned_data["parent"],
                specifications=form.specifications(),
                at=now(),
            )
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return _saved(request)
    return _page(request, form, _("Shelf"))


@require_http_methods(["GET", "POST"])
@staff_required
def brand(request: HttpRequest, code: str = "") -> HttpResponse:
    """A brand, new where no code is said."""
    found = _found(brands(), code) if code else Brand()
    form = NamedForm(request.POST or None, name=found.name, is_new=not code, languages=the_shop().languages)
    if request.method == "POST" and form.is_valid():
        found.code = found.code or form.cleaned_data["code"]
        try:
            save_brand(found, name=form.texts("name"), at=now())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return _saved(request)
    return _page(request, form, _("Brand"))


@require_http_methods(["GET", "POST"])
@staff_required
def storehouse(request: HttpRequest, code: str = "") -> HttpResponse:
    """A storehouse, new where no code is said."""
    found = _found(storehouses(), code) if code else Storehouse()
    form = NamedForm(request.POST or None, name=found.name, is_new=not code, languages=the_shop().languages)
    if request.method == "POST" and form.is_valid():
        found.code = found.code or form.cleaned_data["code"]
        try:
            save_storehouse(found, name=form.texts("name"))
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return _saved(request)
    return _page(request, form, _("Storehouse"))


def _found(rows: QuerySet[Row], code: str) -> Row:
    found = None if "\x00" in code else rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("catalog:shelves")


def _page(request: HttpRequest, form: NamedForm, title: str) -> HttpResponse:
    return render(request, "catalog/named.html", {"form": form, "title": title}, status=form.status)
