"""Refunds: what goes back to customers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.payments.models.payments import Payment
from vafa.promises.models import Remedy


class RefundState(models.TextChoices):
    OWED = "owed", _("Owed")
    SENDING = "sending", _("On its way")  # given to the gateway, which has not said yes yet
    GIVEN = "given", _("Given")


class Refund(models.Model):
    """What the shop owes a customer, and the reference under which it was sent. owed → given by hand;
    owed → sending → given, or back to owed, through the gateway of its `payment`.

    It comes from a remedy (one each), or is owed by a room above under its own `key`. With a payment it is part of that
    payment's `owed_back_minor`. `reason` is a code with a reference, never a name. `try_at` (real time) is when the
    gateway is asked (again); `sentence` its last words.
    """

    remedy = models.OneToOneField(Remedy, null=True, blank=True, on_delete=models.PROTECT, related_name="refund")
    key = models.CharField(max_length=120, default="", blank=True)
    payment = models.ForeignKey(Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds")
    about = models.CharField(max_length=120, default="", blank=True, db_index=True)
    reason = models.CharField(max_length=120, default="", blank=True)
    order_ref = models.CharField(max_length=80)
    customer_ref = models.CharField(max_length=80, default="", blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    owed_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=RefundState.choices, default=RefundState.OWED)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=40, default="", blank=True)
    reference = models.CharField(max_length=80, default="", blank=True)
    try_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sentence = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[RefundState.OWED, RefundState.SENDING], given_at__isnull=True)
                | Q(state=RefundState.GIVEN, given_at__isnull=False),
                name="refund_given_has_time",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_is_of_something"),
            models.CheckConstraint(condition=Q(remedy__isnull=False) | ~Q(key=""), name="refund_has_a_cause"),
            models.CheckConstraint(
                condition=~Q(state=RefundState.SENDING) | Q(payment__isnull=False),
                name="refund_goes_where_it_came_from",
            ),
            models.CheckConstraint(
                condition=Q(state=RefundState.SENDING, try_at__isnull=False)
                | (~Q(state=RefundState.SENDING) & Q(try_at__isnull=True)),
                name="refund_on_its_way_is_tried",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="refund_key_once"),
        ]
        indexes = [
            models.Index(fields=["owed_at"], condition=Q(state="owed"), name="refund_owed"),
            models.Index(fields=["try_at"], condition=Q(state="sending"), name="refund_to_try"),
        ]

    def __str__(self) -> str:
        return f"{self.order_ref} {self.state}"
