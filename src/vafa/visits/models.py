"""Visits as browsers told of them, and what they add up to by day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GOOD_LCP_MS, GOOD_INP_MS, GOOD_CLS_MILS = 2500, 200, 100
MOST_MS, MOST_CLS_MILS, MOST_ERRORS = 60_000, 10_000, 99


class PageKind(models.TextChoices):
    """Which page of the window it was."""

    HOME = "home", _("Home")
    SHELF = "shelf", _("Shelf")
    SEARCH = "search", _("Search")
    PRODUCT = "product", _("Product")
    BASKET = "basket", _("Basket")
    CHECKOUT = "checkout", _("Checkout")
    DONE = "done", _("Confirmation")
    INFO = "info", _("Pages about the shop")
    OWN = "own", _("The customer’s own pages")
    OTHER = "other", _("Other pages")


class Device(models.TextChoices):
    """What it was opened on, by the width of the screen and the kind of pointer."""

    PHONE = "phone", pgettext_lazy("device", "Phone")
    TABLET = "tablet", pgettext_lazy("device", "Tablet")
    COMPUTER = "computer", pgettext_lazy("device", "Computer")


class Visit(models.Model):
    """One page that somebody opened. `key` is random and made for this page alone; `day` is the shop's.

    `lcp_ms`: until its largest piece was drawn; `inp_ms`: the slowest answer to a touch; `cls_mils`: how far things
    moved, in thousandths. None where the browser cannot say, or nothing was touched. `errors`: faults of its scripts.
    """

    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    day = models.DateField(db_index=True)
    page = models.CharField(max_length=8, choices=PageKind.choices)
    device = models.CharField(max_length=8, choices=Device.choices)
    lcp_ms = models.PositiveIntegerField(null=True)
    inp_ms = models.PositiveIntegerField(null=True)
    cls_mils = models.PositiveIntegerField(null=True)
    errors = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(page__in=PageKind.values, device__in=Device.values), name="visit_kinds_are_known"
            ),
            models.CheckConstraint(
                condition=(Q(lcp_ms=None) | Q(lcp_ms__lte=MOST_MS))
                & (Q(inp_ms=None) | Q(inp_ms__lte=MOST_MS))
                & (Q(cls_mils=None) | Q(cls_mils__lte=MOST_CLS_MILS))
                & Q(errors__lte=MOST_ERRORS),
                name="visit_figures_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.day}"


class VisitDay(models.Model):
    """The visits of one day, kind of page and device; written once, when the day is over.

    `visits` are those of which the browser could say something, `good` those that were good in everything. Each figure
    has its own count of visits that told it.
    """

    day = models.DateField()
    page = models.CharField(max_length=8, choices=PageKind.choices)
    device = models.CharField(max_length=8, choices=Device.choices)
    visits = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    lcp_known = models.PositiveIntegerField()
    lcp_good = models.PositiveIntegerField()
    inp_known = models.PositiveIntegerField()
    inp_good = models.PositiveIntegerField()
    cls_known = models.PositiveIntegerField()
    cls_good = models.PositiveIntegerField()
    faultless = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "page", "device"], name="visit_day_once"),
            models.CheckConstraint(
                condition=Q(
                    good__lte=F("visits"),
                    faultless__lte=F("visits"),
                    lcp_good__lte=F("lcp_known"),
                    inp_good__lte=F("inp_known"),
                    cls_good__lte=F("cls_known"),
                ),
                name="visit_day_parts_of_wholes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.page} {self.device}"
