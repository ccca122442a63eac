"""`vafa seal`: seal the day's events, or check that nothing changed since they were sealed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vafa.promises import actions, queries

SENTENCES = {
    "seal-changed": "Seal {where} was changed.",
    "signature-wrong": "Seal {where} does not carry the shop's signature.",
    "chain-broken": "Seal {where} does not follow from the seal before it.",
    "events-changed": "The entries under seal {where} were changed, or some are gone.",
    "event-missing": "Entries of promise {where} are missing.",
    "terms-changed": "Promise {where} no longer says what was promised.",
    "state-changed": "The state of promise {where} is not what its entries say.",
}


class Command(BaseCommand):
    help = "Seal every entry of the ledger that is not yet sealed. With --check: find what was changed afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit code 1 when something was changed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        sealed = actions.seal()
        for seal in sealed:
            self.stdout.write(f"Seal {seal.number} · {seal.day} · {seal.count} entries · {seal.root}")
        if not sealed:
            self.stdout.write("Nothing new to seal.")

    def _check(self) -> None:
        found = 0
        for fault in queries.faults():
            found += 1
            self.stdout.write(SENTENCES[fault.what].format(where=fault.where))
        if found:
            raise CommandError(f"{found} places are not as they were.", returncode=1)
        self.stdout.write(f"{queries.seals().count()} seals checked: nothing was changed.")
