"""The pictures of a product: added, put first, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vafa.accounts.access import staff_required
from vafa.catalog.actions.photos import add_photo, put_first, take_away
from vafa.catalog.forms.products import PictureForm
from vafa.catalog.views.products import the_product
from vafa.kit.clock import now
from vafa.kit.problems import Problem


@require_POST
@staff_required
def add(request: HttpRequest, code: str) -> HttpResponse:
    """A file that somebody brought."""
    product = the_product(code)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
    else:
        try:
            add_photo(product, form.cleaned_data["picture"].read(), at=now())
        except Problem as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Saved."))
    return redirect("catalog:product", product.code)


@require_POST
@staff_required
def change(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put it first, or take it away (`do`)."""
    product = the_product(code)
    does = take_away if request.POST.get("do") == "take-away" else put_first
    does(product, number, at=now())
    messages.success(request, _("Saved."))
    return redirect("catalog:product", product.code)
