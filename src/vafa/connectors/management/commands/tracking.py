"""`vafa tracking`: sources of tracking events, their quarantine, and reading what they sent once more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vafa.connectors.actions.asking import ask_source
from vafa.connectors.actions.dropping import collect_files
from vafa.connectors.actions.inbox import drop_item, read_left_behind, replay, retry_item
from vafa.connectors.actions.sources import add_source, set_secret, switch_source
from vafa.connectors.management.progress import progress_bar
from vafa.connectors.models import InboxItem, TrackingSource
from vafa.connectors.queries.tracking import item_by, quarantined, source_by, source_views
from vafa.connectors.tracking.form import forms, the_form
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem


class Command(BaseCommand):
    """Exit code 2 with one sentence for an unknown source or item."""

    help = "Sources of tracking events: list, add, give a secret, switch, collect, replay, quarantine."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", metavar="VERB")
        verbs.add_parser("sources", help="every source with its health")
        add = verbs.add_parser("add", help="add a source; prints its secret once")
        add.add_argument("source", metavar="SOURCE", help="its name, for example post")
        add.add_argument("--form", help=f"the carrier's folder (default: the name): {', '.join(forms())}")
        add.add_argument(
            "--asks", default="", help="karrio:CARRIER, or an address with {number}, for who must be asked"
        )
        secret = verbs.add_parser("secret", help="replace the secret; the old one is good for a day")
        secret.add_argument("source", metavar="SOURCE")
        secret.add_argument("--value", default="", help="the secret that the carrier gave; without it a fresh one")
        for verb, text in (("on", "switch a source on"), ("off", "switch a source off")):
            verbs.add_parser(verb, help=text).add_argument("source", metavar="SOURCE")
        verbs.add_parser("collect", help="read drop folders and ask carriers now")
        again = verbs.add_parser("replay", help="read everything a source sent once more")
        again.add_argument("source", metavar="SOURCE")
        again.add_argument("--since", type=_moment, help="only what came since this day or time (ISO, UTC)")
        bad = verbs.add_parser("quarantine", help="what was not understood")
        bad.add_argument("source", nargs="?", metavar="SOURCE")
        bad.add_argument("--retry", type=int, metavar="NUMBER", help="read this one once more")
        bad.add_argument("--retry-all", action="store_true", help="read all of them once more")
        bad.add_argument("--drop", type=int, metavar="NUMBER", help="nobody will make anything of this one")

    def handle(self, *, verb: str | None = None, **options: Any) -> None:
        named: dict[str, Callable[..., None]] = {
            "add": self._add,
            "secret": self._secret,
            "on": self._switch,
            "off": self._switch,
            "collect": self._collect,
            "replay": self._replay,
            "quarantine": self._quarantine,
        }
        chosen: Callable[..., None] = named.get(verb or "", self._sources)
        chosen(verb=verb, **options)

    def _sources(self, **options: Any) -> None:
        views = source_views(real_now())
        for view in views:
            counts = f"{view.recent} in a day, {view.waiting} waiting, {view.quarantined} in quarantine"
            self.stdout.write(f"{view.source.code:20} {view.source.form:10} {view.health:10} {counts}")
        if not views:
            self.stdout.write("There are no sources yet: vafa tracking add SOURCE --form FOLDER")

    def _add(self, *, source: str, form: str | None, asks: str, **options: Any) -> None:
        made = add_source(code=source, form=form or source, asks=asks)
        if the_form(made.form).has_webhook and not asks:
            self.stdout.write(f"Messages go to /hooks/tracking/{made.code}")
            self.stdout.write(f"Its secret, shown this once: {set_secret(made)}")
        self.stdout.write(f"Source {made.code} was added.")

    def _secret(self, *, source: str, value: str, **options: Any) -> None:
        said = set_secret(_the_source(source), value)
        self.stdout.write("The secret was replaced." if value else f"Its secret, shown this once: {said}")

    def _switch(self, *, verb: str, source: str, **options: Any) -> None:
        switch_source(_the_source(source), on=verb == "on")
        self.stdout.write(f"Source {source} is {verb}.")

    def _collect(self, **options: Any) -> None:
        for source in TrackingSource.objects.filter(enabled=True):
            for found in collect_files(source):
                told = found.problem or f"{found.rows} rows, {found.rejected} not understood"
                self.stdout.write(f"{source.code}: {found.name}: {told}")
            if source.asks:
                self.stdout.write(f"{source.code}: {ask_source(source)} numbers answered")
        self.stdout.write(f"{read_left_behind()} messages that had been left behind.")

    def _replay(self, *, source: str, since: datetime | None, **options: Any) -> None:
        with progress_bar(quiet=options["verbosity"] == 0) as progress:
            found = replay(_the_source(source), since=since, progress=progress)
        events = found.events
        self.stdout.write(f"{found.items} messages and rows read, {found.quarantined} of them not understood.")
        self.stdout.write(f"Events: {events.created} new, {events.updated} changed, {events.unchanged} as they were.")

    def _quarantine(self, *, source: str | None, retry: int | None, drop: int | None, **options: Any) -> None:
        if retry is not None:
            self.stdout.write(f"{retry}: {retry_item(_the_item(retry)).state}")
        elif drop is not None:
            drop_item(_the_item(drop))
            self.stdout.write(f"{drop}: dropped")
        else:
            self._quarantined(source, retry_all=options["retry_all"])

    def _quarantined(self, source: str | None, *, retry_all: bool) -> None:
        kept = quarantined(_the_source(source) if source else None)
        for item in list(kept if retry_all else kept[:100]):
            if retry_all and item.body is not None:
                item = retry_item(item)
            why = "; ".join(f"{sentence} {detail}".strip() for sentence, detail in item.reasons[:3])
            self.stdout.write(f"{item.pk:8} {item.source.code:20} {item.state:12} {item.origin or item.through} {why}")
        self.stdout.write(f"{kept.count()} in quarantine.")


def _the_source(code: str) -> TrackingSource:
    found = source_by(code)
    if found is None:
        raise Problem("unknown-source", f"There is no source “{code}”. See: vafa tracking sources", field="source")
    return found


def _the_item(number: int) -> InboxItem:
    found = item_by(number)
    if found is None:
        raise Problem("unknown-item", f"There is no message {number}.", field="number")
    return found


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if len(text) == 10:
        found = datetime.combine(found.date(), time())
    return found if found.tzinfo else found.replace(tzinfo=UTC)
