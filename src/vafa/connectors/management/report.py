"""The figures of an import, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vafa.connectors.actions.importing import Outcome
from vafa.connectors.reasons import SENTENCES


def report_lines(outcome: Outcome, rejects: Path) -> Iterator[str]:
    """What was read, what changed, what could not be used and where that is written down."""
    survey = outcome.survey
    yield ngettext("%(n)s order read.", "%(n)s orders read.", survey.orders) % {"n": f"{survey.orders:,}"}
    names = {"orders": _("orders"), "parcels": _("parcels"), "reviews": _("reviews"), "promises": _("promises")}
    for name, label in names.items():
        part = getattr(outcome, name)
        words = {"what": label, "new": part.created, "changed": part.updated, "same": part.unchanged}
        yield "  " + _("%(what)s: %(new)s new, %(changed)s changed, %(same)s as before") % words
    if outcome.changed_nothing:
        yield _("Nothing new: everything in this file was known already.")
    yield from _promise_lines(outcome)
    yield from rejected_lines(outcome.survey.rows_rejected, outcome.survey.values_rejected, rejects)


def _promise_lines(outcome: Outcome) -> Iterator[str]:
    if not outcome.survey.promises:
        yield _("No promise dates in this file.")
    elif not outcome.promises_recorded:
        yield _("No dates of delivery in this file, so it cannot be told which promises were kept: none was recorded.")
    if outcome.settings_taken:
        yield _("The shop's time zone and currency were taken from this file.")


def rejected_lines(rows: dict[str, int], values: dict[str, int], rejects: Path) -> Iterator[str]:
    """What could not be used, by reason, and where all of it is written down."""
    if not rows and not values:
        yield _("Every row could be used.")
        return
    lost = sum(rows.values())
    yield ngettext("%(n)s row could not be used.", "%(n)s rows could not be used.", lost) % {"n": f"{lost:,}"}
    yield from _by_reason(rows)
    if values:
        remarks = sum(values.values())
        yield ngettext("%(n)s remark on rows that were used.", "%(n)s remarks on rows that were used.", remarks) % {
            "n": f"{remarks:,}"
        }
        yield from _by_reason(values)
    yield _("All of them with file, line and reason: %s") % rejects


def _by_reason(counts: dict[str, int]) -> Iterator[str]:
    for code, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        yield f"  {count:>7,}  {SENTENCES[code]}"
