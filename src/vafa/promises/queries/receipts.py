"""Receipts, published keys and seals, and whether the ledger is as it was sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vafa.engine import merkle
from vafa.kit.problems import Problem
from vafa.promises.events import canonical, replay, stamp, terms_evidence
from vafa.promises.models import Promise, PromiseEvent, Receipt, Seal, SigningKey
from vafa.promises.receipts import digest_of, is_signed, proof_file, seal_fields


def receipt_of(promise: Promise) -> Receipt | None:
    """The promise's receipt; None for an imported promise nobody asked one for."""
    return Receipt.objects.filter(promise=promise).first()


def published_keys() -> list[SigningKey]:
    """Every key that ever signed, the newest first."""
    return list(SigningKey.objects.order_by("-created_at", "-pk"))


def public_keys() -> dict[str, bytes]:
    """Public keys (32 bytes) by key id."""
    return {key.key_id: bytes(key.public_key) for key in published_keys()}


def seals() -> QuerySet[Seal]:
    """Every seal, the newest first."""
    return Seal.objects.order_by("-number")


def published_among(held: dict[str, Any]) -> list[str]:
    """Of a file that somebody shows: the digest of its seal, when that seal is in our record; for `check_file`."""
    seal = held.get("seal")
    digest = seal.get("digest") if isinstance(seal, dict) else None
    if not isinstance(digest, str) or len(digest) != 64:
        return []
    return list(Seal.objects.filter(digest=digest).values_list("digest", flat=True))


def proof_of(event: PromiseEvent) -> dict[str, Any]:
    """The file that proves that the event is covered by its seal; Problem `not-sealed` (409) before the day's seal."""
    if event.sealed_in is None:
        raise Problem("not-sealed", _("This entry will be sealed tonight; ask again tomorrow."), status=409)
    sealed = _sealed(event.sealed_in)
    leaves = [canonical(each, each.promise.public_id) for each in sealed]
    index = [each.pk for each in sealed].index(event.pk)
    return proof_file(leaves[index], leaves, index, event.sealed_in)


@dataclass(frozen=True)
class Fault:
    """One place where the ledger is not what it was. `what` is a stable code, `where` the seal's or promise's name."""

    what: str
    where: str


def faults() -> Iterator[Fault]:
    """Everything that no longer fits, seal by seal, then promise by promise; nothing when the ledger is untouched.

    Codes: `seal-changed`, `signature-wrong` (also: none, though the seal before has one), `chain-broken`,
    `events-changed`, `terms-changed`, `state-changed`, `event-missing`.
    """
    yield from _seal_faults(recount_from=0)
    yield from _promise_faults()


def faults_of_chain() -> Iterator[Fault]:
    """As `faults`, for every seal, but the events are counted again under the newest seal only: quick at any size."""
    newest = seals().first()
    yield from _seal_faults(recount_from=newest.number if newest else 0)


def _seal_faults(*, recount_from: int) -> Iterator[Fault]:
    previous, keys, signing = "", public_keys(), False
    for seal in Seal.objects.order_by("number").iterator():
        signing = signing or seal.signature is not None
        if digest_of(seal_fields(seal)) != seal.digest:
            yield Fault("seal-changed", str(seal.number))
        elif signing and not is_signed(seal_fields(seal), keys):
            yield Fault("signature-wrong", str(seal.number))
        if seal.previous != previous:
            yield Fault("chain-broken", str(seal.number))
        if seal.number >= recount_from and _root(seal) != (seal.count, seal.root):
            yield Fault("events-changed", str(seal.number))
        previous = seal.digest


def _sealed(seal: Seal) -> list[PromiseEvent]:
    return list(PromiseEvent.objects.filter(sealed_in=seal).select_related("promise").order_by("id"))


def _root(seal: Seal) -> tuple[int, str]:
    leaves = [canonical(event, event.promise.public_id) for event in _sealed(seal)]
    return len(leaves), merkle.root(leaves).hex()


def _promise_faults() -> Iterator[Fault]:
    last = 0
    while chunk := list(Promise.objects.filter(pk__gt=last).order_by("pk").prefetch_related("events")[:1000]):
        last = chunk[-1].pk
        for promise in chunk:
            yield from _faults_of(promise)


def _faults_of(promise: Promise) -> Iterator[Fault]:
    events = sorted(promise.events.all(), key=lambda event: event.step)
    where = str(promise.public_id)
    if [event.step for event in events] != list(range(len(events))) or not events:
        yield Fault("event-missing", where)
        return
    fixed = terms_evidence(promise)
    if {name: events[0].evidence.get(name) for name in fixed} != fixed:
        yield Fault("terms-changed", where)
    told = replay(events)
    fulfilled = stamp(promise.fulfilled_at) if promise.fulfilled_at else None
    if (told.state, told.fulfilled_at, told.corrected) != (promise.state, fulfilled, promise.corrected):
        yield Fault("state-changed", where)
