"""How the public record is laid out: its measures, a figure for each period, and when a share may be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vafa.promises.queries import Record

LEAST_SETTLED = 20  # with fewer, one promise would move the share by more than five points
SHOWN_DAYS = 90  # the period of the headline and of the badge; nobody chooses it


@dataclass(frozen=True)
class Figure:
    """`part` promises of `of`; `of` None for a count that is no share of anything.

    The share is rounded to a tenth of a point against the shop: down where more is better, up (`is_bad`) where more is
    worse. So 100 % means all of them.
    """

    part: int
    of: int | None = None
    is_bad: bool = False

    @property
    def share(self) -> float | None:
        """0 to 1; None of fewer than LEAST_SETTLED."""
        if self.of is None or self.of < LEAST_SETTLED:
            return None
        thousandths = -(-self.part * 1000 // self.of) if self.is_bad else self.part * 1000 // self.of
        return thousandths / 1000


@dataclass(frozen=True)
class Line:
    """One measure: its name, what it is measured against, and a figure for each period. `begins` a group of lines."""

    name: str
    against: str
    figures: tuple[Figure, ...]
    begins: bool = True


def kept(record: Record) -> tuple[Figure, Figure]:
    """The promises kept, by the first date and by the last."""
    return (
        Figure(record.original.kept, record.original.settled),
        Figure(record.current.kept, record.current.settled),
    )


def lines_of(records: Sequence[Record]) -> list[Line]:
    """Every measure of one kind; `records` has one for each period."""

    def line(name: str, against: str, figure: Callable[[Record], Figure], *, begins: bool = True) -> Line:
        return Line(name, against, tuple(figure(record) for record in records), begins)

    first, last = _("by the first date"), _("by the last date")
    was_kept, exceeded, broken = _("Kept"), _("Exceeded"), _("Broken")
    moved, open_ = _("Moved"), _("Still open")
    return [
        line(_("Promised"), _("due in this time"), lambda of: Figure(of.made)),
        line(was_kept, first, lambda of: kept(of)[0]),
        line(was_kept, last, lambda of: kept(of)[1], begins=False),
        line(exceeded, first, lambda of: Figure(of.original.exceeded, of.original.settled)),
        line(exceeded, last, lambda of: Figure(of.current.exceeded, of.current.settled), begins=False),
        line(broken, first, lambda of: Figure(of.original.broken, of.original.settled, is_bad=True)),
        line(broken, last, lambda of: Figure(of.current.broken, of.current.settled, is_bad=True), begins=False),
        line(
            _("Made good"), _("of those broken by the first date"), lambda of: Figure(of.remedied, of.original.broken)
        ),
        line(moved, _("by the shop"), lambda of: Figure(of.revised_by_shop, of.made, is_bad=True)),
        line(
            moved,
            _("at the customer’s wish"),
            lambda of: Figure(of.revised - of.revised_by_shop, of.made),
            begins=False,
        ),
        line(_("Cancelled"), _("with their order"), lambda of: Figure(of.cancelled, of.made, is_bad=True)),
        line(open_, _("no outcome is known yet"), lambda of: Figure(of.still_open)),
    ]
