"""Guarantees: public texts with versions that never change, and the promises that stand under them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.promises.models.promise import Promise


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ENDED = "ended", _("Ended")


class Guarantee(models.Model):
    """A guarantee by its stable `code`: what is being drafted (`draft`: the JSON of `GuaranteeTerms`) and its state.

    draft → published → ended, by conditional update. Published terms live in `GuaranteeVersion`; a published guarantee
    may have a draft of its next version.
    """

    code = models.SlugField(max_length=40, unique=True)
    state = models.CharField(max_length=9, choices=Stage.choices, default=Stage.DRAFT)
    draft: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Stage.values), name="guarantee_state_is_known"),
            models.CheckConstraint(
                condition=(Q(state=Stage.DRAFT, draft__isnull=False, ended_at__isnull=True))
                | Q(state=Stage.PUBLISHED, ended_at__isnull=True)
                | Q(state=Stage.ENDED, ended_at__isnull=False, draft__isnull=True),
                name="guarantee_state_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The staff's page of it."""
        return reverse("promises:guarantee", args=[self.code])


class GuaranteeVersion(models.Model):
    """What was published, word for word. The database refuses to change or delete it.

    `reference` ("fast-tehran/2-1f0c…") ends with the first 16 digits of `digest`, the SHA-256 of the canonical JSON of
    `terms`: a receipt that names it therefore fixes the text too.
    """

    guarantee = models.ForeignKey(Guarantee, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=64, unique=True)
    terms: models.JSONField[dict[str, Any]] = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guarantee", "number"], name="guarantee_version_number_once"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The public page of its text."""
        return reverse("promises:guarantee-version", args=[self.guarantee.code, self.number])


class CoverState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    LATE = "late", _("Not met")
    VOID = "void", _("Void")


class Cover(models.Model):
    """One promise stands under one version of a guarantee. `promise` is the newest of its chain. `value_minor` and
    `delivery_minor` are what the order costs, where that is known.

    It is met until `guaranteed_until`, which only a later date wished by the customer moves. `judge_after`: until then
    evidence is waited for. `late` and its remedy are written in one transaction.
    """

    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="cover")
    version = models.ForeignKey(GuaranteeVersion, on_delete=models.PROTECT, related_name="covers")
    guaranteed_until = models.DateTimeField()
    value_minor = models.BigIntegerField(null=True, blank=True)
    delivery_minor = models.BigIntegerField(null=True, blank=True)
    judge_after = models.DateTimeField()
    state = models.CharField(max_length=4, choices=CoverState.choices, default=CoverState.OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CoverState.values), name="cover_state_is_known"),
            models.CheckConstraint(
                condition=(Q(value_minor__isnull=True) | Q(value_minor__gte=0))
                & (Q(delivery_minor__isnull=True) | Q(delivery_minor__gte=0)),
                name="cover_amounts_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["judge_after"], condition=Q(state="open"), name="cover_open_by_judging")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"
