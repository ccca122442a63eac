"""How far the simulated shop has come, and which of its carriers stood still."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from vafa.demo.simulation import Scenario


class Build(models.Model):
    """The one build of this database (primary key 1). Unfinished means interrupted: it is begun again from nothing.

    `last_day` is the last day of the simulated year in Tehran, `digest` the SHA-256 of its rows. `days_lived` counts
    the days written down since, `days_worked` those of them on which the shop's daily work has been done too.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seed = models.BigIntegerField()
    last_day = models.DateField()
    orders = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", blank=True)
    days = models.PositiveIntegerField(default=Scenario.days)
    orders_a_day = models.FloatField(default=Scenario.orders_a_day)
    books = models.PositiveIntegerField(default=Scenario.books)
    days_lived = models.PositiveIntegerField(default=0)
    days_worked = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="demo_build_is_one_row"),
            models.CheckConstraint(
                condition=Q(days_lived__gte=F("days_worked")) & Q(days_lived__lte=F("days_worked") + 1),
                name="demo_days_are_worked_one_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_day} #{self.seed}"

    @property
    def today(self) -> date:
        """The newest simulated day; its facts end at 09:00."""
        return self.last_day + timedelta(days=self.days_lived)

    @property
    def scenario(self) -> Scenario:
        """What is simulated up to today."""
        return self.scenario_after(0)

    def scenario_after(self, days: int) -> Scenario:
        """What is simulated up to so many days after today."""
        return Scenario(
            self.last_day, self.seed, self.days, self.orders_a_day, self.books, lived=self.days_lived + days
        )


class Strike(models.Model):
    """A carrier that was stopped with the button: nothing of it moves from `begins_at` until `ends_at`.

    `ends_at` may be brought forward while it lies ahead, never put off.
    """

    carrier = models.CharField(max_length=64)
    begins_at = models.DateTimeField(unique=True)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("begins_at")), name="demo_strike_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.begins_at:%Y-%m-%d}"
