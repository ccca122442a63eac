"""Reports on what guarantees would cost."""

from __future__ import annotations

from vafa.delivery.models import GuaranteeCost
from vafa.promises.models import Guarantee


def newest_cost(guarantee: Guarantee) -> GuaranteeCost | None:
    """The one asked for last, finished or not."""
    return GuaranteeCost.objects.filter(guarantee=guarantee).order_by("-asked_at", "-pk").first()
