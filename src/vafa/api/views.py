"""The page that describes the API."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vafa.api.describe import operations


def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its fields, answers and a line to try; made from the description that programs read."""
    return render(request, "api/docs.html", {"operations": operations(settings.PUBLIC_URL)})
