"""The frontier of caution for a small history: every order promised again by what the pooled orders before it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from vafa.delivery.figures import CAUTIONS, chance_before, held_by_place, point_of
from vafa.delivery.track import settling_days
from vafa.engine.calendars import CutOff
from vafa.engine.decision import stacked
from vafa.engine.history import History, Question
from vafa.engine.local_days import DAY
from vafa.engine.outcomes import Outcomes
from vafa.engine.stated import PooledModel, StatedTime

FIRST, LEAST_SCORED, ORIGINS, MOST = 20, 20, 10, 2000


def pooled_figures(known: History, stated: Sequence[StatedTime], cut_off: CutOff) -> dict[str, Any]:
    """As `figures.figures_of`, from the newest 2,000 settled orders; empty where fewer than 20 can be scored."""
    early = known.placed <= known.last_fact - settling_days(known) * DAY
    rows = np.flatnonzero(early & ~known.cancelled)[FIRST:][-MOST:]
    if len(rows) < LEAST_SCORED:
        return {}
    curves, asked = [], []
    for part in np.array_split(rows, ORIGINS):
        if not len(part):
            continue
        moment = datetime.fromtimestamp(float(known.placed[part[0]]), UTC)
        model = PooledModel.of(known, moment, stated, cut_off)
        for row, curve in zip(part, model.curves([_question(known, int(row)) for row in part]), strict=True):
            if curve is not None:
                curves.append(curve.by_day)
                asked.append(int(row))
    if len(asked) < LEAST_SCORED:
        return {}
    matrix, where = stacked(curves), np.array(asked)
    outcomes = Outcomes.of(known, where)
    return {
        "orders": len(asked),
        "frontier": [point_of(caution, matrix, outcomes) for caution in CAUTIONS],
        "held": held_by_place(known, where, chance_before(matrix, outcomes.took)),
    }


def _question(known: History, row: int) -> Question:
    facts = known.facts
    return Question(
        asked_at=datetime.fromtimestamp(float(known.placed[row]), UTC),
        destination=facts.destination(row),
        origin=facts.origin(row),
        seller=str(facts.seller[row]),
        option=str(facts.option[row]),
    )
