"""Progress and tables in the terminal; nothing but plain lines where the output is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


def console_on(stream: Any) -> Console:
    """A console that writes where Django's command writes."""
    return Console(file=cast("IO[str]", getattr(stream, "_out", stream)))


@contextmanager
def progress_bar(stream: Any) -> Iterator[Callable[[float, str], None]]:
    """A bar on `stream` that is gone when the work is done."""
    console = console_on(stream)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def tell(fraction: float, note: str) -> None:
            bar.update(task, completed=min(1.0, max(0.0, fraction)), description=note)

        yield tell
