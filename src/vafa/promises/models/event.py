"""What happened to a promise. Rows are only ever added; the database refuses everything else."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.promises.models.promise import Promise
from vafa.promises.models.seal import Seal


class EventKind(models.TextChoices):
    MADE = "made", _("Promised")
    REVISED = "revised", _("Revised")
    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Broken")
    CANCELLED = "cancelled", _("Cancelled")
    CORRECTED = "corrected", _("Corrected")  # evidence that came later changed the outcome or the margin
    FULFILLED = "fulfilled", _("Fulfilled late")  # a broken promise was fulfilled after all
    NOTED = "noted", _("Also told")  # evidence of a later fulfilment: counts when the earlier one is taken back
    RETRACTED = "retracted", _("Taken back")  # evidence was wrong and counts no more
    REMEDIED = "remedied", _("Made good")  # a guarantee was not met: its remedy came due, was decided, was given
    WARNED = "warned", _("Customer warned")  # told before the date that it will probably not be kept
    ANSWERED = "answered", _("Customer answered")  # took the new date, another delivery, or cancelled


OUTCOMES = [EventKind.REVISED.value, EventKind.KEPT.value, EventKind.BROKEN.value, EventKind.CANCELLED.value]
AFTERWARDS = [
    EventKind.CORRECTED.value,
    EventKind.FULFILLED.value,
    EventKind.NOTED.value,
    EventKind.RETRACTED.value,
]
BESIDE = [EventKind.REMEDIED.value, EventKind.WARNED.value, EventKind.ANSWERED.value]  # leave the state as it is

DAY_ONLY = {"known_to": "day"}  # evidence of a person who knew the day and not the time


class PromiseEvent(models.Model):
    """One entry. `step` 0 is the making, 1 the outcome, 2 and on what later evidence changed. What leaves the
    state as it is stands between them: a remedy (a date that was moved may break a guarantee while the promise is still
    open), a warning, the customer's answer.

    A second outcome follows only where the evidence of the first was taken back and the promise was open again.

    `at` is when it happened (business time), `recorded_at` when the ledger learned of it. `evidence` holds references
    and salted digests, never personal data. The only update the database allows is `sealed_in` from null to a seal.
    """

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="events", db_index=False)
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=EventKind.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    evidence: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    sealed_in = models.ForeignKey(
        Seal, null=True, blank=True, on_delete=models.PROTECT, related_name="events", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "step"], name="event_one_for_each_step"),
            models.CheckConstraint(
                condition=Q(step=0, kind=EventKind.MADE)
                | Q(step=1, kind__in=[*OUTCOMES, *BESIDE])
                | Q(step__gte=2, kind__in=[*OUTCOMES, *AFTERWARDS, *BESIDE]),
                name="event_kind_fits_step",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(sealed_in__isnull=True), name="event_unsealed"),
            models.Index(fields=["sealed_in"], condition=Q(sealed_in__isnull=False), name="event_sealed_in"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def is_day_only(self) -> bool:
        """Whether the day is what was told, and the time of `at` only stands for it."""
        return all(self.evidence.get(name) == value for name, value in DAY_ONLY.items())
