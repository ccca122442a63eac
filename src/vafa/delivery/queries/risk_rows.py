"""One promise at risk as the staff see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vafa.delivery.models import Choice, Notice, NoticeState, Watched
from vafa.delivery.queries.watching import AT_RISK_BELOW, UNDECIDED, notices_of, watched_of
from vafa.delivery.watch_words import nothing_unusual, reason_in_words
from vafa.messages.models import Message
from vafa.messages.queries import messages_by_key
from vafa.promises.models import Promise


@dataclass(frozen=True)
class Told:
    """One notice, and the message that carried it (None: by phone)."""

    notice: Notice
    message: Message | None

    @property
    def choice(self) -> str:
        """What the customer chose, in words; "" while he has not."""
        return str(Choice(self.notice.choice).label) if self.notice.choice else ""


@dataclass(frozen=True)
class RiskRow:
    """What is thought of a promise, why, what was told, and whether a notice waits."""

    watched: Watched
    reasons: Sequence[str]
    told: Sequence[Told]
    waiting: Notice | None

    @property
    def of_hundred(self) -> int | None:
        """Times in 100 that it would be kept; never 0 and never 100 before its day, for nothing is certain."""
        chance = self.watched.probability
        if chance is None:
            return None
        return round(100 * chance) if self.watched.promise.is_overdue else min(99, max(1, round(100 * chance)))


def risk_rows(found: Sequence[Watched]) -> list[RiskRow]:
    """The rows for these, with three queries however many there are."""
    notices = notices_of(watched.promise_id for watched in found)
    every = [notice for each in notices.values() for notice in each]
    sent = messages_by_key([notice.message_key for notice in every])
    return [_row(watched, notices.get(watched.promise_id, []), sent) for watched in found]


def risk_row_of(promise: Promise) -> RiskRow | None:
    """The row of one promise; None where it is not watched (any more)."""
    watched = watched_of(promise)
    return risk_rows([watched])[0] if watched else None


def _row(watched: Watched, notices: Sequence[Notice], sent: dict[str, Message]) -> RiskRow:
    told = [Told(each, sent.get(each.message_key)) for each in notices if each.state == NoticeState.SENT]
    waiting = next((each for each in notices if each.state in UNDECIDED), None)
    reasons: list[Any] = [words for reason in watched.reasons if (words := reason_in_words(reason))]
    if not reasons and watched.probability is not None and watched.probability < AT_RISK_BELOW:
        reasons = [nothing_unusual()]
    return RiskRow(watched, reasons, told, waiting)
