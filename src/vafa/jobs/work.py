"""What a task function gets, and how the tasks of the house are listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vafa.jobs.models import Job


class LeaseLost(Exception):  # noqa: N818 - a signal, not a fault
    """Another worker has this job now, or the process must end: stop at once, nothing will be recorded."""


@dataclass
class Work:
    """One attempt at a job, in the hands of its task function."""

    job: Job
    fraction: float = 0.0
    note: str = ""
    stopped: bool = False
    written: tuple[float, str] = (0.0, "")  # what of it the database knows

    @property
    def arguments(self) -> dict[str, Any]:
        """What `enqueue` was given."""
        return dict(self.job.arguments)

    def progress(self, fraction: float, note: str = "") -> None:
        """Say how far it is (0 to 1) and what is being done. Raises LeaseLost when the task should stop.

        Cheap: a background thread writes it down, a few times a second.
        """
        if self.stopped:
            raise LeaseLost
        self.fraction, self.note = fraction, note


# A task: does the work, may be run again from the start at any time, returns what the page should know.
# A result {"url": "/…"} is shown as a link. Problem = will never work: a dead letter at once; other errors are retried.
Task = Callable[[Work], dict[str, Any] | None]


@dataclass(frozen=True)
class Periodic:
    """A task to be run once in every span of real time, `offset` after the span begins (spans count from 1970 UTC)."""

    task: str
    every: timedelta
    arguments: Mapping[str, Any] = field(default_factory=dict)
    offset: timedelta = timedelta(0)
    priority: int = 0

    def key(self, at: datetime) -> str:
        """The name of the tick that `at` lies in."""
        number = (at.timestamp() - self.offset.total_seconds()) // self.every.total_seconds()
        return f"{self.task}@{self.every.total_seconds():.0f}:{number:.0f}"
