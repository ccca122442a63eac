"""Files that carriers or people drop into a source's folder (over SFTP, from a share).

    VAFA_HOME/drop/SOURCE/*.csv     what is new
                         /taken/    what is being read
                         /done/     what was read
                         /rejects/  rows that could not be used, one file for each that had any

A file is touched only when it has been left alone for a minute. It is moved before it is read, so nobody writes into
it any more; a reading that was broken off goes on with it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.utils.translation import override

from vafa.connectors.actions.inbox import read_items, receive_rows
from vafa.connectors.models import InboxItem, InboxState, TrackingSource
from vafa.connectors.queries.tracking import drop_folder
from vafa.connectors.rejects import harmless
from vafa.connectors.tables import Table, open_table
from vafa.connectors.tracking.faults import SENTENCES
from vafa.connectors.tracking.form import forms
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

LEFT_ALONE = timedelta(minutes=1)
PORTION = 200
KINDS = (".csv", ".csv.gz", ".xlsx")
UNFINISHED = ("file-cut-off", "file-empty")  # perhaps the other side still writes, after a pause
GIVEN_UP = timedelta(hours=1)


@dataclass(frozen=True)
class Dropped:
    """One file: its rows, how many of them were not understood, and why it could not be read at all."""

    name: str
    rows: int = 0
    rejected: int = 0
    problem: str = ""


def collect_files(source: TrackingSource, *, at: datetime | None = None) -> list[Dropped]:
    """Read what lies in the source's folder; `at` is real time. Call it outside any transaction."""
    at = at or real_now()
    form, folder = forms().get(source.form), drop_folder(source.code)
    if form is None or not form.has_files or not source.enabled or not folder.is_dir():
        return []
    return [found for path in _waiting(folder, at) if (found := _collect(source, path, folder, at)) is not None]


def _waiting(folder: Path, at: datetime) -> Iterator[Path]:
    """Files taken before and not finished, then those that nobody has written to for a while."""
    yield from sorted(path for path in (folder / "taken").glob("*") if path.is_file())
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file() or not path.name.lower().endswith(KINDS) or path.name[0] == ".":
            continue
        if path.stat().st_mtime <= (at - LEFT_ALONE).timestamp():
            yield path


def _collect(source: TrackingSource, path: Path, folder: Path, at: datetime) -> Dropped | None:
    if path.parent == folder:
        old = path.stat().st_mtime <= (at - GIVEN_UP).timestamp()
        try:
            _look_through(open_table(path))
        except Problem as refused:
            if refused.code in UNFINISHED and not old:
                return None
        path = _move(path, folder / "taken")
    try:
        read = _read(source, path, folder, at)
    except Problem as refused:
        _move(path, folder / "rejects")
        TrackingSource.objects.filter(pk=source.pk).update(last_problem=f"{path.name}: {refused}"[:200])
        return Dropped(path.name, problem=str(refused))
    _move(path, folder / "done")
    return read


def _look_through(table: Table) -> None:
    for _line in table.lines():
        pass


def _read(source: TrackingSource, path: Path, folder: Path, at: datetime) -> Dropped:
    table, rows, rejected = open_table(path), 0, 0
    target = folder / "rejects" / f"{path.name}.rejects.csv"
    lines = table.lines()
    with _Rejects(target, table.headings) as rejects:
        while portion := list(islice(lines, PORTION)):
            bodies = [_body(table.headings, line.cells) for line in portion]
            read_items(
                receive_rows(
                    source,
                    [(body, f"{path.name}:{line.number}") for body, line in zip(bodies, portion, strict=True)],
                    at=at,
                )
            )
            rows += len(portion)
            rejected += rejects.write(source, path.name, {line.number: line.cells for line in portion})
    return Dropped(path.name, rows, rejected)


def _body(headings: list[str], cells: list[str]) -> bytes:
    return json.dumps(dict(zip(headings, cells, strict=False)), ensure_ascii=False).encode()


class _Rejects:
    """The file of rows that were not understood; it appears only when there are any."""

    def __init__(self, path: Path, headings: list[str]) -> None:
        self.path, self.headings, self.rows = path, headings, list[list[str]]()

    def __enter__(self) -> _Rejects:
        return self

    def write(self, source: TrackingSource, name: str, cells: dict[int, list[str]]) -> int:
        """Add those of these lines that lie in quarantine, their reasons in the shop's language; how many."""
        origins = {f"{name}:{number}"[:140]: number for number in cells}
        bad = InboxItem.objects.filter(source=source, origin__in=origins, state=InboxState.QUARANTINED)
        for origin, faults in bad.order_by("pk").values_list("origin", "faults"):
            number, (code, _detail) = origins[origin], faults[0]
            said = [harmless(cell) for cell in cells[number]]
            with override(the_shop().default_language):
                self.rows.append([str(number), code, str(SENTENCES.get(code, code)), *said])
        return len(bad)

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None or not self.rows:
            return
        self.path.parent.mkdir(exist_ok=True, mode=0o700)
        part = self.path.with_name(self.path.name + ".part")
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "code", "reason", *map(harmless, self.headings)])
            writer.writerows(self.rows)
        part.replace(self.path)


def _move(path: Path, folder: Path) -> Path:
    """Into the folder, under a name that is free there."""
    folder.mkdir(exist_ok=True, mode=0o700)
    target, count = folder / path.name, 1
    while target.exists():
        count += 1
        target = folder / f"{count}-{path.name}"
    return path.rename(target)
