"""Receipts are issued and signing keys made."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from vafa.kit import clock
from vafa.kit.signing import key_id
from vafa.promises import keys
from vafa.promises.models import Promise, Receipt, SigningKey
from vafa.promises.receipts import statement
from vafa.promises.rows import Table
from vafa.shop.queries import shop_name

RECEIPTS = Table(Receipt, ["promise_id", "body", "signature", "key_id", "issued_at"])


def issue_receipt(promise: Promise, *, at: datetime | None = None) -> Receipt:
    """The promise's receipt: the one it has, else a new one, signed with the active key (made at the first use).

    A receipt of an imported promise says that it was recorded afterwards. Problem `key-missing` (409).
    """
    at = at or clock.now()
    if held := Receipt.objects.filter(promise=promise).first():
        return held
    try:
        with transaction.atomic():
            sign_receipt(promise, at=at)
    except IntegrityError:  # somebody else asked at the same moment: one promise has one receipt
        pass
    return Receipt.objects.get(promise=promise)


def rotate_key(*, at: datetime | None = None) -> SigningKey:
    """Retire the active signing key and make a new one. Receipts signed so far stay valid: public keys are kept."""
    at = at or clock.now()
    with transaction.atomic():
        SigningKey.objects.filter(active=True).update(active=False, retired_at=at)
        return _new_key(at)


def sign_receipt(promise: Promise, *, at: datetime) -> None:
    """Write the receipt of a promise that is known to have none. Must run in a transaction."""
    key = active_key(at)
    body = statement(promise, shop=shop_name(), key_id=key, issued_at=at)
    RECEIPTS.insert_one((promise.pk, body.decode(), keys.sign_with(key, body), key, at))


def active_key(at: datetime) -> str:
    """The id of the key that signs now; one is made where there is none."""
    # Plain SQL because it is asked for every promise, and building this query costs more than answering it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT key_id FROM promises_signingkey WHERE active")
        active = cursor.fetchone()
    return str(active[0]) if active else _new_key(at).key_id


def _new_key(at: datetime) -> SigningKey:
    public = keys.new_key()
    try:
        with transaction.atomic():
            return SigningKey.objects.create(key_id=key_id(public), public_key=public, created_at=at)
    except IntegrityError:  # another process made one at the same moment: the database allows one active key
        return SigningKey.objects.get(active=True)
