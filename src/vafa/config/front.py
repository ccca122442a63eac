"""Strangers at the front door of a simulated shop are welcomed, not asked for a password."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from vafa.shop.queries import the_shop


def welcome_strangers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `/` of a simulated shop leads those who are not signed in to the demo's landing page."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path == "/" and not request.user.is_authenticated and the_shop().simulated:
            return redirect("demo:landing")
        return get_response(request)

    return answer
