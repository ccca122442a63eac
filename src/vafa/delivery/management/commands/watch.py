"""`vafa watch`: how open promises stand, and one look at them now."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vafa.delivery.actions.watching import watch
from vafa.delivery.queries.watching import watch_status
from vafa.delivery.terminal import progress_bar


class Command(BaseCommand):
    help = (
        "Say how the watch over open promises stands; `watch run` looks at them now and tells customers by the rules."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")
        commands = parser.add_subparsers(dest="what", metavar="run")
        run = commands.add_parser("run", help="look at what is due, find common causes, tell customers by the rules")
        run.add_argument("--all", action="store_true", dest="everything", help="look at every open promise")
        run.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        passed = None
        if options["what"] == "run":
            with progress_bar(self.stderr) as tell:
                passed = watch(everything=options["everything"], progress=tell)
        status = watch_status()
        if options["json"]:
            self.stdout.write(json.dumps({**status.as_json(), "passed": passed and asdict(passed)}))
            return
        if passed is not None:
            self.stdout.write(
                f"{passed.looked_at} promises looked at · {passed.noticed} notices written · "
                f"{passed.told} customers told"
            )
        self.stdout.write(
            f"{status.watched} open promises watched · {status.at_risk} at risk · oldest look "
            + (f"{status.oldest:%Y-%m-%d %H:%M} UTC" if status.oldest else "never")
        )
        self.stdout.write(
            f"{status.alerts} alerts · {status.proposed} notices wait for approval · {status.held} for a decision · "
            f"{status.told} told · {status.to_do} choices to do"
        )
