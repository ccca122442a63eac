"""The owner's page of API tokens."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vafa.accounts import actions, queries
from vafa.accounts.access import owner_required
from vafa.accounts.forms import TokenForm
from vafa.accounts.models import ApiToken, User
from vafa.accounts.once import secret_of
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem, show_in_form


@never_cache
@require_http_methods(["GET", "POST"])
@owner_required
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens; a POST issues one and shows its key in the answer, the only page on which it can be seen."""
    form, key = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            key, form = _issued(request, form), TokenForm()
        except Problem as refused:
            show_in_form(refused, form)
    context = {"form": form, "key": key, "tokens": queries.tokens(), "at": real_now()}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


def _issued(request: HttpRequest, form: TokenForm) -> str:
    """The key; the same one for a form that was sent twice."""
    given, by = form.cleaned_data, cast("User", request.user)
    secret = secret_of(request, "token")
    return actions.issue_token(given["name"], given["scopes"], by, form.expires_at(), secret=secret)[1]


@require_POST
@owner_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The key opens nothing from now on."""
    token = get_object_or_404(ApiToken, pk=pk)
    actions.revoke_token(token)
    messages.success(request, _("The token “%(name)s” was revoked.") % {"name": token.name})
    return redirect("accounts:tokens")
