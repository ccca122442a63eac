"""What visitors ask about a product."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models.products import Product


class InquiryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused")


class Inquiry(models.Model):
    """A visitor's question about a product, without his name; shown with its answer, never before. waiting → answered
    or refused.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="inquiries")
    text = models.TextField()
    language = models.CharField(max_length=8, default="", blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=InquiryState.choices, default=InquiryState.WAITING)
    answer = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="inquiry_asks_something"),
            models.CheckConstraint(
                condition=(Q(state="answered") & ~Q(answer="")) | (~Q(state="answered") & Q(answer="")),
                name="inquiry_answered_has_its_answer",
            ),
            models.UniqueConstraint(fields=["product", "text"], name="inquiry_asked_once"),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="inquiry_waiting")]

    def __str__(self) -> str:
        return self.text[:60]
