"""Sources of tracking events, their health, and what lies in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language

from vafa.connectors.models import InboxItem, InboxState, TrackingSource
from vafa.connectors.tracking.faults import SENTENCES
from vafa.connectors.tracking.form import Form, forms
from vafa.kit.signing import unlock

PURPOSE = "connectors.tracking"  # of the encryption
RECENT = timedelta(days=1)


@dataclass(frozen=True)
class SourceView:
    """A source with its folder and its figures: messages of the last day, of all times, and how many are not done."""

    source: TrackingSource
    recent: int
    waiting: int
    quarantined: int

    @cached_property
    def form(self) -> Form | None:
        """Its folder; None where the folder has gone."""
        return forms().get(self.source.form)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.form.name(get_language() or "en") if self.form else self.source.form

    @property
    def has_readable_secret(self) -> bool:
        """Whether there is a secret, and the installation's key still opens it."""
        return bool(self.source.locked) and unlock(PURPOSE, self.source.locked) is not None

    @property
    def needs_secret(self) -> bool:
        """Whether messages are refused, or the carrier is not asked, for want of a secret. Files need none."""
        wants = (self.form is not None and self.form.has_webhook) or self.source.asks.startswith("karrio:")
        lives_on_files = not self.source.locked and not self.source.asks and self.source.last_received_at is not None
        return wants and not self.has_readable_secret and not lives_on_files

    @property
    def refusal(self) -> object:
        """Why the last refused message was refused, if that is newer than the last good one."""
        refused, good = self.source.last_refused_at, self.source.last_received_at
        if refused is None or (good is not None and good > refused):
            return ""
        return SENTENCES.get(self.source.last_refusal, "")

    @property
    def health(self) -> str:
        """One of `off`, `secret`, `refused`, `failing`, `quarantine`, `silent`, `good`."""
        if not self.source.enabled:
            return "off"
        found = [
            ("secret", self.needs_secret),
            ("refused", bool(self.refusal)),
            ("failing", self.source.failures > 0),
            ("quarantine", self.quarantined > 0),
            ("silent", self.source.last_received_at is None),
        ]
        return next((name for name, holds in found if holds), "good")

    @property
    def tone(self) -> str:
        """The colour of its health."""
        bad = {"good": "good", "off": "neutral", "silent": "neutral", "quarantine": "warn", "secret": "warn"}
        return bad.get(self.health, "bad")

    @property
    def folder(self) -> Path:
        """Where its files are dropped."""
        return drop_folder(self.source.code)


def source_views(at: datetime) -> list[SourceView]:
    """Every source with its health; `at` is real time."""
    return _views(TrackingSource.objects.order_by("code"), at)


def source_view(source: TrackingSource, at: datetime) -> SourceView:
    """One source with its health."""
    return _views(TrackingSource.objects.filter(pk=source.pk), at)[0]


def _views(sources: QuerySet[TrackingSource], at: datetime) -> list[SourceView]:
    counted = sources.annotate(
        recent=Count("items", filter=Q(items__received_at__gt=at - RECENT)),
        waiting=Count("items", filter=Q(items__state=InboxState.NEW)),
        quarantined=Count("items", filter=Q(items__state=InboxState.QUARANTINED)),
    )
    return [SourceView(each, each.recent, each.waiting, each.quarantined) for each in counted]


def source_by(code: str) -> TrackingSource | None:
    """The source of that name."""
    return TrackingSource.objects.filter(code=code).first()


def secrets_of(source: TrackingSource, at: datetime) -> list[str]:
    """The secrets that are good at the real time `at`: the present one, and the one before while it lasts."""
    locked = [source.locked]
    if source.before_until is not None and at < source.before_until:
        locked.append(source.locked_before)
    opened = (unlock(PURPOSE, each) for each in locked if each)
    return [secret for secret in opened if secret]


def quarantined(source: TrackingSource | None = None) -> QuerySet[InboxItem]:
    """What could not be understood, the newest first."""
    found = InboxItem.objects.filter(state=InboxState.QUARANTINED).select_related("source").order_by("-id")
    return found.filter(source=source) if source else found


def item_by(pk: int) -> InboxItem | None:
    """One item of the inbox."""
    return InboxItem.objects.select_related("source").filter(pk=pk).first()


def drop_folder(code: str) -> Path:
    """`VAFA_HOME/drop/SOURCE`."""
    return Path(settings.HOME) / "drop" / code
