"""Of some kinds only one open promise may be about one subject."""

import pytest
from django.db import IntegrityError, transaction

from vafa.kit.problems import Problem
from vafa.promises.actions import (
    break_overdue,
    cancel_promise,
    import_promises,
    make_promise,
    revise_promise,
    settle_promise,
)
from vafa.promises.models import Promise
from vafa.promises.tests.make import DAY, DUE, NOON, WORD, a_promise, historic, tehran, terms
from vafa.promises.tests.test_workers import at_once

pytestmark = pytest.mark.django_db


def a_word(number=1, *, key="first", at=NOON, **changes):
    return a_promise(number, at, kind=WORD.name, key=key, **changes)


def refusal(**changes):
    before = Promise.objects.count()
    with pytest.raises(Problem) as refused:
        a_word(key="second", **changes)
    assert Promise.objects.count() == before
    return refused.value.code, refused.value.status, refused.value.about


def test_a_second_open_promise_about_a_subject_is_refused_with_the_name_of_the_first():
    first = a_word()
    assert refusal() == ("already-promised", 409, {"promise": str(first.public_id)})


def test_the_same_key_is_still_the_same_promise():
    assert a_word().pk == a_word().pk


def test_another_subject_and_a_kind_of_which_many_may_stand_are_free():
    a_word()
    assert a_word(2, key="other").claim == "test-word:order:A-2"
    assert {a_promise(1).claim, a_promise(1, key="again").claim} == {None}


def test_a_revision_takes_the_claim_over():
    revised = revise_promise(a_word(), asked_by="customer", due_on=DUE + DAY, at=NOON)
    assert refusal()[2] == {"promise": str(revised.public_id)}


@pytest.mark.parametrize(
    "end",
    [
        lambda promise: settle_promise(promise, fulfilled_at=tehran(2), at=tehran(2)),
        lambda promise: cancel_promise(promise, at=tehran(2)),
    ],
    ids=["settled", "cancelled"],
)
def test_when_it_is_over_another_may_be_made(end):
    end(a_word())
    assert a_word(key="second", at=tehran(2)).state == "open"


def test_a_promise_whose_date_has_passed_gives_way_though_it_waits_for_evidence():
    first = a_word()
    second = a_word(key="second", at=tehran(5), due_on=DUE + 5 * DAY)
    first.refresh_from_db()
    assert (first.state, first.claim, second.claim) == ("open", None, "test-word:order:A-1")
    assert break_overdue(tehran(8)) == 1


def test_on_the_promised_day_it_still_stands():
    a_word()
    assert refusal(at=tehran(4, 23), due_on=DUE + DAY)[0] == "already-promised"


def test_an_imported_open_promise_stands_too_and_no_import_is_dropped():
    rows = [historic(1, kind=WORD.name, key=key) for key in ("one", "two")]
    done = import_promises(rows, known_until=NOON, at=NOON)
    assert (done.created, Promise.objects.filter(state="open").count()) == (2, 2)
    assert refusal()[2] == {"promise": str(Promise.objects.get(claim__isnull=False).public_id)}
    import_promises([historic(1, kind=WORD.name, key="one", fulfilled_at=tehran(3))], at=tehran(4))
    assert Promise.objects.get(key="one").claim is None


def test_an_import_about_a_promised_order_is_kept_beside_it():
    mine = a_word()
    done = import_promises([historic(1, kind=WORD.name, key="one")], known_until=NOON, at=NOON)
    assert done.created == 1
    assert Promise.objects.get(claim__isnull=False).pk == mine.pk


def test_the_database_itself_refuses_two():
    a_word()
    second = a_word(2, key="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=second.pk).update(claim="test-word:order:A-1")


@pytest.mark.django_db(transaction=True)
def test_of_four_writers_at_once_one_promises_and_the_others_are_told_which():
    wishes = [{**terms(1, kind=WORD.name), "key": f"key:{number}"} for number in range(4)]
    results = at_once(*[lambda wish=wish: make_promise(at=NOON, **wish) for wish in wishes])
    made = [result for result in results if isinstance(result, Promise)]
    refused = [result for result in results if isinstance(result, Problem)]
    assert len(made) == 1
    assert [each.about for each in refused] == [{"promise": str(made[0].public_id)}] * 3
    assert Promise.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_revision_and_a_second_promise_at_once_leave_one_open():
    first = a_word()
    results = at_once(
        lambda: revise_promise(first, asked_by="shop", due_on=DUE + DAY, at=NOON),
        *[lambda key=key: a_word(key=key) for key in ("second", "third", "fourth")],
    )
    assert [isinstance(result, Problem) for result in results] == [False, True, True, True]
    assert Promise.objects.filter(state="open").count() == 1
