"""One form page: show it, save it, or show what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vafa.kit.problems import Problem, show_in_form


def form_page(
    request: HttpRequest,
    form: BaseForm,
    save: Callable[[], str],
    *,
    template: str = "kit/form.html",
    **context: object,
) -> HttpResponse:
    """`save` is called with a right form and gives the address to go to; a Problem is shown at its field (422).

    `kit/form.html` wants `title` and `back`, an address; a room that has tabs extends it and fills its block `tabs`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            there = save()
        except Problem as problem:
            show_in_form(problem, form)
        else:
            messages.success(request, _("Saved."))
            return redirect(there)
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)
