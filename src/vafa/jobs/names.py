"""What people call the tasks. `vafa.config` hands the names in at start, because this room knows no task."""

from __future__ import annotations

from collections.abc import Mapping

from vafa.kit.problems import Text

_names: dict[str, Text] = {}


def name_tasks(names: Mapping[str, Text]) -> None:
    """Add names for people to the stable names of tasks."""
    _names.update(names)


def name_of(task: str) -> Text:
    """What to call the task on a page; its stable name where nobody gave another."""
    return _names.get(task, task)
