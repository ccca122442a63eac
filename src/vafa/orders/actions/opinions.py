"""Buyers' opinions: given, read by a person, shown."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions import show_opinions
from vafa.catalog.models.products import Opinions
from vafa.kit.problems import Problem
from vafa.orders.models import Opinion, OpinionState, OrderLine
from vafa.orders.queries import shown_opinions

LONGEST, LONGEST_NAME, MOST_ON_PAGE = 3000, 60, 5


def give_opinion(line: OrderLine, *, stars: int, text: str, name: str, language: str, at: datetime) -> Opinion:
    """Write down what the buyer of `line` says; a second time replaces the first and is read again by a person.

    Who calls has made sure that the buyer asks and that it has arrived. Problems: `bad-stars`, `too-long`,
    `not-a-product` (a line that no product of the shop stands behind).
    """
    if not 1 <= stars <= 5:
        raise Problem("bad-stars", _("Give one to five stars."), field="stars")
    if len(text) > LONGEST or len(name) > LONGEST_NAME:
        raise Problem("too-long", _("That is too long."), field="text")
    if not line.product:
        raise Problem("not-a-product", _("This cannot be reviewed."), status=409)
    said = {
        "product": line.product,
        "stars": stars,
        "text": text.strip(),
        "name": name.strip(),
        "language": language,
        "state": OpinionState.WAITING if text.strip() else OpinionState.SHOWN,
        "given_at": at,
        "decided_at": None,
        "decided_by": "",
        "reply": "",
    }
    with transaction.atomic():
        opinion, _is_new = Opinion.objects.update_or_create(line=line, defaults=said)
        _show(line.product)
    return opinion


def decide_opinion(opinion: Opinion, *, shown: bool, by: str, at: datetime, reply: str = "") -> bool:
    """A person read it: it is shown, with the shop's reply, or refused. Whether this changed anything."""
    state = OpinionState.SHOWN if shown else OpinionState.REFUSED
    with transaction.atomic():
        changed = (
            Opinion.objects.filter(pk=opinion.pk, given_at=opinion.given_at)
            .exclude(state=state, reply=reply.strip())
            .update(state=state, decided_at=at, decided_by=by, reply=reply.strip()[:LONGEST])
        )
        _show(opinion.product)
    return bool(changed)


def _show(product: str) -> None:
    """What the product's page and card say of opinions, made anew from all that are shown."""

    def read() -> Opinions:
        many = Counter(shown_opinions(product).values_list("stars", flat=True))
        newest = shown_opinions(product).exclude(text="")[:MOST_ON_PAGE]
        return {
            "count": many.total(),
            "stars": sum(stars * count for stars, count in many.items()),
            "each": [many[stars] for stars in (5, 4, 3, 2, 1)],
            "newest": [
                {
                    "stars": each.stars,
                    "text": each.text,
                    "name": each.name,
                    "at": each.given_at.isoformat(),
                    "reply": each.reply,
                }
                for each in newest
            ],
        }

    show_opinions(product, read)
