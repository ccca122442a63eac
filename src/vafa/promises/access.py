"""From an id in an address to the object: the one door."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from vafa.promises import queries
from vafa.promises.models import Guarantee, Promise, PromiseEvent, Remedy
from vafa.promises.queries.guarantees import guarantee_by
from vafa.promises.queries.remedies import remedy_by


def the_promise(public_id: UUID) -> Promise:
    """The promise, else 404. Whoever knows the random id of a promise may see its receipt; staff see all."""
    promise = queries.promise_by(public_id)
    if promise is None:
        raise Http404
    return promise


def the_customers_promise(public_id: UUID) -> Promise:
    """The promise to a customer, else 404: no form writes down what became of one with a partner."""
    promise = the_promise(public_id)
    if not promise.is_a_customers:
        raise Http404
    return promise


def the_event(public_id: UUID, step: int) -> PromiseEvent:
    """One entry of a promise's history, else 404."""
    for event in queries.events_of(the_promise(public_id)):
        if event.step == step:
            return event
    raise Http404


def the_guarantee(code: str) -> Guarantee:
    """The guarantee of that code, else 404."""
    guarantee = guarantee_by(code)
    if guarantee is None:
        raise Http404
    return guarantee


def the_remedy(public_id: UUID) -> Remedy:
    """The remedy, else 404. For staff only."""
    remedy = remedy_by(public_id)
    if remedy is None:
        raise Http404
    return remedy
