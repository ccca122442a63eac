"""`vafa receipt`: show, verify, and the key that signs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vafa.promises import actions, queries
from vafa.promises.models import Promise
from vafa.promises.public_keys import read_keys
from vafa.promises.receipts import Checked, check_file, read_file, receipt_file


class Command(BaseCommand):
    help = "Show a promise's receipt, verify one that somebody holds, or take a new signing key."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="show|verify|rotate-key")
        show = commands.add_parser("show", help="print the receipt file of a promise")
        show.add_argument("promise", help="the promise's public id")
        show.add_argument("--issue", action="store_true", help="issue the receipt of an imported promise now")
        verify = commands.add_parser("verify", help="check a receipt or proof file; exit code 1 when it is not genuine")
        verify.add_argument("file", type=Path)
        verify.add_argument("--public-key", type=Path, help="trust this key only, and ask no database")
        commands.add_parser("rotate-key", help="retire the signing key and make a new one; old receipts stay valid")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "rotate-key":
            self.stdout.write(f"New signing key: {actions.rotate_key().key_id}. Put it into your backup.")
        elif options["what"] == "show":
            self.stdout.write(_shown(_promise(options["promise"]), issue=options["issue"]))
        else:
            self._verify(options["file"], options["public_key"])

    def _verify(self, file: Path, key_file: Path | None) -> None:
        held = read_file(_text(file))
        if key_file is not None:
            checked = check_file(held, read_keys(_text(key_file)))
        else:
            checked = check_file(held, queries.public_keys(), queries.published_among(held))
        self.stdout.write(("GENUINE. " if checked.genuine else "NOT GENUINE. ") + str(checked.reason))
        for name, value in checked.rows:
            self.stdout.write(f"  {name}: {value}")
        if key_file is None:
            self.stdout.write(_became(checked))
        if not checked.genuine:
            raise CommandError("This file proves nothing.", returncode=1)


def _shown(promise: Promise, *, issue: bool) -> str:
    receipt = actions.issue_receipt(promise) if issue else queries.receipt_of(promise)
    if receipt is None:
        raise CommandError("This promise has no receipt yet. Add --issue to sign one now.", returncode=2)
    return json.dumps(receipt_file(receipt), ensure_ascii=False, indent=2)


def _became(checked: Checked) -> str:
    promise = _lookup(checked.promise)
    if promise is None:
        return "The ledger here does not know this promise."
    return f"In the ledger: {promise.state}" + (
        f", fulfilled {promise.fulfilled_at.isoformat()}" if promise.fulfilled_at else ""
    )


def _promise(name: str) -> Promise:
    promise = _lookup(name)
    if promise is None:
        raise CommandError(f"There is no promise with the id {name}.", returncode=2)
    return promise


def _lookup(name: str) -> Promise | None:
    try:
        return queries.promise_by(UUID(name))
    except ValueError:
        return None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as refused:
        raise CommandError(f"{file} cannot be read: {refused.strerror}.", returncode=2) from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not a text file.", returncode=2) from None
