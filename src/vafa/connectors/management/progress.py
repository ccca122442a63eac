"""A progress bar in the terminal; silent where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from vafa.connectors.actions.importing import Progress as Tell


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Tell]:
    """A function to be told the share done and a note."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0)

        def tell(share: float, note: str) -> None:
            bar.update(task, completed=share, description=note)

        yield tell
