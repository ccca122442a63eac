"""The visitor's place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vafa.delivery.queries.places import Destination, destination_of, nearest
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import safe_next
from vafa.kit.problems import Problem
from vafa.shop.queries import city_names
from vafa.storefront.forms import PlaceForm
from vafa.storefront.frame import window
from vafa.storefront.places import ChosenPlace, remember_place


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a city or a postal code, and go back to the page it was asked on.

    For one that nobody knows the names it may be are offered. Where the shop has stated something for all other places,
    that is said first, and it is kept when the visitor says so (`sure`); else it is not kept.
    """
    form = PlaceForm(request.POST if request.method == "POST" else None)
    home = reverse("storefront:home")
    context: dict[str, Any] = {"form": form, "cities": city_names(the_language(None)), "next": safe_next(request, home)}
    if form.is_valid():
        named = form.cleaned_data["to"].strip()
        try:
            found = destination_of(named)
        except Problem as unknown:
            form.add_error("to", str(unknown))
            context["near"] = nearest(named)
        else:
            if found.is_known or request.POST.get("sure") == named:
                return _chosen(request, named, found, home)
            context["unknown"] = named
    return window(request, "storefront/place.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, named: str, found: Destination, home: str) -> HttpResponse:
    response = redirect(safe_next(request, home))
    place = ChosenPlace(named, found.place.city or found.place.code, found.place.region, found.is_known)
    remember_place(response, place, secure=request.is_secure())
    return response
