"""A promise comes under a guarantee, and moves with its date."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Problem
from vafa.promises.guarantee_terms import GuaranteeTerms
from vafa.promises.guaranteeing import guaranteed_until, judged_after, moved_until
from vafa.promises.models import Cover, CoverState, GuaranteeVersion, Promise
from vafa.promises.queries.guarantees import calendar_of, version_by


@dataclass(frozen=True)
class Worth:
    """What the order costs in minor units of the shop's currency: its goods and its delivery; None: not known."""

    value_minor: int | None = None
    delivery_minor: int | None = None


def version_named(reference: str) -> GuaranteeVersion | None:
    """The version a promise is to stand under; None for "". Problem `unknown-guarantee`."""
    if not reference:
        return None
    version = version_by(reference)
    if version is None:
        sentence = _("No such version of a guarantee was published.")
        raise Problem("unknown-guarantee", sentence, status=422, field="guarantee_version")
    return version


def cover(promise: Promise, version: GuaranteeVersion, worth: Worth) -> None:
    """Put a promise just made under the version. Must run in the transaction that makes it."""
    terms = GuaranteeTerms.from_json(version.terms)
    until = guaranteed_until(promise, terms, calendar_of(terms))
    Cover.objects.create(
        promise_id=promise.pk,
        version=version,
        guaranteed_until=until,
        value_minor=worth.value_minor,
        delivery_minor=worth.delivery_minor,
        judge_after=judged_after(promise, until),
    )


def move_cover(promise: Promise, successor: Promise) -> None:
    """The cover follows the date. Must run in the transaction that revises, which holds the promise's row."""
    held = Cover.objects.filter(promise_id=promise.pk).select_related("version").first()
    if held is None:
        return
    until = moved_until(held.guaranteed_until, successor, GuaranteeTerms.from_json(held.version.terms))
    after = judged_after(successor, until)
    Cover.objects.filter(pk=held.pk).update(promise_id=successor.pk, guaranteed_until=until, judge_after=after)


def uncertain_again(promise: Promise) -> None:
    """Evidence was taken back: a guarantee that counted as met is judged once more. A remedy already due stays."""
    Cover.objects.filter(promise_id=promise.pk, state=CoverState.MET).update(state=CoverState.OPEN)
