"""Strangers at the front door come to the shop window, or are welcomed to a simulated shop."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from vafa.catalog.queries import shelves
from vafa.shop.queries import the_shop


def welcome_strangers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `/` leads those who are not signed in to the demo's landing page in a simulated shop, and to the shop
    window where something lies in it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path != "/" or request.user.is_authenticated:
            return get_response(request)
        if the_shop().simulated:
            return redirect("demo:landing")
        return redirect("storefront:home") if shelves() else get_response(request)

    return answer
