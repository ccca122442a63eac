"""Signing in by a code, and out again; who is signed in finds his overview here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vafa.customers import actions as customers
from vafa.kit.clock import real_now
from vafa.kit.http import client_address, safe_next
from vafa.kit.problems import Problem, show_in_form
from vafa.storefront.customer import COOKIE, customer_of, remember_session, secret_of
from vafa.storefront.forms import AddressForm, CodeForm
from vafa.storefront.frame import window
from vafa.storefront.signing_in import ask_for_code, sign_in
from vafa.storefront.views.my import overview


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my(request: HttpRequest) -> HttpResponse:
    """The overview of who is signed in; everybody else asks for a code here."""
    person = customer_of(request)
    if person is not None:
        return overview(request, person)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked = ask_for_code(form.cleaned_data["address"], client=client_address(request), at=real_now())
        except Problem as refused:
            show_in_form(refused, form)
            return _sign_in_page(request, form, refused.status)
        return redirect(f"{reverse('storefront:code', args=[asked])}?{urlencode({'next': safe_next(request, '')})}")
    return _sign_in_page(request, form, 422 if form.errors else 200)


def _sign_in_page(request: HttpRequest, form: AddressForm, status: int) -> HttpResponse:
    return window(request, "storefront/sign_in.html", {"form": form, "next": safe_next(request, "")}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Takes the code. The page is the same whether or not one was sent, and whether or not it was ever asked for."""
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    onwards = safe_next(request, reverse("storefront:my"))
    if form.is_valid():
        try:
            secret = sign_in(public_id, form.cleaned_data["code"], client=client_address(request), at=real_now())
        except Problem as refused:
            show_in_form(refused, form)
            status = refused.status
        else:
            response = redirect(onwards)
            remember_session(response, secret, secure=request.is_secure())
            return response
    context = {"form": form, "next": onwards}
    return window(request, "storefront/code.html", context, status=422 if form.errors and status == 200 else status)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, or all of them."""
    person = customer_of(request)
    if person is not None and request.POST.get("everywhere"):
        customers.end_sessions_of(person)
        messages.success(request, _("You are signed out everywhere."))
    elif person is not None:
        customers.end_session(secret_of(request))
        messages.success(request, _("You are signed out."))
    response = redirect("storefront:my")
    response.delete_cookie(COOKIE)
    return response
