"""The one row of rules, and what it says of the hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from vafa.messages.models import Rules


def the_rules() -> Rules:
    """The rules; unsaved defaults, with the switch on, before the owner first saves any."""
    return Rules.objects.filter(pk=1).first() or Rules()


def end_of_quiet(rules: Rules, zone: str, at: datetime) -> datetime | None:
    """When the quiet hours that `at` lies in end; None where it lies in none."""
    local = at.astimezone(ZoneInfo(zone))
    first, last, now = rules.quiet_from, rules.quiet_until, local.time()
    over_midnight = first > last
    is_quiet = (now >= first or now < last) if over_midnight else first <= now < last
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1) if over_midnight and now >= first else local.date()
    return datetime.combine(day, last, tzinfo=ZoneInfo(zone)).astimezone(UTC)
