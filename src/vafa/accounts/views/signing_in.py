"""Signing in and out, one's own password, and the welcome of the first owner."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vafa.accounts import actions, queries
from vafa.accounts.access import staff_required
from vafa.accounts.forms import OwnPasswordForm, WelcomeForm
from vafa.accounts.models import User
from vafa.kit.http import client_address, limit_rate
from vafa.kit.problems import Problem, show_in_form

login_view = LoginView.as_view(template_name="accounts/sign_in.html", redirect_authenticated_user=True)
sign_out = LogoutView.as_view()


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Name and password. django-axes locks a name after five failures; an address gets 60 tries in ten minutes."""
    if request.method == "POST":
        limit_rate("sign-in", client_address(request), most=60, per=timedelta(minutes=10))
    return login_view(request)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_required
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; all other browsers of this person are signed out."""
    user = cast("User", request.user)
    if user.demo:
        raise Problem("demo-has-no-password", _("The roles of the simulated shop have no password."), status=403)
    form = OwnPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password was changed."))
        return redirect("accounts:password")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, word: str) -> HttpResponse:
    """The one-time page that makes the first owner and signs him in."""
    actions.require_welcome(word)
    if queries.has_staff():
        return redirect("accounts:sign-in")
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("username", "password", "full_name")}
        try:
            owner = actions.make_first_owner(word, **given)
        except Problem as refused:
            show_in_form(refused, form)
        else:
            login(request, owner, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("opening:begin")  # by its name: that room lies above this one
    return render(request, "accounts/welcome.html", {"form": form}, status=422 if form.errors else 200)
