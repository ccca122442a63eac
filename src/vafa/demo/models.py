"""How far the building of the simulated shop has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Build(models.Model):
    """The one build of this database (primary key 1). Unfinished means interrupted: it is begun again from nothing.

    `last_day` is the last day of the simulated year in Tehran, `digest` the SHA-256 of its rows.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seed = models.BigIntegerField()
    last_day = models.DateField()
    orders = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", blank=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_build_is_one_row")]

    def __str__(self) -> str:
        return f"{self.last_day} #{self.seed}"
