"""The owner's page of ways to pay: settings, order, limits, a trial."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.accounts.access import owner_required
from vafa.kit.clock import real_now
from vafa.kit.form_page import form_page
from vafa.payments import actions, queries
from vafa.payments.forms import AccountForm
from vafa.payments.gateways import KINDS
from vafa.payments.models import GatewayAccount
from vafa.payments.queries.accounts import is_trying
from vafa.shop.queries import the_shop

TRIAL_TAKES = timedelta(minutes=2)  # after that nobody is told to wait


def _account(code: str) -> GatewayAccount:
    """The one door from an address to an account."""
    found = queries.account_by(code)
    if found is None:
        raise Http404
    return found


@require_safe
@owner_required
def gateways(request: HttpRequest) -> HttpResponse:
    """Those that are set up, and those that can be."""
    currency = the_shop().currency
    rows = [(each, KINDS[each.kind], queries.settings_of(each) is None) for each in queries.accounts()]
    kinds = [each for each in KINDS.values() if each.takes(currency)]
    context = {"rows": rows, "kinds": kinds, "currency": currency, "only_played": is_trying()}
    return render(request, "payments/gateways.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@owner_required
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Set up one of a kind."""
    described = KINDS.get(kind)
    if described is None:
        raise Http404
    form = AccountForm(request.POST or None, kind=described, currency=the_shop().currency)

    def save() -> str:
        return actions.add_account(kind, form.offer(), form.given()).get_absolute_url()

    return form_page(request, form, save, template="payments/gateway.html", kind=described)


@never_cache
@require_http_methods(["GET", "POST"])
@owner_required
def gateway(request: HttpRequest, code: str) -> HttpResponse:
    """One way to pay."""
    found = _account(code)
    kind = KINDS[found.kind]
    form = AccountForm(request.POST or None, kind=kind, currency=found.currency, account=found)

    def save() -> str:
        actions.change_account(found, form.offer(), form.given())
        return found.get_absolute_url()

    is_waited_for = found.trial_asked_at is not None and found.works is None
    context = {
        "kind": kind,
        "account": found,
        "is_unreadable": queries.settings_of(found) is None,
        "is_being_tried": is_waited_for and real_now() - (found.trial_asked_at or real_now()) < TRIAL_TAKES,
        "hook": f"{settings.PUBLIC_URL}{reverse('payments:hook', args=[code])}" if kind.hook else "",
    }
    return form_page(request, form, save, template="payments/gateway.html", **context)


@require_POST
@owner_required
def try_out(request: HttpRequest, code: str) -> HttpResponse:
    """See whether it works."""
    found = _account(code)
    actions.ask_for_trial(found)
    messages.success(request, _("It is being tried; look again in a moment."))
    return redirect(found.get_absolute_url())


@require_POST
@owner_required
def move_up(request: HttpRequest, code: str) -> HttpResponse:
    """Show it earlier."""
    actions.move_up(_account(code))
    return redirect("payments:gateways")


@require_POST
@owner_required
def remove(request: HttpRequest, code: str) -> HttpResponse:
    """Forget it with its secrets."""
    actions.remove_account(_account(code))
    messages.success(request, _("The gateway was removed."))
    return redirect("payments:gateways")
