"""What the customer says on his way through the checkout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.checkout.models import Basket, BasketState
from vafa.kit.problems import Problem


def say(basket: Basket, details: Mapping[str, Any], *, at: datetime) -> None:
    """Keep these details beside those said before, so that nothing is typed twice. Plain JSON values only.

    Problem `basket-busy` (409) while its order is being paid.
    """
    with transaction.atomic():
        held = Basket.objects.select_for_update().get(pk=basket.pk)
        if held.state != BasketState.OPEN:
            sentence = _("This basket is being paid. Go back to it first, then it can be changed.")
            raise Problem("basket-busy", sentence, status=409)
        held.said = {**held.said, **details}
        held.changed_at = at
        held.save(update_fields=["said", "changed_at"])
    basket.said = held.said
