"""Windows of time in which parcels are brought, and who has a place in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vafa.delivery.models.options import DeliveryOption
from vafa.delivery.models.points import PickupPoint


class Zone(models.Model):
    """A named set of places (codes, cities, regions; a code stands for every longer one) that is served alike."""

    code = models.SlugField(max_length=40, unique=True)
    name: models.JSONField[dict[str, str]] = models.JSONField(default=dict)  # {lang: text}
    places: models.JSONField[list[str]] = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class SlotPattern(models.Model):
    """A window that comes every week in a zone: its weekday, its hours on the shop's wall clock, how many parcels.

    It can be ordered until `order_until` of the day `days_before` its own (0: the same day).
    """

    option = models.ForeignKey(DeliveryOption, on_delete=models.CASCADE, related_name="patterns")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="patterns")
    weekday = models.PositiveSmallIntegerField()  # 0 = Monday
    begins = models.TimeField()
    ends = models.TimeField()
    capacity = models.PositiveIntegerField()
    surcharge_minor = models.BigIntegerField(default=0)
    days_before = models.PositiveSmallIntegerField(default=0)
    order_until = models.TimeField()

    class Meta:
        ordering = ["option", "zone", "weekday", "begins"]
        constraints = [
            models.UniqueConstraint(fields=["option", "zone", "weekday", "begins"], name="slot_pattern_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="slot_pattern_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="slot_pattern_ends_after_begin"),
            models.CheckConstraint(condition=Q(surcharge_minor__gte=0), name="slot_pattern_surcharge"),
            models.CheckConstraint(
                condition=Q(days_before__gt=0) | Q(order_until__lte=F("ends")), name="slot_pattern_ordered_before_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins:%H:%M}"


class Slot(models.Model):
    """One window on one day, as soon as somebody holds a place in it or its capacity was set for that day.

    Its row is the lock for giving places away. Windows of the weekly pattern that nobody touched have no row. What a
    pick-up point takes on a day is a slot of that point (`point`, no `zone`), also where it takes any number: by their
    places in it orders remember where they are fetched.
    """

    option = models.ForeignKey(DeliveryOption, on_delete=models.PROTECT, related_name="slots")
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    point = models.ForeignKey(PickupPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    day = models.DateField()
    begins = models.TimeField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    order_until = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True, blank=True)  # null: any number, as some points take
    surcharge_minor = models.BigIntegerField(default=0)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "zone", "day", "begins"], name="slot_once"),
            models.UniqueConstraint(fields=["point", "day"], condition=Q(zone__isnull=True), name="slot_once_a_point"),
            models.CheckConstraint(
                condition=Q(zone__isnull=True, point__isnull=False) | Q(zone__isnull=False, point__isnull=True),
                name="slot_of_a_zone_or_a_point",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=False) | Q(point__isnull=False), name="slot_of_a_zone_has_a_capacity"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="slot_ends_after_begin"),
            models.CheckConstraint(condition=Q(surcharge_minor__gte=0), name="slot_surcharge"),
        ]
        indexes = [models.Index(fields=["day"], name="slot_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.begins:%H:%M}"

    def is_full_with(self, taken: int) -> bool:
        """Whether it takes no more once so many places are taken."""
        return self.capacity is not None and taken >= self.capacity


class HoldState(models.TextChoices):
    HELD = "held"  # while somebody pays, until `until`
    KEPT = "kept"  # an order has it
    RELEASED = "released"  # given back
    MOVED = "moved"  # the customer chose another window


TAKING = [HoldState.HELD.value, HoldState.KEPT.value]


class SlotHold(models.Model):
    """One place in a slot. held → kept | released; kept → moved | released. A held one past `until` takes no place."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="holds")
    key = models.CharField(max_length=80)  # of who holds it: a purchase
    state = models.CharField(max_length=8, choices=HoldState.choices, default=HoldState.HELD)
    until = models.DateTimeField()
    order_number = models.CharField(max_length=64, default="", blank=True)
    held_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HoldState.values), name="slot_hold_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=HoldState.KEPT) | ~Q(order_number=""), name="slot_hold_kept_for_an_order"
            ),
            models.UniqueConstraint(fields=["key"], condition=Q(state__in=TAKING), name="slot_hold_one_a_key"),
            models.UniqueConstraint(
                fields=["order_number"], condition=Q(state=HoldState.KEPT), name="slot_hold_one_an_order"
            ),
        ]
        indexes = [models.Index(fields=["slot", "state"], name="slot_hold_of_slot")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
