"""Rows that the staff fills in are saved where they can be, and said at their field where not."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from vafa.kit.problems import Problem
from vafa.shop.actions import stamp_shop


def save_checked(row: models.Model) -> None:
    """Save it and let every process forget what it remembered; runs in the caller's transaction.

    Problem `bad-delivery` (422) with its field where it cannot be.
    """
    try:
        row.full_clean()
    except ValidationError as refused:
        field, messages = next(iter(refused.message_dict.items()))
        raise Problem("bad-delivery", messages[0], status=422, field=field) from None
    row.save()
    stamp_shop()
