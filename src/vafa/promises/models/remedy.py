"""Remedies: what a customer gets because a guarantee was not met."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.promises.models.guarantee import Cover, Guarantee


class RemedyKind(models.TextChoices):
    VOUCHER = "voucher", _("Voucher")
    REFUND = "refund", _("Refund")
    FREE_DELIVERY = "free_delivery", _("Free delivery of the next order")
    APOLOGY = "apology", _("Apology")
    CALL = "call", _("Call")


class RemedyState(models.TextChoices):
    WAITING = "waiting", _("Waiting for approval")
    DUE = "due", _("Due")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")


class Hold(models.TextChoices):
    """Why a remedy waits for a person."""

    LIMIT = "limit", _("its amount is above the limit")
    AMOUNT_UNKNOWN = "amount_unknown", _("the order's value is not known")
    BUDGET = "budget", _("the budget of the period is used up")
    CUSTOMER = "customer", _("this customer has had the most that is given without a look")
    CUSTOMER_UNKNOWN = "customer_unknown", _("the customer's number is not known")


WITH_AMOUNT = [RemedyKind.VOUCHER.value, RemedyKind.REFUND.value]


class Remedy(models.Model):
    """One remedy for one cover, never two: `cover` is unique. waiting → due or refused; due → given.

    `amount_minor` is what the customer gets (vouchers and refunds), `cost_minor` what it costs the shop: the same, or
    the delivery that is free. `due_at` is when it came due. `by` are references of staff ("staff:3"), never names.
    A refund that is due is claimed (`claimed_at`) by the room of payments.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cover = models.OneToOneField(Cover, on_delete=models.PROTECT, related_name="remedy")
    guarantee = models.ForeignKey(Guarantee, on_delete=models.PROTECT, related_name="remedies", db_index=False)
    customer_ref = models.CharField(max_length=80, default="", blank=True)
    kind = models.CharField(max_length=16, choices=RemedyKind.choices)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    cost_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=RemedyState.choices)
    hold = models.CharField(max_length=16, choices=Hold.choices, default="", blank=True)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, default="", blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=40, default="", blank=True)
    reference = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RemedyState.values), name="remedy_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=RemedyKind.values), name="remedy_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state=RemedyState.WAITING, decided_at__isnull=True) & ~Q(hold="")
                | (~Q(state=RemedyState.WAITING) & (Q(hold="") | Q(decided_at__isnull=False))),
                name="remedy_waits_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=RemedyState.REFUSED) | (~Q(reason="") & ~Q(decided_by="")),
                name="remedy_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=RemedyState.GIVEN, given_at__isnull=False)
                | (~Q(state=RemedyState.GIVEN) & Q(given_at__isnull=True)),
                name="remedy_given_has_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_AMOUNT, amount_minor__isnull=False, amount_minor__gt=0)
                | Q(kind__in=WITH_AMOUNT, state__in=[RemedyState.WAITING, RemedyState.REFUSED])
                | (~Q(kind__in=WITH_AMOUNT) & Q(amount_minor__isnull=True)),
                name="remedy_amount_fits_kind",
            ),
            models.CheckConstraint(condition=Q(cost_minor__gte=0), name="remedy_cost_not_negative"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "due"]), name="remedy_unfinished"),
            models.Index(fields=["guarantee", "due_at"], name="remedy_by_guarantee"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
