"""The daily totals are at every moment what counting every promise gives."""

import random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from vafa.promises.actions import (
    break_overdue,
    cancel_promise,
    fold_totals,
    import_promises,
    make_promise,
    mend_totals,
    revise_promise,
    settle_promise,
)
from vafa.promises.models import DayTotal, Promise
from vafa.promises.queries import Headline, differences, headline, record
from vafa.promises.tests.make import ANSWER, DAY, DUE, NOON, a_promise, historic, tehran, terms
from vafa.promises.tests.test_any_order import anything, each_in_its_own_ledger, hours, many, row_of, tell
from vafa.promises.tests.test_workers import at_once

pytestmark = pytest.mark.django_db


@many
@given(
    histories=st.lists(st.tuples(st.booleans(), anything), min_size=1, max_size=3),
    rows=st.lists(st.tuples(st.integers(10, 13), st.none() | hours), max_size=8),
    folds=st.integers(0, 3),
)
def test_totals_are_what_counting_every_promise_gives(histories, rows, folds):
    """Promises made, moved, settled, corrected, taken back and cancelled; imports; folding in between."""

    @each_in_its_own_ledger
    def example():
        for number, (is_moment, steps) in enumerate(histories):
            promise = a_moment(number) if is_moment else a_promise(number)
            for turn, step in enumerate(steps):
                tell(promise, step, NOON + (turn + 1) * DAY)
                assert differences() == []
            import_promises([row_of(*row) for row in rows], at=tehran(12 + number))
            if number < folds:
                fold_totals()
        assert differences() == []
        before = headline(), headline(against="original"), record()
        fold_totals()
        assert (headline(), headline(against="original"), record()) == before
        assert differences() == []

    example()


def a_moment(number):
    due_at = tehran(4, 10)
    return make_promise(at=NOON, **terms(number, kind=ANSWER.name, due_at=due_at))


def test_the_record_tells_what_became_of_each_kind():
    a_promise(1)
    cancel_promise(a_promise(2), at=tehran(2))
    later = revise_promise(a_promise(3), asked_by="shop", due_on=DUE + DAY, at=tehran(2))
    revise_promise(a_promise(4), asked_by="customer", due_on=DUE + DAY, at=tehran(2))
    settle_promise(later, fulfilled_at=tehran(5), at=tehran(5))
    settle_promise(a_moment(5), fulfilled_at=tehran(4, 9), at=tehran(4))
    errand, answer = record()
    assert (errand.kind, errand.made, errand.revised, errand.revised_by_shop, errand.cancelled, errand.still_open) == (
        "test-errand", 6, 2, 1, 1, 2,
    )  # fmt: skip
    assert (errand.current, errand.original) == (Headline(1, 1, 0, 0.0), Headline(1, 0, 0, None))
    assert (answer.made, answer.current) == (1, Headline(1, 1, 1, pytest.approx(1 / 24)))
    assert record(DUE + DAY)[0].made == 2
    assert record(direction="from_supplier") == []


def test_a_headline_of_a_region_and_one_of_all_count_alike():
    """One is counted from the promises, one from the totals."""
    import_promises([historic(n, fulfilled_at=tehran(2 + n % 5)) for n in range(9)], at=tehran(20))
    assert headline(region="Fars") == headline()
    assert headline(against="original", region="Fars") == headline(against="original")


def test_folding_leaves_one_row_for_each_day_and_the_same_sums():
    for number in range(7):
        settle_promise(a_promise(number), fulfilled_at=tehran(2 + number % 4), at=tehran(6))
    assert DayTotal.objects.count() == 21
    before = headline()
    assert fold_totals() == 19
    assert (DayTotal.objects.count(), headline(), fold_totals()) == (2, before, 0)


def test_what_is_not_right_is_found_and_mended():
    import_promises([historic(n, fulfilled_at=tehran(3)) for n in range(4)], at=tehran(20))
    DayTotal.objects.filter(against="current").update(kept=3)
    (found,) = differences()
    assert (found.cell.day, found.missing["kept"], found.missing["settled"]) == (DUE, 1, 0)
    assert headline().kept == 3
    assert (mend_totals(), differences(), headline().kept) == (1, [], 4)


def test_totals_that_are_gone_altogether_are_counted_anew():
    import_promises([historic(n, fulfilled_at=tehran(3)) for n in range(4)], at=tehran(20))
    before = headline()
    DayTotal.objects.all().delete()
    assert (mend_totals(), headline()) == (2, before)


def test_a_change_that_is_undone_counts_for_nothing():
    promise = a_promise()
    with transaction.atomic():
        settle_promise(promise, fulfilled_at=tehran(2), at=tehran(3))
        transaction.set_rollback(True)
    assert (headline().settled, differences()) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_writers_and_folders_at_once_lose_nothing():
    """Sweeps, settlings, imports and folds beside each other; the sums are right afterwards."""
    promises = [a_promise(number) for number in range(40)]
    chance = random.Random(3)

    def settle_some():
        for promise in chance.sample(promises, 10):
            settle_promise(promise, fulfilled_at=tehran(3), at=tehran(20))

    at_once(
        lambda: sum(iter(lambda: break_overdue(tehran(20), limit=5), 0)),
        settle_some,
        lambda: [fold_totals() for _ in range(8)],
        lambda: [fold_totals() for _ in range(8)],
        lambda: import_promises([historic(n, fulfilled_at=tehran(3)) for n in range(90, 190)], at=tehran(20)),
    )
    assert differences() == []
    fold_totals()
    assert differences() == []
    assert headline().settled == Promise.objects.count() == 140


@pytest.mark.django_db(transaction=True)
def test_two_who_mend_at_once_mend_once():
    import_promises([historic(n, fulfilled_at=tehran(3)) for n in range(4)], at=tehran(20))
    DayTotal.objects.all().delete()
    at_once(*[mend_totals] * 3)
    assert differences() == []


def test_the_command_tells_checks_and_mends(capsys):
    import_promises([historic(n, fulfilled_at=tehran(3)) for n in range(4)], at=tehran(20))
    call_command("totals", "--check")
    assert capsys.readouterr().out == "Every daily total is what the ledger says.\n"
    DayTotal.objects.filter(against="current").update(kept=3)
    with pytest.raises(CommandError, match="1 daily total is not what the ledger says") as wrong:
        call_command("totals", "--check")
    assert wrong.value.returncode == 1
    assert "2026-03-04 test-errand to_customer current: kept +1" in capsys.readouterr().out
    call_command("totals", "--mend")
    assert capsys.readouterr().out == "1 daily total mended.\n"
    assert differences() == []


def test_the_command_prints_the_record(capsys):
    at = tehran(20)
    import_promises([historic(n, fulfilled_at=tehran(3)) for n in range(4)], at=at)
    call_command("totals", "--until", "2026-03-20")
    assert capsys.readouterr().out.splitlines() == [
        "Due within  kind         made  kept    exceeded  padding  revised  broken",
        "30 days     test-errand  4     100.0%  100.0%    1.0 d    0        0",
        "90 days     test-errand  4     100.0%  100.0%    1.0 d    0        0",
        "365 days    test-errand  4     100.0%  100.0%    1.0 d    0        0",
    ]
