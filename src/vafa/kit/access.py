"""Gates before views. Strangers are sent to the sign-in page; those without the right get a clear 403.

They live here because rooms below `accounts` have pages too; everybody else imports them from `vafa.accounts.access`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def staff_required(view: View) -> View:
    """Any signed-in member of the staff."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return cast("View", gate)


def owner_required(view: View) -> View:
    """Owners only; an agent gets Problem `owner-only` (403)."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        user: Any = request.user
        if not user.is_owner:
            raise Problem("owner-only", _("Only an owner of the shop may do this."), status=403)
        return view(request, *args, **kwargs)

    return cast("View", gate)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Back to the same page after signing in; after a form was sent, to the page that showed it."""
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    if request.headers.get("HX-Request"):  # a fragment would be replaced by the whole sign-in page
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect_to_login(here)
