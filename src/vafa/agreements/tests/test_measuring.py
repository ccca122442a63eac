"""What a level comes to, what the ledger says of it, and the credit that follows."""

from datetime import date, datetime, timedelta

import pytest

from vafa.agreements import actions
from vafa.agreements.models import Claim, Measurement
from vafa.agreements.periods import start_of_day
from vafa.agreements.tests.make import DAY, IN_JUNE, draft, in_force, level, parcels, terms_of, tipax
from vafa.kit.tests.together import at_once
from vafa.promises.actions import break_overdue
from vafa.promises.models import Promise, State
from vafa.promises.queries import events_of, promise_of
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
ZONE = "Asia/Tehran"
APRIL = start_of_day(date(2026, 4, 1), ZONE) + timedelta(hours=12)
AFTER = start_of_day(date(2026, 4, 28), ZONE)  # Farvardin ended on 20 April; three days and three more


@pytest.fixture(autouse=True)
def _shop():
    save_settings(name="Ketab", zone=ZONE, holiday_country="", default_language="fa")


def measured(at=AFTER):
    actions.promise_and_measure(at=at)
    return list(Measurement.objects.order_by("first"))


def test_a_month_that_was_kept_is_met_and_its_promise_kept():
    in_force()
    parcels([1] * 9 + [7], handed=APRIL)
    (row,) = measured()
    assert (row.first, row.last) == (date(2026, 3, 21), date(2026, 4, 20))
    assert (row.observed, row.met, row.outcome, row.credit_minor) == (10, 9, "met", 0)
    promise = Promise.objects.get(public_id=row.promise_ref)
    assert (promise.state, promise.kind, promise.direction) == ("kept", "agreed_level", "from_supplier")
    assert (promise.due_on, promise.party_ref) == (date(2026, 4, 20), "tipax")


def test_a_month_that_fell_short_breaks_its_promise_at_once_and_brings_a_credit():
    in_force()
    parcels([1] * 8 + [4, None], handed=APRIL)
    (row,) = measured()
    assert (row.observed, row.met, row.outcome) == (10, 8, "missed")
    assert row.credit_minor == 10_000  # ten points under 90 %
    promise = Promise.objects.get(public_id=row.promise_ref)
    assert promise.state == State.BROKEN
    assert events_of(promise)[-1].evidence == {"by": "measurement", "observed": "10", "met": "8"}
    claim = Claim.objects.get()
    assert (claim.amount_minor, claim.state, claim.currency) == (10_000, "due", "IRR")


def test_a_credit_has_a_cap_and_a_begun_step_counts_whole():
    in_force(target=0.895)
    parcels([1] * 8 + [None, None], handed=APRIL)
    assert measured()[0].credit_minor == 10_000  # 9.5 points are ten begun ones
    parcels([None] * 10, handed=APRIL + 20 * DAY)
    assert measured(AFTER + 40 * DAY)[1].credit_minor == 15_000


def test_with_too_few_observations_nothing_is_said():
    in_force()
    parcels([9] * 9, handed=APRIL)
    (row,) = measured()
    assert (row.outcome, row.share, row.credit_minor) == ("too_few", None, 0)
    assert Promise.objects.get(public_id=row.promise_ref).state == State.CANCELLED
    assert Claim.objects.count() == 0


def test_nothing_is_measured_before_everything_can_be_known():
    in_force()
    parcels([1] * 10, handed=APRIL)
    ready = start_of_day(date(2026, 4, 27), ZONE)
    assert measured(ready - timedelta(seconds=1)) == []
    assert len(measured(ready)) == 1


def test_measuring_again_changes_nothing_even_when_facts_come_later():
    in_force()
    parcels([1] * 10, handed=APRIL)
    before = measured()
    parcels([30] * 10, handed=APRIL, start=50)
    assert actions.promise_and_measure(at=AFTER + DAY) == 0
    assert (
        [(row.observed, row.met) for row in Measurement.objects.all()]
        == [(10, 10)]
        == [(row.observed, row.met) for row in before]
    )


def test_a_running_month_is_promised_on_its_first_day_and_only_once():
    agreement = in_force(at=AFTER)
    actions.promise_and_measure(at=AFTER)
    actions.promise_and_measure(at=AFTER + timedelta(hours=1))
    running = promise_of(f"agreements:{agreement.public_id}:1:2026-04-21")
    assert (running.state, running.due_on, running.origin) == ("open", date(2026, 5, 21), "agreement")
    assert "۹۰" in running.text["fa"]
    assert Promise.objects.filter(state=State.OPEN).count() == 1


def test_the_sweep_leaves_the_time_for_measuring_and_a_late_measurement_corrects_it():
    agreement = in_force(at=APRIL)
    actions.promise_and_measure(at=APRIL)
    parcels([1] * 10, handed=APRIL)
    assert break_overdue(AFTER) == 0
    assert break_overdue(AFTER + 60 * DAY) == 1  # the worker was away for two months
    actions.promise_and_measure(at=AFTER + 61 * DAY)
    first = promise_of(f"agreements:{agreement.public_id}:1:2026-03-21")
    assert (first.state, first.corrected) == (State.KEPT, True)


def test_an_agreement_that_began_in_the_middle_of_a_month_counts_from_the_next():
    made = draft(agreed_on=date(2026, 3, 22), valid_from=date(2026, 3, 22))
    level(made)
    actions.put_in_force(made, at=IN_JUNE)
    parcels([9] * 20, handed=APRIL)
    assert [row.first for row in measured(IN_JUNE)] == [date(2026, 4, 21)]


def test_an_ended_agreement_is_measured_to_its_last_whole_month():
    made = in_force()
    actions.end_agreement(made, at=start_of_day(date(2026, 5, 1), ZONE))
    assert [row.first for row in measured(IN_JUNE + 60 * DAY)] == [date(2026, 3, 21)]


def test_working_days_leave_out_the_shops_fridays():
    friday_between = start_of_day(date(2026, 4, 2), ZONE) + timedelta(hours=12)  # a Thursday
    in_force(working_days=True)
    parcels([4] * 10, handed=friday_between)  # Monday: Saturday, Sunday, Monday are three
    assert measured(AFTER + 20 * DAY)[0].met == 10


def test_parcels_of_another_carrier_or_another_month_do_not_count():
    in_force()
    parcels([9] * 20, handed=APRIL, carrier="Post")
    parcels([9] * 20, handed=start_of_day(date(2026, 4, 21), ZONE))
    parcels([1] * 10, handed=start_of_day(date(2026, 4, 21), ZONE) - timedelta(seconds=1))
    assert (measured()[0].observed, measured()[0].met) == (10, 10)


def test_promises_to_a_business_customer_are_counted_by_its_number():
    from vafa.promises.actions import settle_promise
    from vafa.promises.tests.make import a_promise

    partner = actions.save_partner("school", name="School", role="business", ref="C-77")
    made = draft(partner, code="school")
    level(made, measure="kept", within=None, promise_kind="test-errand", minimum=2, target=1.0)
    actions.put_in_force(made, at=APRIL)
    kept = a_promise(1, at=APRIL, party_ref="C-77", due_on=date(2026, 4, 5))
    settle_promise(kept, fulfilled_at=APRIL + DAY, at=APRIL + DAY)
    a_promise(2, at=APRIL, party_ref="C-77", due_on=date(2026, 4, 6))
    a_promise(3, at=APRIL, party_ref="C-1", due_on=date(2026, 4, 6))
    break_overdue(APRIL + 12 * DAY)
    (row,) = measured()
    assert (row.observed, row.met, row.outcome) == (2, 1, "missed")
    assert Promise.objects.get(public_id=row.promise_ref).direction == "to_customer"


def test_answers_count_when_they_came_in_time():
    made = draft(actions.save_partner("host", name="Host", role="hosting", ref=""), code="answers")
    held = level(made, measure="answered", within=4, minimum=2, target=0.5)
    actions.put_in_force(made, at=IN_JUNE)
    for number, hours in enumerate([4, 5, None]):
        answered = None if hours is None else APRIL + timedelta(hours=hours)
        actions.enter_answer(held, reference=f"T{number}", asked_at=APRIL, answered_at=answered, at=IN_JUNE)
    assert [(row.observed, row.met) for row in measured(AFTER)] == [(3, 1)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_measure_a_month_once():
    in_force()
    parcels([1] * 5 + [None] * 5, handed=APRIL)

    moments = [AFTER, AFTER + timedelta(seconds=1)]
    done = at_once(*[lambda at=moment: actions.promise_and_measure(at=at) for moment in moments])
    assert sum(done) == 1
    assert (Measurement.objects.count(), Claim.objects.count()) == (1, 1)
    assert [p.state for p in Promise.objects.filter(due_on=date(2026, 4, 20))] == ["broken"]


def test_a_level_of_an_earlier_version_goes_on_until_the_new_one_begins():
    first = in_force(at=APRIL)
    second = actions.next_version(first)
    actions.change_draft(second, **terms_of(second, valid_from=date(2026, 5, 22)))
    actions.put_in_force(second, at=AFTER)
    parcels([1] * 10, handed=APRIL)
    parcels([1] * 10, handed=APRIL + 60 * DAY)
    rows = measured(AFTER + 61 * DAY)
    assert [(row.level.agreement.version, row.first) for row in rows] == [
        (1, date(2026, 3, 21)),
        (1, date(2026, 4, 21)),
        (2, date(2026, 5, 22)),
    ]


def test_the_moment_of_a_measurement_is_kept():
    in_force(tipax())
    parcels([1] * 10, handed=APRIL)
    assert measured()[0].measured_at == AFTER
    assert isinstance(AFTER, datetime)


def test_what_was_measured_is_not_looked_at_again_however_long_the_agreement_runs(django_assert_num_queries):
    in_force()
    parcels([1] * 10, handed=APRIL)
    years = AFTER + timedelta(days=365 * 4)
    assert actions.promise_and_measure(at=years) == 49  # Farvardin 1405 to Farvardin 1409
    with django_assert_num_queries(3):  # the levels, the newest measurement, the promise that runs
        assert actions.promise_and_measure(at=years + timedelta(hours=1)) == 0
    assert Measurement.objects.count() == 49
