from __future__ import annotations

import numpy as np
import pytest

from vafa.engine.arrival import LASTING, Stretch
from vafa.engine.clock import WorkClock
from vafa.engine.drift import CROWDED, LEFT_BEHIND, LIMIT, Drift, Moving, carried, crowding, follow
from vafa.engine.hazard import Grid
from vafa.engine.local_days import DAY
from vafa.engine.records import COLUMNS, Records

CLOCK = WorkClock(np.ones(7), 1.0, frozenset(), 0, 400)
GRID = Grid(np.arange(61.0))


def moving(pace: float, *, slow_region_pace: float | None = None, count: int = 3000) -> Moving:
    """Parcels believed to need an exponential time of 5 days; they move `pace` times as fast."""
    chance = np.random.default_rng(4)
    begin = np.sort(chance.uniform(0, 100, count))
    region = np.array(["slow" if each else "other" for each in chance.random(count) < 0.3], dtype=object)
    own = np.where(region == "slow", slow_region_pace or pace, pace)
    everywhere = np.full(count, "", dtype=object)
    groups = {"all": everywhere, "region": region, "area": region}
    end = begin + chance.exponential(5.0, count) / own
    believed = np.tile(-GRID.nodes / 5.0, (count, 1))
    return Moving(begin, end, groups, believed, GRID, CLOCK)


def log_pace(drift: Drift, region: str, later: float = 0.0) -> float:
    groups = {
        name: np.array([value], dtype=object) for name, value in (("all", ""), ("region", region), ("area", region))
    }
    return float(drift.log_pace(groups, np.array([drift.day + later]))[0])


def test_parcels_that_move_as_expected_show_no_drift() -> None:
    last = list(follow(moving(1.0), 0, 100))[-1]
    assert abs(log_pace(last, "other")) < 0.1


def test_a_slump_of_the_whole_network_is_seen() -> None:
    last = list(follow(moving(0.7), 0, 100))[-1]
    assert log_pace(last, "other") == pytest.approx(np.log(0.7) * 1.1, abs=0.1)


def test_a_slump_of_one_region_stays_there() -> None:
    last = list(follow(moving(1.0, slow_region_pace=0.6), 0, 100))[-1]
    assert log_pace(last, "slow") < -0.25
    assert abs(log_pace(last, "other")) < 0.12


def test_what_is_known_fades_while_nothing_new_is_told() -> None:
    last = list(follow(moving(0.7), 0, 100))[-1]
    assert log_pace(last, "other") < log_pace(last, "other", later=10.0) < log_pace(last, "other", later=300.0) <= 0.0


def test_the_worst_slump_is_capped() -> None:
    last = list(follow(moving(0.05), 0, 100))[-1]
    assert log_pace(last, "other") == -LIMIT


def test_a_day_knows_nothing_of_later_days() -> None:
    normal = moving(0.8)
    late = np.where(normal.end >= 60, np.inf, normal.end)
    changed = Moving(normal.begin, late, normal.groups, normal.log_survival, GRID, CLOCK)
    before, after = list(follow(normal, 0, 60)), list(follow(changed, 0, 60))
    assert before == after


def test_a_drift_comes_back_from_plain_values() -> None:
    last = list(follow(moving(0.8), 0, 50))[-1]
    assert Drift.from_plain(last.as_plain()) == last


def test_a_seen_slump_lasts_less_and_less_along_the_way() -> None:
    stretch = Stretch(CLOCK, GRID, [], [])
    usual = np.tile(-GRID.nodes / 1e4, (2, 1))  # hardly any has arrived: all are carried along
    slow = stretch.paced(usual, np.full(2, -0.4), np.array([0.0, 20.0]))
    log_factor = np.log(np.diff(slow) / np.diff(usual))
    assert log_factor[0, 0] == pytest.approx(-0.4 * np.exp(-0.5 / LASTING), rel=0.02)
    assert log_factor[0, 30] == pytest.approx(-0.4 * np.exp(-30.5 / LASTING), rel=0.02)
    assert log_factor[1, :20] == pytest.approx(np.full(20, -0.4), rel=0.02)  # a parcel of 20 days: it is slow now
    assert log_factor[1, 30] == pytest.approx(-0.4 * np.exp(-10.5 / LASTING), rel=0.02)


def test_a_slump_no_longer_moves_who_is_left_behind() -> None:
    usual = np.tile(-GRID.nodes / 5.0, (1, 1))
    slow = Stretch(CLOCK, GRID, [], []).paced(usual, np.full(1, -0.4), np.array([60.0]))
    log_factor = np.log(np.diff(slow) / np.diff(usual))[0]
    assert log_factor[0] == pytest.approx(-0.4, rel=0.02)
    assert abs(log_factor[30]) < 0.001  # after six times the usual way: exp(-6) of the parcels
    assert carried(np.array([LEFT_BEHIND, 1.0, 0.0])) == pytest.approx([0.5, 1 / 1.01, 0.0])


def test_arrivals_of_who_was_left_behind_say_little_about_the_network() -> None:
    """The same number of arrivals too few: among the many on their way, or among those nearly all like them left."""
    on_the_way, left = (moving_at_age(age) for age in (0.0, 30.0))
    assert log_pace(list(follow(on_the_way, 0, 2))[-1], "other") < -0.3
    assert abs(log_pace(list(follow(left, 0, 2))[-1], "other")) < 0.01


def moving_at_age(age: float) -> Moving:
    """600 parcels of that age, believed to need an exponential time of 5 days; none arrives."""
    begin, never = np.full(600, -age), np.full(600, np.inf)
    groups = {name: np.full(600, "", dtype=object) for name in ("all", "region", "area")}
    clock = WorkClock(np.ones(7), 1.0, frozenset(), -100, 400)
    return Moving(begin, never, groups, np.tile(-GRID.nodes / 5.0, (600, 1)), GRID, clock)


def ordered(*days: float) -> Records:
    records = Records()
    for number, day in enumerate(days):
        records.tell_order({"seller": "s", "region": "r", "all": ""}, str(number), day * DAY)
    return records


def surge(records: Records, day: float) -> float:
    names = dict.fromkeys(("seller", "region", "all", "origin", "category", "lane", "area", "city"), "")
    read = records.read({**names, "seller_region": "", "payment": ""}, day * DAY)
    return read[COLUMNS.index("surge")]


def test_a_surge_of_orders_is_known_while_it_happens() -> None:
    steady = np.arange(0, 100, 0.02)
    assert abs(surge(ordered(*steady), 100.0)) < 0.05
    black_friday = np.concatenate([steady, np.arange(100, 101, 0.004)])
    assert surge(ordered(*black_friday), 101.0) > 0.5


def test_a_few_orders_more_are_no_surge_in_a_small_shop() -> None:
    assert abs(surge(ordered(*range(0, 100, 2), 99.1, 99.2, 99.3), 99.4)) < 0.15


def test_a_shop_that_stopped_telling_its_orders_is_not_taken_for_a_quiet_one() -> None:
    records = ordered(*np.arange(0, 100, 0.02))
    assert abs(surge(records, 110.0)) < 0.01


def test_parcels_of_a_surge_are_slower_and_never_beyond_the_cap() -> None:
    slowed = crowding(np.array([0.0, np.log(2), 50.0, -50.0]))
    assert slowed.tolist() == pytest.approx([0.0, -CROWDED * np.log(2), -CROWDED, CROWDED])
