from datetime import date

import pytest

from vafa.promises.actions import break_overdue, cancel_promise, import_promises, revise_promise, settle_promise
from vafa.promises.queries import (
    Group,
    Headline,
    at_risk,
    by_kind,
    by_period,
    by_place,
    by_seller,
    chain_of,
    headline,
    ledger,
    open_promises,
    overdue,
    promises_about,
)
from vafa.promises.tests.make import DAY, DUE, a_promise, historic, tehran

pytestmark = pytest.mark.django_db
NOW = tehran(20)


def outcomes(*days_late, first=1, **changes):
    """Imported promises due on DUE, fulfilled so many days after it (before it when negative)."""
    import_promises(
        [historic(first + n, fulfilled_at=tehran(4 + late), **changes) for n, late in enumerate(days_late)], at=NOW
    )


def test_nothing_settled_has_no_rates():
    a_promise()
    none = headline()
    assert (none, none.kept_rate, none.exceeded_rate) == (Headline(0, 0, 0, None), None, None)


def test_the_headline_three():
    outcomes(-2, -1, 0, 3)
    found = headline()
    assert found == Headline(settled=4, kept=3, exceeded=2, padding_days=1.0)
    assert (found.broken, found.kept_rate, found.exceeded_rate) == (1, 0.75, 0.5)


def test_open_and_cancelled_promises_are_not_settled():
    outcomes(0)
    a_promise(7)
    cancel_promise(a_promise(8), at=tehran(2))
    assert headline().settled == 1


def test_a_promise_of_a_moment_has_margins_in_parts_of_days():
    for number, hour in ((1, 6), (2, 11)):
        promise = a_promise(number, kind="test-answer", due_at=tehran(4, 12))
        settle_promise(promise, fulfilled_at=tehran(4, hour), at=NOW)
    assert headline() == Headline(2, 2, 2, pytest.approx(3.5 / 24))


def test_a_chain_counts_once_by_its_end_and_against_both_dates():
    later = revise_promise(a_promise(), asked_by="shop", due_on=DUE + 2 * DAY, at=tehran(2))
    settle_promise(later, fulfilled_at=tehran(5), at=NOW)
    assert headline() == Headline(1, 1, 1, 1.0)
    assert headline(against="original") == Headline(1, 0, 0, None)


def test_each_view_takes_its_own_date_for_the_period():
    later = revise_promise(a_promise(), asked_by="shop", due_on=date(2026, 4, 2), at=tehran(2))
    settle_promise(later, fulfilled_at=tehran(5), at=NOW)
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert (headline(*march).settled, headline(*march, against="original").settled) == (0, 1)


def test_broken_before_the_original_has_passed_is_undecided_against_it():
    sooner = revise_promise(a_promise(due_on=DUE + 20 * DAY), asked_by="shop", due_on=DUE, at=tehran(2))
    break_overdue(tehran(8))
    sooner.refresh_from_db()
    assert (sooner.state, headline(), headline(against="original")) == (
        "broken", Headline(1, 0, 0, None), Headline(0, 0, 0, None, undecided=1),
    )  # fmt: skip


def test_by_month_with_any_calendar():
    outcomes(-1, 1)
    outcomes(0, first=5, due_on=date(2026, 4, 2))
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert [(group.name, group.headline.settled) for group in by_period(first, last)] == [
        (date(2026, 3, 1), 2), (date(2026, 4, 1), 1),
    ]  # fmt: skip
    (whole,) = by_period(first, last, start_of=lambda day: date(day.year, 1, 1))
    assert whole == Group(date(2026, 1, 1), headline())


def test_by_region_place_seller_and_kind():
    outcomes(-1, 1, seller="s1")
    outcomes(0, first=5, region="Yazd", place="Meybod", seller="s2")
    assert [(group.name, group.headline.kept_rate) for group in by_place()] == [("Fars", 0.5), ("Yazd", 1.0)]
    assert [group.name for group in by_place(level="place")] == ["Shiraz", "Meybod"]
    assert [group.headline.settled for group in by_seller()] == [2, 1]
    assert [group.name for group in by_kind()] == ["test-errand"]
    assert headline(region="Yazd", seller="s2").settled == 1


def test_a_region_that_is_recorded_in_two_scripts_is_counted_and_found_as_one():
    outcomes(-1, 1, 1)
    outcomes(0, first=5, region="فارس", place="شیراز")
    (fars,) = by_place()
    assert (fars.name, fars.headline.settled, fars.headline.kept) == ("Fars", 4, 2)
    assert [group.headline.settled for group in by_place(level="place")] == [4]
    for name in ("Fars", "فارس"):
        assert headline(region=name).settled == 4
        assert ledger(region=name).count() == 4


def test_promises_from_suppliers_are_counted_apart():
    outcomes(0, direction="from_supplier")
    assert (headline().settled, headline(direction="from_supplier").settled) == (0, 1)


def test_at_risk_are_those_due_soon_and_those_unlikely():
    soon = a_promise(1, probability=0.99)
    unlikely = a_promise(2, due_on=DUE + 9 * DAY, probability=0.5)
    a_promise(3, due_on=DUE + 9 * DAY, probability=0.95)
    a_promise(4, due_on=DUE + 9 * DAY, probability=None)
    assert at_risk(at=tehran(4)) == [soon, unlikely]
    assert at_risk(at=tehran(4), limit=1) == [soon]
    assert at_risk(at=tehran(4), below=0.4) == [soon]


def test_overdue_are_those_in_their_grace():
    promise = a_promise()
    import_promises([historic(2)], known_until=tehran(1), at=tehran(5))
    assert (overdue(at=tehran(4)), overdue(at=tehran(5)), at_risk(at=tehran(5))) == ([], [promise], [])
    break_overdue(tehran(8))
    assert overdue(at=tehran(8)) == []


def test_at_risk_costs_two_queries_however_many_there_are(django_assert_num_queries):
    for number in range(30):
        a_promise(number)
    with django_assert_num_queries(2):
        at_risk(at=tehran(4), limit=40)


def test_promises_are_found_by_their_subject_and_in_their_chain():
    first = a_promise(1)
    second = revise_promise(first, asked_by="shop", due_on=DUE + DAY, at=tehran(2))
    third = revise_promise(second, asked_by="customer", due_on=DUE + 2 * DAY, at=tehran(3))
    a_promise(2)
    assert chain_of(second) == [first, second, third]
    assert list(promises_about("order", "A-1")) == [third, second, first]
    assert (open_promises().count(), ledger(order="A-1", state="open").get()) == (2, third)
