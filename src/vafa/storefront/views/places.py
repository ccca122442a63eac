"""The visitor's place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vafa.delivery.queries.places import destination_of
from vafa.kit.formats.preferences import the_language
from vafa.kit.http import safe_next
from vafa.kit.problems import Problem
from vafa.shop.queries import city_names
from vafa.storefront.forms import PlaceForm
from vafa.storefront.frame import window
from vafa.storefront.places import ChosenPlace, remember_place


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a city or a postal code, and go back to the page it was asked on. One that nobody knows is not kept."""
    form = PlaceForm(request.POST if request.method == "POST" else None)
    home = reverse("storefront:home")
    if form.is_valid():
        try:
            found = destination_of(form.cleaned_data["to"]).place
        except Problem as unknown:
            form.add_error("to", str(unknown))
        else:
            response = redirect(safe_next(request, home))
            named = form.cleaned_data["to"].strip()
            remember_place(
                response, ChosenPlace(named, found.city or found.code, found.region), secure=request.is_secure()
            )
            return response
    context = {"form": form, "cities": city_names(the_language(None)), "next": safe_next(request, home)}
    return window(request, "storefront/place.html", context, status=422 if form.errors else 200)
