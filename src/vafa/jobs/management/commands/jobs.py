"""`vafa jobs`: what waits, runs and failed, from the terminal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vafa.jobs import actions, queries
from vafa.jobs.models import Job, State


class Command(BaseCommand):
    help = "List the newest work with state and progress; start a failed one again; drop one that nobody is doing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", metavar="list|retry|drop")
        listing = verbs.add_parser("list", help="the newest work (also without a verb)")
        listing.add_argument("--state", choices=State.values, default="")
        listing.add_argument("--most", type=int, default=50, help="how many rows (default 50)")
        verbs.add_parser("retry", help="start a dead letter again").add_argument("number", help="as the list shows it")
        verbs.add_parser("drop", help="delete work that nobody is doing").add_argument("number")

    def handle(self, *args: Any, **options: Any) -> None:
        verb = options["verb"] or "list"
        if verb == "list":
            self._list(options.get("state") or "", max(0, options.get("most", 50)))
            return
        job = queries.job_by_public_id(options["number"])
        if job is None:
            raise CommandError(f"There is no work with the number {options['number']}.", returncode=2)
        if verb == "retry":
            actions.retry(job)
            self.stdout.write("It will be tried again.")
        else:
            actions.drop(job)
            self.stdout.write("Dropped.")

    def _list(self, state: str, most: int) -> None:
        for job in queries.jobs_in_view(state)[:most]:
            self.stdout.write(_line(job))


def _line(job: Job) -> str:
    far = f"{job.percent:3d} %" if job.state == State.RUNNING else "     "
    return f"{job.public_id}  {job.state:<8} {far}  {job.task:<24} {job.error or job.note}".rstrip()
