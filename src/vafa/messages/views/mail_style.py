"""Pages that show mail allow its one style sheet, by its digest, and nothing else that is inline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from csp.decorators import csp_update
from django.http import HttpResponse

from vafa.messages.letters import mail_style_digest

View = TypeVar("View", bound=Callable[..., HttpResponse])


def shows_mail(view: View) -> View:
    """The view's page may hold mail in a frame (a frame without an address obeys the policy of its page)."""
    return cast("View", csp_update({"style-src": ["'self'", mail_style_digest()]})(view))
