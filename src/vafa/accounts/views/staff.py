"""The owner's page of the staff."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vafa.accounts import actions, queries
from vafa.accounts.access import owner_required
from vafa.accounts.forms import StaffForm
from vafa.accounts.models import Role, User
from vafa.kit.problems import Problem, show_in_form


def _member(pk: int) -> User:
    """The one door from an address to a member of the staff."""
    return get_object_or_404(User, pk=pk)


def _done(request: HttpRequest, change: Callable[[User], None], pk: int) -> HttpResponse:
    change(_member(pk))
    messages.success(request, _("Changed."))
    return redirect("accounts:staff")


@require_http_methods(["GET", "POST"])
@owner_required
def staff(request: HttpRequest) -> HttpResponse:
    """Who belongs to the staff; a POST adds somebody."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = actions.add_staff(form.cleaned_data.pop("username"), **form.cleaned_data)
        except Problem as refused:
            show_in_form(refused, form)
        else:
            messages.success(request, _("%(name)s can sign in now.") % {"name": member.username})
            return redirect("accounts:staff")
    context = {"form": form, "staff": queries.staff(), "roles": Role.choices}
    return render(request, "accounts/staff.html", context, status=422 if form.errors else 200)


@require_POST
@owner_required
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the member what `role` says."""
    return _done(request, lambda member: actions.change_role(member, request.POST.get("role", "")), pk)


@require_POST
@owner_required
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """The member cannot sign in any more."""
    return _done(request, actions.deactivate, pk)


@require_POST
@owner_required
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """The member may sign in again."""
    return _done(request, actions.activate, pk)
