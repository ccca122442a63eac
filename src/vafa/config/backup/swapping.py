"""The last step of a restore: files change places by renaming, and a restore that was killed there is carried on.

`restore.json` in the data folder is the point of no return. Before it is written nothing has changed; once it is there
every start of Vafa first finishes what it says. Imported by the settings, so it uses neither models nor settings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from vafa.kit.locks import IN_USE, Locked, locked

NAME = "restore.json"
BESIDE_A_DATABASE = ("-wal", "-shm", "-journal")  # a log of the old file must never be read into the new one


class StillRestoring(Exception):  # noqa: N818 - an answer, not a fault
    """Another process is restoring at this moment."""


@dataclass(frozen=True)
class Swap:
    """What is to change places: each of `places` goes to `NAME.before-restore-ID`, `NAME.restoring-ID` takes its place.

    With `if_committed` only where the database has a job of that unique key: its rows and the files change together.
    """

    id: str
    places: list[str]
    if_committed: str = ""

    def new(self, place: str) -> Path:
        """Where what is to come waits."""
        return Path(f"{place}.restoring-{self.id}")

    def old(self, place: str) -> Path:
        """Where what was there goes."""
        return Path(f"{place}.before-restore-{self.id}")

    def carry_out(self) -> None:
        """Let everything change places. May be run again after it was killed anywhere."""
        for place in self.places:
            if self.new(place).exists():
                for ending in (*BESIDE_A_DATABASE, ""):
                    _move(Path(place + ending), Path(f"{self.old(place)}{ending}"))
                _move(self.new(place), Path(place))
                _on_disk(Path(place).parent)

    def write(self, home: Path) -> None:
        """Make it certain."""
        written = home / f"{NAME}.{self.id}"
        with written.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        written.rename(home / NAME)
        _on_disk(home)

    def done(self, home: Path) -> None:
        """It is over."""
        (home / NAME).unlink(missing_ok=True)
        _on_disk(home)


def finish_interrupted(home: Path, is_committed: Callable[[str], bool]) -> None:
    """Carry on a restore that was killed. `is_committed` asks the database. StillRestoring where it is not dead."""
    if not (home / NAME).exists():
        return
    try:
        with locked(home / IN_USE):
            swap = Swap(**json.loads((home / NAME).read_text(encoding="utf-8")))
            if not swap.if_committed or is_committed(swap.if_committed):
                swap.carry_out()
            swap.done(home)
    except Locked:
        raise StillRestoring from None


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.rename(target)


def _on_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
