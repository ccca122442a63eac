"""`vafa work`: the worker process."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vafa.config.serving import has_pending_migrations
from vafa.config.tasks import PERIODIC, TASKS
from vafa.jobs.crews import kind_of_crew
from vafa.jobs.doing import do_all
from vafa.kit.locks import IN_USE, Locked, locked


class Command(BaseCommand):
    help = "Do the waiting work: imports, fits, backtests, sweeps. Ends with SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, choices=range(1, 9), default=1, help="jobs done at the same time")
        parser.add_argument("--lease", type=float, default=30, help="seconds after which a dead worker's job is free")
        parser.add_argument("--grace", type=float, default=10, help="seconds that running jobs get to end at a stop")
        parser.add_argument("--until-idle", action="store_true", help="do what is free now, then end")
        parser.add_argument("--no-broker", action="store_true", help="look at the table itself, though a broker is set")
        parser.add_argument("--parent", type=int, help="end when the process with this id is no longer the parent")

    def handle(self, *args: Any, **options: Any) -> None:
        if has_pending_migrations():
            raise CommandError("The database is not up to date. Run “vafa migrate”.", returncode=2)
        if options["until_idle"]:
            self.stdout.write(f"{do_all(TASKS)} done.")
            return
        try:
            with locked(Path(settings.HOME) / IN_USE, shared=True):
                self._work(options)
        except Locked:
            raise CommandError("A backup is being restored just now.", returncode=2) from None

    def _work(self, options: dict[str, Any]) -> None:
        crew = kind_of_crew(broker=bool(settings.BROKER_URL) and not options["no_broker"])(
            TASKS,
            PERIODIC,
            threads=options["threads"],
            lease=timedelta(seconds=options["lease"]),
            grace=timedelta(seconds=options["grace"]),
            parent=options["parent"],
        )
        crew.run()
