"""The demo's doors: the welcoming page, the one-click sign-in, the covers, and the way to one's own shop."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from vafa.accounts.access import owner_required
from vafa.accounts.actions import sign_in_to_the_demo
from vafa.demo import covers
from vafa.demo.actions import replace_by_own_shop
from vafa.demo.forms import ReplaceForm
from vafa.demo.queries import is_working, the_build
from vafa.demo.titles import BY_NAME, SHOWN_FIRST
from vafa.kit.http import safe_next
from vafa.kit.problems import Problem
from vafa.promises.queries import headline
from vafa.shop.queries import the_shop

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What Vafa is, in a few lines, and two doors into the simulated shop."""
    require_simulated()
    context = {"build": the_build(), "headline": headline(), "covers": [drawn(name) for name in SHOWN_FIRST]}
    return render(request, "demo/landing.html", context)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo's owner or agent, without a password."""
    sign_in_to_the_demo(request, request.POST.get("role", ""))
    return redirect(safe_next(request, "console:home"))


@owner_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest) -> HttpResponse:
    """Ask once more, then delete the simulated shop and begin one's own."""
    require_simulated()
    form = ReplaceForm(request.POST or None)
    if form.is_valid() and _replaced(request, form):
        messages.success(request, _("The simulated shop is gone. Now bring the orders of your own."))
        return redirect("connectors:import")
    status = 422 if form.errors else 200
    return render(request, "demo/replace.html", {"form": form, "is_working": is_working()}, status=status)


def _replaced(request: HttpRequest, form: ReplaceForm) -> bool:
    try:
        owner = replace_by_own_shop(**form.cleaned_data)
    except Problem as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    # every session went with the old shop; this one begins anew for the new owner
    request.session.flush()
    login(request, owner, backend=BACKEND)
    return True


@require_safe
@cache_control(public=True, max_age=86400)
@condition(etag_func=lambda request, title: covers.name_of(title))
def cover(request: HttpRequest, title: str) -> HttpResponse:
    """The cover of a title, as a picture."""
    return HttpResponse(drawn(title), content_type="image/svg+xml")


def drawn(name: str) -> SafeString:
    """The cover of any title; of the shop's own with its author. Safe: the drawing escapes all text itself."""
    title: Any = BY_NAME.get(name)
    text = covers.cover(name) if title is None else covers.cover(title.name, title.author, title.shelf)
    return mark_safe(text)  # noqa: S308


def require_simulated() -> None:
    """Problem `not-a-demo` (404) where the shop is a real one."""
    if not the_shop().simulated:
        raise Problem("not-a-demo", _("There is no demo here: this is a real shop."), status=404)
