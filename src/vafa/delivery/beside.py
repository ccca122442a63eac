"""What this room shows on pages of the rooms below it."""

from __future__ import annotations

from django.template.loader import render_to_string

from vafa.delivery.queries.risk_rows import risk_row_of
from vafa.promises.models import Promise


def estimate_beside(promise: Promise) -> str:
    """What stands beside a promise on its own page: the estimate of now; "" where it is not watched."""
    row = risk_row_of(promise)
    return render_to_string("delivery/_estimate.html", {"row": row}) if row else ""
