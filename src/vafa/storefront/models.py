"""The other stores whose pages hold the widget."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q


def new_key() -> str:
    """The public name of a site, as its pages carry it: no secret, only not to be confused."""
    return f"vw_{secrets.token_urlsafe(12)}"


class WidgetSite(models.Model):
    """A store whose pages may ask for dates. `origins` are the addresses browsers name (`https://shop.example`).

    A key that was closed is never given again, so the row stays.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=80)
    origins: models.JSONField[list[str]] = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="widget_site_has_a_name")]

    def __str__(self) -> str:
        return self.name
