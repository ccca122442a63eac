"""The index follows the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vafa.catalog.models import Product, Reindex
from vafa.catalog.queries.entries import all_entries, entries
from vafa.catalog.search.documents import Entry
from vafa.catalog.search.here import the_index
from vafa.jobs.actions import enqueue
from vafa.kit.locks import Locked

AT_ONCE = 500
Progress = Callable[[float], None]


def index_changes() -> int:
    """Bring what changed into the index, some hundred rows of change at a time; how many that were.

    The rows are deleted once the index is written: a process that dies between the two does the same again. An index
    that is not there yet is made anew. Who comes while another one writes it waits for that.
    """
    if the_index().is_new:
        return rebuild_index()
    rows = dict(Reindex.objects.order_by("pk").values_list("pk", "product_code")[:AT_ONCE])
    if not rows:
        return 0
    codes = sorted(set(rows.values()))
    the_index().write(_read_late(codes), gone=codes)
    Reindex.objects.filter(pk__in=list(rows)).delete()
    return len(rows)


def _read_late(codes: Sequence[str]) -> Iterator[Entry]:
    """Read when the index asks for them: read before, they could replace what another worker wrote meanwhile."""
    yield from entries(codes)


def rebuild_index(progress: Progress | None = None) -> int:
    """Make the index anew from the database; how many products are in it. What changes meanwhile is left for later."""
    before = list(Reindex.objects.values_list("pk", flat=True))
    of = Product.objects.filter(public=True).count()
    the_index().replace(_told(all_entries(), of, progress or (lambda share: None)))
    for first in range(0, len(before), AT_ONCE):
        Reindex.objects.filter(pk__in=before[first : first + AT_ONCE]).delete()
    return of


def empty_index() -> None:
    """Nothing is found any more: for who has just deleted every product. While the worker writes, it is left to it."""
    try:
        the_index().replace([], wait=False)
    except (Locked, OSError, ValueError):
        enqueue("catalog.index", arguments={"anew": True})


def _told(found: Iterator[Entry], of: int, tell: Progress) -> Iterator[Entry]:
    for number, entry in enumerate(found):
        if number % AT_ONCE == 0:
            tell(min(number / max(of, 1), 1.0))
        yield entry
