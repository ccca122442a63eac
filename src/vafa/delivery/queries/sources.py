"""What answers a question: the active model, the pooled history, or both where the model knows few orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from vafa.delivery.queries.fitted import active_model, model_learned_by
from vafa.delivery.queries.history import history
from vafa.delivery.queries.pooled import beside_the_model, facts_end, small_history, the_cut_off
from vafa.delivery.staleness import asked_earlier, moved_on, weeks_after
from vafa.delivery.standins import averaged, filled_in, stand_ins_of
from vafa.delivery.track import track_of
from vafa.engine.curve import Curve
from vafa.engine.history import Place, Question
from vafa.engine.model import DeliveryModel
from vafa.engine.stated import PooledModel, blend, share_of_pooled
from vafa.shop.queries import once_in_a_request, stated_by_every_name


@dataclass(frozen=True)
class Source:
    """`version` and `held` are the model's; `pooled` reads the pooled history, which many questions do not need.

    `held`: see `figures.figures_of`. `looks_back`: it knows nothing that happened after some moment in the past.
    """

    version: str
    facts_until: datetime | None
    track: dict[str, Any]
    held: dict[str, list[float]]
    model: DeliveryModel | None
    pooled: Callable[[], PooledModel]
    looks_back: bool = False

    def curves(self, questions: Sequence[Question], at: datetime) -> list[Curve | None]:
        """A curve for each question; None where nothing carries one. `at` is the moment of the earliest question."""
        weeks = weeks_after(at, self.facts_until) if self.facts_until else 0
        asked = asked_earlier([_with_the_usual(question, self.track) for question in questions], weeks)
        found = self.pooled().curves(asked) if self.model is None else self._blended(self.model, asked)
        return moved_on(found, weeks)

    def _blended(self, model: DeliveryModel, asked: Sequence[Question]) -> list[Curve | None]:
        """The model's curves; where it knows few orders, mixed with what the pooled history says."""
        complete, places = filled_in(asked, self.track.get("stand_ins", {}))
        found: list[Curve | None] = list(averaged(model.curves(complete), places, len(asked)))
        shares = {
            row: share
            for row, curve in enumerate(found)
            if curve and (share := self.share_of_pooled(curve.evidence)) > 0
        }
        if not shares:
            return found
        for row, pooled in zip(shares, self.pooled().curves([asked[row] for row in shares]), strict=True):
            curve = found[row]
            if curve is not None and pooled is not None:
                found[row] = blend(pooled, curve, shares[row])
        return found

    def share_of_pooled(self, evidence: float) -> float:
        """How much the pooled history counts where the model knows so many orders."""
        return 1.0 if self.model is None else share_of_pooled(evidence, float(sum(self.model.evidence.values())))


def source_at(at: datetime) -> Source:
    """What answers now; the same for all questions of a page."""
    return once_in_a_request("delivery.source", lambda: _source_at(at))


def _source_at(at: datetime) -> Source:
    active = active_model()
    if active is not None:
        held = active.figures.get("held", {})
        return Source(
            active.version, active.facts_until, active.track, held, active.model, cache(lambda: beside_the_model(at))
        )
    small = small_history(at)
    held = (small.figures or {}).get("held", {})
    return Source("", small.facts_until, small.track, held, None, lambda: small.pooled)


def source_known_at(at: datetime) -> Source:
    """What would have answered at `at`, from nothing but facts before it; the shop's settings are today's. It is worked
    out anew, so it takes seconds.
    """
    known = history().until(at)
    pooled = PooledModel.of(known, at, stated_by_every_name(), the_cut_off())
    learned = model_learned_by(at)
    row, model = learned or (None, None)
    return Source(
        version=row.version if row is not None else "",
        facts_until=facts_end(known),
        track={**track_of(known), "stand_ins": stand_ins_of(known)},
        held=row.figures.get("held", {}) if row is not None else {},
        model=model.refreshed(known, at) if model is not None else None,
        pooled=lambda: pooled,
        looks_back=True,
    )


def curves_for(questions: Sequence[Question], at: datetime) -> list[Curve | None]:
    """Curves of many questions at once, by whatever answers now; None where nothing carries one."""
    return source_at(at).curves(questions, at)


def _with_the_usual(question: Question, track: dict[str, Any]) -> Question:
    """What need not be said: the seller where there is only one, and the carrier that usually takes this option."""
    carrier = question.carrier or track.get("carriers", {}).get(question.option, "")
    if question.seller or not track.get("seller"):
        return replace(question, carrier=carrier) if carrier else question
    origin = question.origin or Place(**track["origin"])
    return replace(question, seller=track["seller"], origin=origin, carrier=carrier)
