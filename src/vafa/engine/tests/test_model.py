from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from vafa.engine import Decision, DeliveryModel, History, Place, Question, Target, decide, fit
from vafa.engine.aim import AS_ASKED, Aim
from vafa.engine.calibration import Calibration
from vafa.engine.tests.orders import FAR, NEAR, NOON, STORE, shipments

TODAY = NOON + timedelta(days=200)


@pytest.fixture(scope="module")
def history() -> History:
    return History.of(shipments(), "UTC")


@pytest.fixture(scope="module")
def model(history: History) -> DeliveryModel:
    return fit(history, as_of=TODAY)


def question(place: Place = NEAR, **more: object) -> Question:
    return Question(TODAY, place, STORE, seller="s0", price=20.0, **more)  # type: ignore[arg-type]


def test_a_curve_starts_on_the_local_day_of_the_question_and_never_falls(model: DeliveryModel) -> None:
    curve = model.curve(question())
    assert curve.start == TODAY.date()
    assert len(curve.by_day) == model.horizon + 1
    assert np.all(np.diff(curve.by_day) >= 0)
    assert 0 <= curve.by_day[0] <= curve.by_day[-1] <= 1


def test_the_far_region_takes_longer(model: DeliveryModel) -> None:
    near, far = model.curves([question(NEAR), question(FAR)])
    assert near.by_day[6] > far.by_day[6] + 0.2


def later_by_payment() -> History:
    """Orders paid by transfer leave four days later."""
    paused = timedelta(days=4)
    return History.of(
        [
            replace(each, handed_over_at=each.handed_over_at + paused, delivered_at=each.delivered_at + paused)
            if each.payment == "Transfer" and each.handed_over_at and each.delivered_at
            else each
            for each in shipments(800)
        ],
        "UTC",
    )


def test_an_order_that_waits_for_its_payment_arrives_later() -> None:
    model = fit(later_by_payment(), as_of=TODAY)
    card, transfer, shouted, other = model.curves(
        [question(payment=paid) for paid in ("card", "transfer", "  TRANSFER", "bitcoin")]
    )
    assert card.by_day[7] > transfer.by_day[7] + 0.2
    assert np.array_equal(transfer.by_day, shouted.by_day)
    assert transfer.by_day[7] < other.by_day[7] + 1e-9


def test_a_payment_says_nothing_where_the_history_knows_none() -> None:
    model = fit(History.of([replace(each, payment="") for each in shipments()], "UTC"), as_of=TODAY)
    known, unknown = model.curves([question(payment="card"), question()])
    assert np.array_equal(known.by_day, unknown.by_day)


def test_evidence_counts_the_arrivals_in_the_region(history: History, model: DeliveryModel) -> None:
    known = history.until(TODAY)
    arrived = np.isfinite(known.delivered) & (known.facts.destination_region == "F")
    assert model.curve(question(FAR)).evidence == arrived.sum()
    assert model.curve(question(Place("55555", region="nowhere"))).evidence == 0


def test_many_questions_are_answered_like_one_by_one(model: DeliveryModel) -> None:
    asked = [question(NEAR), question(FAR), question(FAR, handed_over_at=TODAY, placed_at=NOON)]
    for curve, each in zip(model.curves(asked), asked, strict=True):
        assert np.allclose(curve.by_day, model.curve(each).by_day, atol=1e-12)


def test_a_parcel_on_its_way_arrives_sooner_than_one_that_is_only_ordered(model: DeliveryModel) -> None:
    ordered = model.curve(question(FAR))
    waiting = model.curve(question(FAR, placed_at=TODAY - timedelta(days=1)))
    moving = model.curve(question(FAR, placed_at=TODAY - timedelta(days=4), handed_over_at=TODAY - timedelta(days=3)))
    assert moving.by_day[5] > 2 * max(ordered.by_day[5], waiting.by_day[5])


def test_an_unknown_place_seller_and_category_get_an_average_answer(model: DeliveryModel) -> None:
    curve = model.curve(Question(TODAY, Place("", region="?"), seller="new", category="new"))
    assert model.curve(question(FAR)).by_day[8] - 0.2 < curve.by_day[8] < model.curve(question(NEAR)).by_day[8] + 0.2


def test_nonsense_numbers_do_not_break_a_quote(model: DeliveryModel) -> None:
    odd = replace(question(), price=-5.0, weight_g=-1.0, freight=1e300, items=0)
    assert np.isfinite(model.curve(odd).by_day).all()


def test_a_question_in_another_century_is_answered(model: DeliveryModel) -> None:
    later = replace(question(), asked_at=datetime(2101, 5, 1, tzinfo=UTC))
    assert np.isfinite(model.curve(later).by_day).all()


def test_a_model_comes_back_from_its_bytes_and_answers_the_same(model: DeliveryModel) -> None:
    again = DeliveryModel.from_bytes(model.to_bytes())
    assert again.version == model.version
    assert np.array_equal(again.curve(question()).by_day, model.curve(question()).by_day)


def test_every_curve_of_a_model_says_what_outcomes_ask_of_a_promise(model: DeliveryModel) -> None:
    aim = Aim((-0.1, -0.2, -0.4, -0.3))
    taught = DeliveryModel.from_bytes(model.calibrated(Calibration(aim=aim)).to_bytes())
    assert [curve.aim for curve in taught.curves([question(NEAR), question(FAR)])] == [aim, aim]
    assert model.curve(question()).aim == AS_ASKED
    for target in (0.5, 0.8, 0.9):
        found = decide(taught.curve(question()), Target(target))
        assert isinstance(found, Decision)
        assert found.probability >= aim.least(target)
        assert found.earlier is None or found.earlier.probability < aim.least(target)


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="not a stored model"):
        DeliveryModel.from_bytes(b"hello")


def test_the_same_history_and_seed_give_the_same_model(history: History, model: DeliveryModel) -> None:
    assert fit(history, as_of=TODAY).version == model.version
    assert fit(history, as_of=TODAY, seed=1).version != model.version


def test_what_happens_after_the_fit_does_not_change_it(model: DeliveryModel) -> None:
    limit = TODAY - timedelta(days=60)
    changed = [
        replace(
            each,
            handed_over_at=each.handed_over_at if each.handed_over_at < limit else None,
            delivered_at=each.delivered_at if each.delivered_at < limit else None,
        )
        for each in shipments()
        if each.placed_at < limit
    ]
    whole = fit(History.of(shipments(), "UTC"), as_of=limit)
    assert whole.version == fit(History.of(changed, "UTC"), as_of=limit).version


def test_refreshing_knows_newer_facts_and_keeps_the_trees(history: History, model: DeliveryModel) -> None:
    older = fit(history, as_of=TODAY - timedelta(days=60))
    newer = older.refreshed(history, TODAY)
    assert newer.fitted is older.fitted
    assert newer.drift.day == older.drift.day + 60
    assert newer.records.as_plain() != older.records.as_plain()


def test_without_hand_over_times_one_stretch_is_enough() -> None:
    model = fit(History.of(shipments(200, handed=False), "UTC"), as_of=TODAY)
    assert model.fitted.handling is None
    curve = model.curve(question(FAR))
    assert 0.3 < curve.by_day[10] < 0.9


def test_nothing_arrived_yet_is_said_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="nothing to learn from"):
        fit(History.of(shipments(20), "UTC"), as_of=NOON)


def test_progress_ends_with_all_of_it_done(history: History) -> None:
    told: list[float] = []
    fit(history, as_of=TODAY, progress=lambda share, text: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
