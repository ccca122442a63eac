"""The switch: nothing reaches real customers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.messages.models import Rules
from vafa.shop.queries import the_shop


def hold_everything(*, at: datetime) -> None:
    """From now on messages are kept and shown instead of sent."""
    _turn(True, at)


def let_go(*, at: datetime) -> None:
    """From now on messages are sent. What was kept stays kept: old news would only confuse.

    Problem `simulated` (409) in a simulated shop, whose customers are invented.
    """
    if the_shop().simulated:
        raise Problem(
            "simulated", _("The customers of the simulated shop are invented; nothing is sent to them."), status=409
        )
    _turn(False, at)


def _turn(holds: bool, at: datetime) -> None:
    Rules.objects.bulk_create([Rules()], ignore_conflicts=True)
    Rules.objects.filter(pk=1).exclude(holds=holds).update(holds=holds, holds_changed_at=at)
