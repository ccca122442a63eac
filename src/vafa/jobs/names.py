"""What people call the tasks. `vafa.config` hands the names in at start, because this room knows no task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vafa.kit.problems import Text

_names: dict[str, Text] = {}
_listed_elsewhere: set[str] = set()


def name_tasks(names: Mapping[str, Text]) -> None:
    """Add names for people to the stable names of tasks."""
    _names.update(names)


def list_elsewhere(tasks: Iterable[str]) -> None:
    """These have a page of their own (messages, the outbox): the list of work shows them only when something is up."""
    _listed_elsewhere.update(tasks)


def listed_elsewhere() -> set[str]:
    """The tasks that `list_elsewhere` was told of."""
    return set(_listed_elsewhere)


def name_of(task: str) -> Text:
    """What to call the task on a page; its stable name where nobody gave another."""
    return _names.get(task, task)
