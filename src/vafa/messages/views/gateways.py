"""The owner's page of gateways: health, settings, order, approved texts."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.accounts.access import owner_required
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem, show_in_form
from vafa.messages import actions, queries
from vafa.messages.catalogue import GatewayKind, gateway_kinds
from vafa.messages.forms import GatewayForm, PatternForm
from vafa.messages.models import Gateway


def _gateway(pk: int) -> tuple[Gateway, GatewayKind]:
    """The one door from an address to a gateway."""
    found = next((each for each in queries.gateways() if each.pk == pk), None)
    if found is None:
        raise Http404
    return found, gateway_kinds()[found.kind]


@require_safe
@owner_required
def gateways(request: HttpRequest) -> HttpResponse:
    """Those that are set up with their health, and those that can be."""
    actions.adopt_environment()
    context = {
        "gateways": queries.health(real_now()),
        "kinds": list(gateway_kinds().values()),
        "part": "gateways",
    }
    return render(request, "messages/gateways.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@owner_required
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Set up a gateway of one kind."""
    if kind not in gateway_kinds():
        raise Http404
    described = gateway_kinds()[kind]
    form = GatewayForm(request.POST or None, kind=described)
    if request.method == "POST" and form.is_valid():
        try:
            gateway = actions.add_gateway(kind, form.cleaned_data["label"], form.given())
        except Problem as refused:
            show_in_form(refused, form)
        else:
            notices.success(request, _("The gateway is set up. Send a test message to see whether it works."))
            return redirect("messages:gateway", gateway.pk)
    context = {"form": form, "kind": described, "part": "gateways"}
    return render(request, "messages/gateway_form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@owner_required
def gateway(request: HttpRequest, pk: int) -> HttpResponse:
    """One gateway: its health, its settings."""
    found, described = _gateway(pk)
    form = GatewayForm(request.POST or None, kind=described, gateway=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_gateway(found, said["label"], form.given(), enabled=said["enabled"])
        except Problem as refused:
            show_in_form(refused, form)
        else:
            notices.success(request, _("Saved."))
            return redirect("messages:gateway", found.pk)
    pattern_form = PatternForm() if described.has_patterns else None
    return _gateway_page(request, found, form, pattern_form, status=422 if form.errors else 200)


@require_POST
@owner_required
def set_pattern(request: HttpRequest, pk: int) -> HttpResponse:
    """Use, or no longer use, a text that the gateway has approved."""
    found, described = _gateway(pk)
    form = PatternForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_pattern(found, said["template"], said["language"], said["code"], said["parameters"])
        except Problem as refused:
            show_in_form(refused, form)
        else:
            notices.success(request, _("Saved."))
            return redirect("messages:gateway", found.pk)
    return _gateway_page(request, found, GatewayForm(kind=described, gateway=found), form, status=422)


def _gateway_page(
    request: HttpRequest, found: Gateway, form: GatewayForm, pattern_form: PatternForm | None, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "kind": form.kind,
        "health": next(each for each in queries.health(real_now()) if each.gateway.pk == found.pk),
        "pattern_form": pattern_form,
        "patterns": found.patterns.order_by("template", "language"),
        "part": "gateways",
    }
    return render(request, "messages/gateway_form.html", context, status=status)


@require_POST
@owner_required
def move_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it earlier."""
    actions.move_up(_gateway(pk)[0])
    return redirect("messages:gateways")


@require_POST
@owner_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a gateway with its secrets."""
    found, _kind = _gateway(pk)
    actions.remove_gateway(found)
    notices.success(request, _("The gateway was removed."))
    return redirect("messages:gateways")
