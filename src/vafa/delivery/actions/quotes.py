"""Writes of quotes: an answer kept for a while, so that it can be turned into a promise unchanged."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from vafa.delivery.answers import Answer
from vafa.delivery.models import Quote
from vafa.delivery.queries.places import destination_of
from vafa.delivery.queries.quoting import answer
from vafa.delivery.queries.sources import source_at
from vafa.delivery.questions import Asked, require_sane
from vafa.engine.history import Place
from vafa.kit import clock

__all__ = ["Asked", "keep_shown", "make_quote"]
VALID_FOR = timedelta(hours=2)


def make_quote(asked: Asked, *, at: datetime | None = None) -> Quote:
    """Answer the question for every option asked and keep the answers for two hours.

    A Problem says which field cannot be answered. The quote is one row and is never changed.
    """
    now = at or clock.now()
    moment = require_sane(asked, now)
    answered = answer(asked, moment)
    return Quote.objects.create(
        asked_at=moment,
        expires_at=now + VALID_FOR,
        question=_plain(asked, moment, answered.destination),
        answers=[each.as_json() for each in answered.answers],
        model_version=answered.model_version,
    )


def keep_shown(asked: Asked, shown: Answer, *, at: datetime) -> Quote:
    """Keep one answer that a customer was shown (remembered for some minutes, see `queries.honest`), so that exactly
    what he agreed to is promised: worked out again, another weight within the same step may give another day.

    A Problem says which field cannot be meant.
    """
    moment = require_sane(asked, at)
    return Quote.objects.create(
        asked_at=moment,
        expires_at=at + VALID_FOR,
        question=_plain(asked, moment, destination_of(asked.to).place),
        answers=[shown.as_json()],
        model_version=source_at(moment).version,
    )


def _plain(asked: Asked, moment: datetime, destination: Place) -> dict[str, Any]:
    where = {"city": destination.city or destination.code, "region": destination.region}
    ready_at = asked.ready_at.isoformat() if asked.ready_at else None
    return {**asdict(asked), **where, "options": list(asked.options), "at": moment.isoformat(), "ready_at": ready_at}
