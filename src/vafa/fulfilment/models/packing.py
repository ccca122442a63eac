"""What lies in which parcel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vafa.delivery.models import Parcel
from vafa.orders.models import OrderLine


class Packing(models.Model):
    """One parcel that this shop packed: when and by whom, and when it left.

    `left_stock` is {sku: pieces} that were taken off the shelves with it, so that a mistake can be undone exactly.
    """

    parcel = models.OneToOneField(Parcel, on_delete=models.CASCADE, related_name="packing")
    packed_at = models.DateTimeField()
    packed_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=40, default="", blank=True)
    left_stock: models.JSONField[dict[str, int]] = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by="") | (Q(sent_at__isnull=False) & ~Q(sent_by="")),
                name="packing_sent_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.parcel_id)


class ParcelLine(models.Model):
    """Pieces of one line in one parcel. That all parcels together hold no more than the line has, the line's own
    columns say (`OrderLine.packed`), which the database holds to."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="contents")
    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="parcels")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parcel", "line"], name="parcel_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="parcel_line_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity}"
