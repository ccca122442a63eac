"""Agreements are written, put in force, and never change after that."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from vafa.agreements import actions
from vafa.agreements.actions.papers import digest_of
from vafa.agreements.models import Agreement, Claim, Level, Measurement
from vafa.agreements.tests.make import DAY, IN_JUNE, draft, in_force, level, terms_of, tipax
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


def refused(code, work, *given, **named):
    with pytest.raises(Problem) as refusal, transaction.atomic():
        work(*given, **named)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["agreed_on", "valid_from", "valid_until"])
@pytest.mark.parametrize("year", [1900, 9999])
def test_a_day_that_nobody_can_mean_is_refused(name, year):
    said = {"agreed_on": date(year, 1, 1), "valid_from": date(year, 2, 1), "valid_until": date(year, 3, 1)}
    with pytest.raises(Problem) as refused:
        draft(**{name: said[name]})
    assert (refused.value.code, refused.value.field) == ("bad-days", name)
    assert not Agreement.objects.exists()


def test_a_version_in_force_cannot_be_changed():
    made = in_force()
    refused("not-a-draft", actions.change_draft, made, **terms_of(made, title={"en": "Another"}))
    refused("not-a-draft", level, made)
    refused("not-a-draft", actions.drop_level, made, 1)
    refused("not-a-draft", actions.put_in_force, made, at=IN_JUNE)
    made.refresh_from_db()
    assert (made.title["en"], made.levels.count()) == ("Carriage agreement", 1)
    assert digest_of(made) == made.digest


def test_the_digest_shows_what_somebody_changed_in_the_database():
    made = in_force()
    Level.objects.filter(agreement=made).update(target=0.5)
    assert digest_of(made) != made.digest


def test_an_agreement_without_a_level_is_not_put_in_force():
    made = draft()
    refused("no-level", actions.put_in_force, made, at=IN_JUNE)
    assert Agreement.objects.get().state == "draft"


def test_a_new_version_is_a_draft_with_the_same_levels_and_there_is_one():
    made = in_force()
    second = actions.next_version(made)
    assert (second.version, second.state, second.levels.get().target) == (2, "draft", 0.9)
    assert actions.next_version(made) == second == actions.next_version(second)


def test_a_new_version_ends_the_old_one_on_the_day_before():
    made = in_force()
    second = actions.next_version(made)
    actions.change_draft(second, **terms_of(second, valid_from=date(2026, 6, 22)))
    actions.put_in_force(second, at=IN_JUNE)
    made.refresh_from_db()
    assert (made.state, made.valid_until, made.ended_at) == ("ended", date(2026, 6, 21), IN_JUNE)
    assert digest_of(made) == made.digest


def test_a_new_version_does_not_reach_into_months_that_were_measured():
    made = in_force()
    actions.promise_and_measure(at=IN_JUNE)
    second = actions.next_version(made)
    refused("already-measured", actions.put_in_force, second, at=IN_JUNE)
    made.refresh_from_db()
    assert made.state == "in_force"


def test_a_code_is_taken_once():
    draft()
    refused("code-taken", draft)
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"within": None},
        {"measure": "uptime", "within": None},
        {"measure": "kept", "within": None, "promise_kind": "no-such"},
        {"cap_minor": 1},
    ],
)
def test_a_level_says_what_its_measure_needs(wrong):
    made = draft()
    with pytest.raises(Problem):
        level(made, **wrong)
    assert made.levels.count() == 0


def test_the_database_itself_refuses_impossible_rows():
    made = draft()
    for wrong in ({"target": 0}, {"target": 1.1}, {"step": 0}, {"minimum": 0}, {"within": None}, {"cap_minor": 1}):
        row = {
            "measure": "delivered",
            "within": 3,
            "target": 0.9,
            "credit_minor": 5,
            "cap_minor": 9,
            "minimum": 1,
            **wrong,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Level.objects.create(agreement=made, position=1, **row)


def test_a_role_stays_once_there_are_agreements():
    partner = draft().partner
    refused("role-taken", tipax, role="supplier")
    partner.refresh_from_db()
    assert partner.role == "carrier"


def test_a_measured_share_is_rounded_down():
    from vafa.agreements.sentences import measured_share, share

    with override("en"):
        assert (measured_share(0.89999), measured_share(1.0), measured_share(0.99999, 3)) == (
            "89.99%",
            "100.00%",
            "99.999%",
        )
        assert (measured_share(0.29), share(0.999), share(0.9)) == ("29.00%", "99.9%", "90%")


@pytest.fixture
def claim():
    held = in_force().levels.get()
    row = Measurement.objects.create(
        level=held, first=date(2026, 3, 21), last=date(2026, 4, 20), observed=10, met=8, outcome="missed",
        credit_minor=10_000, promise_ref="00000000-0000-0000-0000-000000000001", measured_at=IN_JUNE,
    )  # fmt: skip
    return Claim.objects.create(measurement=row, amount_minor=10_000, currency="IRR")


def test_a_credit_is_claimed_and_paid_once(claim):
    actions.claim_back(claim, reference="L-1", at=IN_JUNE)
    actions.claim_back(claim, reference="L-2", at=IN_JUNE + DAY)
    actions.record_payment(claim, amount_minor=9_000, at=IN_JUNE + DAY)
    actions.record_payment(claim, amount_minor=10_000, at=IN_JUNE + 2 * DAY)
    claim.refresh_from_db()
    assert (claim.state, claim.received_minor, claim.reference, claim.claimed_at) == ("received", 9_000, "L-1", IN_JUNE)
    refused("claim-over", actions.waive, claim, at=IN_JUNE)
    refused("claim-over", actions.claim_back, claim, reference="L-3", at=IN_JUNE)


@pytest.mark.parametrize("amount", [0, -1, 10_001])
def test_no_more_than_the_credit_is_paid(claim, amount):
    refused("bad-amount", actions.record_payment, claim, amount_minor=amount, at=IN_JUNE)
    claim.refresh_from_db()
    assert (claim.state, claim.received_minor) == ("due", 0)


def test_an_answer_is_entered_once_and_completed_later():
    made = draft(code="answers")
    held = level(made, measure="answered", within=4)
    asked = IN_JUNE - DAY
    actions.enter_answer(held, reference="T1", asked_at=asked, answered_at=None, at=IN_JUNE)
    actions.enter_answer(held, reference="T1", asked_at=asked, answered_at=IN_JUNE, at=IN_JUNE)
    assert held.answers.get().answered_at == IN_JUNE
    refused(
        "answered-otherwise", actions.enter_answer, held, reference="T1", asked_at=asked, answered_at=asked, at=IN_JUNE
    )
    refused("bad-time", actions.enter_answer, held, reference="T2", asked_at=IN_JUNE, answered_at=asked, at=IN_JUNE)
    assert held.answers.count() == 1
