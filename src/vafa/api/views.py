"""The page that describes the API."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vafa.api.describe import operations


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its fields, answers and a line to try; made from the description that programs read."""
    return render(request, "api/docs.html", {"operations": operations(settings.PUBLIC_URL)})
