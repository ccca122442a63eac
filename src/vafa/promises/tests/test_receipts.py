import json
import stat
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from vafa.kit.problems import Problem
from vafa.promises.actions import import_promises, issue_receipt, rotate_key
from vafa.promises.models import Promise, Receipt, SigningKey
from vafa.promises.queries import public_keys, receipt_of
from vafa.promises.receipts import check_file, read_file, receipt_file
from vafa.promises.tests.make import NOON, a_promise, historic, tehran

pytestmark = pytest.mark.django_db


def shown(promise):
    """The file as a customer has it: through text and back."""
    return read_file(json.dumps(receipt_file(receipt_of(promise))))


def verdict(file):
    return check_file(file, public_keys()).genuine


def test_a_promise_has_a_genuine_receipt_at_once():
    promise = a_promise()
    file = shown(promise)
    assert verdict(file)
    assert file["receipt"]["promise"] == str(promise.public_id)
    assert (file["receipt"]["due_on"], file["receipt"]["probability"]) == ("2026-03-04", "0.900000")
    assert file["receipt"]["afterwards"] is False


@pytest.mark.parametrize(
    "change", [{"due_on": "2026-03-05"}, {"text": {"en": "Soon."}}, {"extra": 1}, {"probability": None}]
)
def test_a_changed_receipt_is_found_out(change):
    file = shown(a_promise())
    file["receipt"] |= change
    assert not verdict(file)


def test_a_receipt_that_an_editor_saved_with_a_mark_before_it_is_still_genuine():
    """Windows writes a byte order mark before the text, and people save what they were sent."""
    text = json.dumps(receipt_file(receipt_of(a_promise())))
    assert verdict(read_file(f"\ufeff{text}\r\n"))


def test_a_receipt_signed_by_a_stranger_is_found_out():
    file = shown(a_promise())
    assert not check_file(file, {}).genuine


def test_an_imported_promise_gets_its_receipt_on_demand_and_it_says_so():
    import_promises([historic(1)], at=tehran(20))
    promise = Promise.objects.get()
    assert receipt_of(promise) is None
    assert issue_receipt(promise, at=tehran(21)) == issue_receipt(promise, at=tehran(22))
    assert verdict(shown(promise))
    assert shown(promise)["receipt"]["afterwards"] is True


def test_old_receipts_stay_genuine_when_the_key_is_rotated():
    old = a_promise(1)
    rotate_key(at=tehran(2))
    new = a_promise(2)
    assert verdict(shown(old))
    assert verdict(shown(new))
    assert receipt_of(old).key_id != receipt_of(new).key_id
    assert SigningKey.objects.filter(active=True).count() == 1


def test_the_private_key_is_readable_by_its_owner_only(settings):
    a_promise()
    file = Path(settings.HOME) / "keys" / SigningKey.objects.get().key_id
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_without_the_private_key_no_promise_is_made(settings, tmp_path):
    a_promise(1)
    settings.HOME = tmp_path
    with pytest.raises(Problem) as refused:
        a_promise(2)
    assert (refused.value.code, Promise.objects.count()) == ("key-missing", 1)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "nonsense", '{"receipt": 1}', '{"receipt": {"format": "vafa-receipt/1"}}', "[" * 5000,
        '{"receipt": {"format": "vafa-receipt/1", "promise": "x", "key": "y", "n": 0.5}, "signature": ""}',
        '{"receipt": {"format": "vafa-receipt/1", "promise": "x", "key": "y"}, "signature": "zz"}',
        '{"format": "vafa-proof/1"}', '{"format": "vafa-proof/1", "event": {"promise": "x"}, "seal": {}}',
    ],
)  # fmt: skip
def test_what_is_no_receipt_is_refused_with_a_sentence(text):
    with pytest.raises(Problem) as refused:
        check_file(read_file(text), public_keys())
    assert refused.value.code == "bad-receipt"


def test_a_receipt_cannot_be_changed_in_the_database():
    a_promise()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE promises_receipt SET body = '{}'")
    assert Receipt.objects.get().issued_at == NOON
