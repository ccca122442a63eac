"""Orders that are looked at before they leave, and the rules by which."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Ending(models.TextChoices):
    """What happens when nobody has decided by the deadline."""

    RELEASE = "release", _("It is sent")
    CANCEL = "cancel", _("It is cancelled")


class CheckRules(models.Model):
    """The one row of rules (primary key 1). An amount or number that is None is no rule.

    Amounts are minor units of the shop's currency; `hours` until a check is decided, else `ending` happens.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    active = models.BooleanField(default=True)
    total_over_minor = models.BigIntegerField(null=True, blank=True)
    first_over_minor = models.BigIntegerField(null=True, blank=True)
    pieces_over = models.PositiveIntegerField(null=True, blank=True, default=20)
    orders_an_hour = models.PositiveIntegerField(null=True, blank=True, default=3)
    other_country = models.BooleanField(default=True)
    hours = models.PositiveSmallIntegerField(default=4)
    ending = models.CharField(max_length=8, choices=Ending.choices, default=Ending.RELEASE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="check_rules_are_one_row"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=72), name="check_hours_are_sensible"),
            models.CheckConstraint(condition=Q(ending__in=Ending.values), name="check_ending_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h"


class HoldState(models.TextChoices):
    OPEN = "open", _("To be checked")
    RELEASED = "released", _("Released")
    REFUSED = "refused", _("Cancelled")


class Hold(models.Model):
    """An order that nobody picks until it is checked. It is a promise with a deadline (`due_at`) and an owner (""
    until somebody takes it); `ending` happens at the deadline. `code` is a stand-in of what was sent to the customer.
    `cancelled_at`: when the order of a refused one was cancelled by the room above.
    """

    order_number = models.CharField(max_length=64, unique=True)
    customer_ref = models.CharField(max_length=64, default="", blank=True)
    reasons: models.JSONField[list[str]] = models.JSONField(default=list)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    owner = models.CharField(max_length=150, default="", blank=True)
    ending = models.CharField(max_length=8, choices=Ending.choices)
    state = models.CharField(max_length=8, choices=HoldState.choices, default=HoldState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, default="", blank=True)  # a name, "customer" or "clock"
    cancelled_at = models.DateTimeField(null=True, blank=True)
    promise_ref = models.UUIDField(null=True)
    code = models.CharField(max_length=64, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HoldState.values), name="hold_state_is_known"),
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="hold_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="hold_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="hold_open"),
            models.Index(
                fields=["decided_at"], condition=Q(state="refused", cancelled_at__isnull=True), name="hold_to_cancel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.state}"
