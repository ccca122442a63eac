"""What buyers say of a product they got."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.orders.models.lines import OrderLine


class OpinionState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SHOWN = "shown", _("Shown")
    REFUSED = "refused", _("Refused")


class Opinion(models.Model):
    """One buyer's opinion of one article he bought: stars, and words if he likes. Only who bought can give one.

    Words wait for a person; stars alone are shown at once. `name` is what he wants to be called, and the one thing
    here that is personal.
    """

    line = models.OneToOneField(OrderLine, on_delete=models.CASCADE, related_name="opinion")
    product = models.CharField(max_length=80)
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(default="", blank=True)
    name = models.CharField(max_length=60, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    state = models.CharField(max_length=8, choices=OpinionState.choices, default=OpinionState.WAITING)
    given_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, default="", blank=True)
    reply = models.TextField(default="", blank=True)  # the shop's, shown below it

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="opinion_one_to_five_stars"),
            models.CheckConstraint(condition=Q(state__in=OpinionState.values), name="opinion_state_is_known"),
            models.CheckConstraint(condition=~Q(product=""), name="opinion_of_a_product"),
        ]
        indexes = [
            models.Index(fields=["product", "-given_at"], condition=Q(state="shown"), name="opinion_shown"),
            models.Index(fields=["given_at"], condition=Q(state="waiting"), name="opinion_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} {self.product}"
