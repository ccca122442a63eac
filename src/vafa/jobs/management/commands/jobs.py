"""`vafa jobs`: what waits, runs and failed, from the terminal."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vafa.jobs import actions, queries
from vafa.jobs.models import Job, State
from vafa.kit.problems import Problem


class Command(BaseCommand):
    help = "List the newest work with state and progress; show one; start failed ones again; drop what nobody is doing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", metavar="list|show|retry|drop")
        listing = verbs.add_parser("list", help="the newest work (also without a verb)")
        _add_filters(listing)
        listing.add_argument("--most", type=int, default=50, help="how many rows (default 50)")
        listing.add_argument("--json", action="store_true", help="one JSON object a line")
        show = verbs.add_parser("show", help="everything about one")
        show.add_argument("number", help="as the list shows it")
        show.add_argument("--json", action="store_true")
        for verb, says in (("retry", "start dead letters again"), ("drop", "delete work that nobody is doing")):
            many = verbs.add_parser(verb, help=says)
            many.add_argument("number", nargs="*", help="as the list shows it")
            many.add_argument("--all-failed", action="store_true", help="every dead letter")
            many.add_argument("--task", default="", help="with --all-failed: only those of this task")

    def handle(self, *args: Any, **options: Any) -> None:
        verb = options["verb"] or "list"
        if verb == "list":
            self._list(**{name: options.get(name) for name in ("state", "task", "most", "json")})
        elif verb == "show":
            self._show(_job(options["number"]), as_json=options["json"])
        else:
            self._change(verb, options)

    def _list(self, state: str | None, task: str | None, most: int | None, json: bool | None) -> None:
        jobs = queries.jobs_in_view(state or "", task=task or "")
        for job in jobs[: 50 if most is None else max(0, most)]:
            self.stdout.write(_as_json(job) if json else _line(job))

    def _show(self, job: Job, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(_as_json(job))
            return
        for name, value in _facts(job).items():
            if value not in (None, "", {}):
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                self.stdout.write(f"{name:<14} {text}")

    def _change(self, verb: str, options: dict[str, Any]) -> None:
        if bool(options["number"]) == options["all_failed"]:
            raise CommandError(f"Say which: vafa jobs {verb} NUMBER …, or --all-failed.", returncode=2)
        jobs: Iterable[Job] = (
            queries.dead_letters(options["task"]).iterator()
            if options["all_failed"]
            else [_job(number) for number in options["number"]]
        )
        change, count = actions.retry if verb == "retry" else actions.drop, 0
        for job in jobs:
            try:
                change(job)
                count += 1
            except Problem:
                if not options["all_failed"]:  # of all the failed ones, somebody else may just have taken this one
                    raise
        self.stdout.write(f"{count} will be tried again." if verb == "retry" else f"{count} dropped.")


def _add_filters(parser: ArgumentParser) -> None:
    parser.add_argument("--state", choices=State.values, default="")
    parser.add_argument("--task", default="", help="only of this task, as delivery.fit")


def _job(number: str) -> Job:
    job = queries.job_by_public_id(number)
    if job is None:
        raise CommandError(f"There is no work with the number {number}.", returncode=2)
    return job


def _line(job: Job) -> str:
    far = f"{job.percent:3d} %" if job.state == State.RUNNING else "     "
    return f"{job.public_id}  {job.state:<8} {far}  {job.task:<24} {job.error or job.note}".rstrip()


def _facts(job: Job) -> dict[str, Any]:
    times = {name: getattr(job, name) for name in ("asked_at", "free_at", "started_at", "finished_at")}
    return {
        "number": str(job.public_id),
        "task": job.task,
        "state": job.state,
        "priority": job.priority,
        "attempt": job.attempt,
        "most_attempts": job.most_attempts,
        **{name: time.isoformat() if time else None for name, time in times.items()},
        "worker": job.worker,
        "fraction": job.fraction,
        "note": job.note,
        "error": job.error,
        "unique_key": job.unique_key,
        "arguments": job.arguments,
        "result": job.result,
    }


def _as_json(job: Job) -> str:
    return json.dumps(_facts(job), ensure_ascii=False)
