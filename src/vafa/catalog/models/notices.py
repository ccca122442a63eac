"""Who waits for an article that is sold out."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from vafa.catalog.models.products import Variant


class NoticeState(models.TextChoices):
    WAITING = "waiting"
    TOLD = "told"  # it was there again, and the message was asked for
    STOPPED = "stopped"  # who asked does not want to be told any more


class BackNotice(models.Model):
    """Somebody wants to be told once when an article is there again. `promise_ref` is the promise of `due_on` in the
    ledger, the newest of its chain; none while nobody knows a day. Where he is reached his customer's number knows.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="notices")
    customer_ref = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=NoticeState.choices, default=NoticeState.WAITING)
    promise_ref = models.UUIDField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "customer_ref"],
                condition=Q(state=NoticeState.WAITING),
                name="back_notice_waits_once",
            ),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="back_notice_state_is_known"),
            models.CheckConstraint(
                condition=Q(promise_ref__isnull=True, due_on__isnull=True)
                | Q(promise_ref__isnull=False, due_on__isnull=False),
                name="back_notice_promise_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeState.WAITING, ended_at__isnull=True)
                | (~Q(state=NoticeState.WAITING) & Q(ended_at__isnull=False)),
                name="back_notice_waits_or_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["variant"], condition=Q(state=NoticeState.WAITING), name="back_notice_waiting"),
            models.Index(fields=["customer_ref"], name="back_notice_of_customer"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
