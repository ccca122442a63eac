"""Whether a page asks its visitor's browser to measure."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest

STEPS = 10_000


def wants_no_measuring(request: HttpRequest) -> bool:
    """Do Not Track, or Global Privacy Control."""
    return request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"


def is_measured(request: HttpRequest) -> bool:
    """Drawn by lot for each page, by VAFA_VISITS_MEASURED; never for who does not want it."""
    return not wants_no_measuring(request) and secrets.randbelow(STEPS) < settings.VISITS_MEASURED * STEPS
