import json

import pytest
from django.db import DatabaseError, connection, transaction

from vafa.kit.problems import Problem
from vafa.promises import triggers
from vafa.promises.actions import seal, settle_promise
from vafa.promises.models import PromiseEvent, Seal
from vafa.promises.queries import Fault, events_of, faults, proof_of, public_keys, seals
from vafa.promises.receipts import check_file, is_signed, read_file, seal_fields
from vafa.promises.tests.make import a_promise, tehran

pytestmark = pytest.mark.django_db


def genuine(file):
    digests = [each.digest for each in seals()]
    return check_file(read_file(json.dumps(file)), public_keys(), digests).genuine


def behind_its_back(statement):
    """Somebody with the database's password takes the triggers away and changes a row."""
    triggers.unprotect()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.protect()


def three_days():
    promises = [a_promise(number) for number in range(3)]
    seal(tehran(1, 23))
    settle_promise(promises[0], fulfilled_at=tehran(3), at=tehran(3))
    seal(tehran(3, 23))
    return promises


def test_each_seal_names_the_one_before():
    three_days()
    second, first = seals()
    assert (first.number, first.count, first.previous) == (1, 3, "")
    assert (second.number, second.count, second.previous) == (2, 1, first.digest)
    assert str(second.day) == "2026-03-03"


def test_nothing_new_makes_no_seal():
    three_days()
    assert (seal(tehran(4)), Seal.objects.count()) == ([], 2)


def test_many_events_make_several_seals(monkeypatch):
    monkeypatch.setattr("vafa.promises.actions.sealing.MOST", 2)
    for number in range(5):
        a_promise(number)
    assert [each.count for each in seal(tehran(1, 23))] == [2, 2, 1]
    assert list(faults()) == []


def test_an_entry_is_proved_to_be_in_the_record():
    for promise in three_days():
        for event in events_of(promise):
            assert genuine(proof_of(event))


def test_a_changed_entry_is_not_proved():
    file = proof_of(events_of(three_days()[0])[1])
    file["event"]["at"] = "2026-03-02T08:30:00.000000Z"
    assert not genuine(file)


def test_a_seal_of_ones_own_proves_nothing():
    file = proof_of(events_of(three_days()[0])[1])
    assert not check_file(file, {}, []).genuine


def test_an_entry_not_yet_sealed_has_no_proof():
    with pytest.raises(Problem) as refused:
        proof_of(events_of(a_promise())[0])
    assert refused.value.code == "not-sealed"


def test_an_untouched_ledger_has_no_faults():
    three_days()
    assert list(faults()) == []


def test_a_changed_event_is_found():
    promise = three_days()[0]
    behind_its_back("UPDATE promises_promiseevent SET at = '2026-03-02 08:30:00+00:00' WHERE step = 1")
    assert list(faults()) == [Fault("events-changed", "2")]
    assert promise.events.count() == 2


def test_a_deleted_event_is_found():
    where = str(three_days()[0].public_id)
    behind_its_back("DELETE FROM promises_promiseevent WHERE step = 1")
    assert list(faults()) == [Fault("events-changed", "2"), Fault("state-changed", where)]


def test_a_changed_seal_is_found():
    three_days()
    behind_its_back("UPDATE promises_seal SET day = '2026-03-02' WHERE number = 1")
    assert list(faults()) == [Fault("seal-changed", "1")]


def test_a_promise_whose_date_was_moved_is_found():
    promise = three_days()[1]
    type(promise).objects.filter(pk=promise.pk).update(due_on="2026-03-09")
    assert list(faults()) == [Fault("terms-changed", str(promise.public_id))]


def test_the_database_lets_an_event_be_sealed_once_only():
    three_days()
    for statement in (
        "UPDATE promises_promiseevent SET sealed_in_id = NULL",
        "UPDATE promises_promiseevent SET sealed_in_id = 2",
        "DELETE FROM promises_seal",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert PromiseEvent.objects.filter(sealed_in__isnull=True).count() == 0


def test_every_seal_carries_the_shops_signature():
    three_days()
    fields = [seal_fields(each) for each in seals()]
    assert [is_signed(each, public_keys()) for each in fields] == [True, True]
    assert not is_signed({**fields[0], "root": "0" * 64}, public_keys())
    assert not is_signed({**fields[0], "signature": "nonsense"}, public_keys())


def test_a_seal_made_up_or_robbed_of_its_signature_is_found():
    three_days()
    behind_its_back("UPDATE promises_seal SET signature = NULL, key_id = '' WHERE number = 2")
    assert list(faults()) == [Fault("signature-wrong", "2")]


def test_seals_older_than_signatures_are_held_by_the_first_signed_one():
    three_days()
    behind_its_back("UPDATE promises_seal SET signature = NULL, key_id = '' WHERE number = 1")
    assert list(faults()) == []


def test_a_proof_stands_on_the_keys_alone_and_falls_with_its_signature():
    promise = three_days()[0]
    file = proof_of(events_of(promise)[0])
    assert check_file(file, public_keys()).genuine
    file["seal"]["signature"] = "00" * 64
    assert not check_file(file, public_keys(), [file["seal"]["digest"]]).genuine
    assert not check_file(file, {}).genuine
