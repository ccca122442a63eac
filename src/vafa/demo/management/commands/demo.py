"""`vafa demo`: the simulated shop, built and served; `vafa demo tick | strike | calm`: what happens in it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from argparse import ArgumentParser
from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from vafa.delivery.queries import active_model
from vafa.demo.actions import (
    ask_tick,
    begin_strike,
    build_shop,
    empty_simulated_shop,
    end_strike,
    let_people_look_around,
    let_people_talk,
    place_own_orders,
)
from vafa.demo.carriers import STOPPABLE
from vafa.demo.home import FIRST_PORT, program
from vafa.demo.lock import Taken, held
from vafa.demo.models import Build
from vafa.demo.queries import belongs_to_somebody, finished_build, the_build, today_at
from vafa.demo.simulation import Scenario
from vafa.demo.watching import EVERY, Tell, watched
from vafa.jobs.models import Job, State
from vafa.jobs.queries import is_anybody_working, jobs_in_view
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.shop.actions import move_clock

REFUSAL = """The data folder {home} holds a real shop, and the demo keeps its hands off it.
To run that shop: VAFA_HOME={home} {vafa} serve --worker. To see the demo: {vafa} demo --home ANOTHER-FOLDER"""
TAKEN = """The demo in {home} is in use already ({who}).
End it first, or build another one: {vafa} demo --home ANOTHER-FOLDER --port ANOTHER-PORT"""
WELCOME = """
  The demo is ready:  http://127.0.0.1:{port}/demo/

  Sign in there with one click, no password: as owner (demo-owner) or as support agent (demo-agent).
  Data folder: {home}   (commands: VAFA_HOME={home} {vafa} quote --to شیراز)
  {state}
  Ctrl-C ends it. The next start is at once; `--fresh` builds it anew.
"""


class Command(BaseCommand):
    help = "Build a simulated bookshop with a year of orders, fit its model, and serve it. Touches no real shop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", nargs="?", choices=("tick", "strike", "calm"), help="let days go by; let a carrier strike; end that"
        )
        parser.add_argument("--days", type=int, help="tick: how many (default 1); strike: at most how long (default 5)")
        parser.add_argument("--carrier", default="tipax", help=f"strike: {', '.join(STOPPABLE)} (default tipax)")
        parser.add_argument("--home", help="data folder of the demo (default: VAFA_HOME, else var/demo)")
        parser.add_argument("--port", type=int, default=FIRST_PORT, help=f"where to listen (default {FIRST_PORT})")
        parser.add_argument("--seed", type=int, default=Scenario.seed, help="another seed, another year")
        parser.add_argument("--no-serve", action="store_true", help="build, fit and backtest, then end")
        parser.add_argument("--fresh", action="store_true", help="throw the demo away and build it up to today")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"]:
            self._steer(options["what"], options["days"], options["carrier"])
            return
        if not 1 <= options["port"] <= 65535:
            raise CommandError("--port must be a number from 1 to 65535.", returncode=2)
        says = f"process {os.getpid()}" + ("" if options["no_serve"] else f", http://127.0.0.1:{options['port']}")
        try:
            with held(Path(settings.HOME), says=says):
                self._run(**options)
        except Taken as taken:
            raise CommandError(TAKEN.format(home=settings.HOME, who=taken, vafa=program()), returncode=2) from None

    def _run(self, *, port: int, no_serve: bool, fresh: bool, seed: int, **_others: Any) -> None:
        if not no_serve:
            self._require_free(port)
        self._prepare_database(fresh=fresh)
        build = self._build(seed)
        place_own_orders(at=clock.now())
        let_people_talk(at=clock.now())
        let_people_look_around(at=clock.now())
        if no_serve:
            self._wait_for_figures()
            self.stdout.write(f"Ready. Serve it with: {program()} demo --home {settings.HOME}")
            return
        welcome = WELCOME.format(port=port, home=settings.HOME, vafa=program(), state=_state(build))
        self.stdout.write(welcome, ending="", style_func=str)
        call_command("serve", worker=True, port=port)

    def _steer(self, what: str, days: int | None, carrier: str) -> None:
        """What the buttons of the pages do; also beside a demo that is being served."""
        if belongs_to_somebody():
            raise CommandError(REFUSAL.format(home=settings.HOME, vafa=program()), returncode=2)
        if Build._meta.db_table not in connection.introspection.table_names() or the_build() is None:
            raise CommandError(f"There is no demo in {settings.HOME} yet. Build it: {program()} demo", returncode=2)
        try:
            getattr(self, f"_{what}")(days, carrier)
        except Problem as refused:
            raise CommandError(str(refused), returncode=2) from None

    def _tick(self, days: int | None, _carrier: str) -> None:
        if days is not None and days < 1:
            raise CommandError("--days must be at least 1.", returncode=2)
        job = ask_tick(today_at(clock.now()) + timedelta(days=days or 1))
        if is_anybody_working(clock.real_now()):
            self._follow(job)
        else:
            with self._bar() as bar, watched(_teller(bar)):
                call_command("work", until_idle=True, stdout=StringIO())
        job.refresh_from_db()
        if job.state != State.DONE:
            raise CommandError(f"It did not end: {job.error or job.get_state_display()}", returncode=1)
        self.stdout.write(f"For this shop it is {finished_build().today} now.")

    def _follow(self, job: Job) -> None:
        """A worker is at it: say how far, until it ends."""
        over = threading.Event()
        with self._bar() as bar:
            tell = _teller(bar)
            while not job.is_over and not over.wait(EVERY):
                tell(job)
                job.refresh_from_db()

    def _strike(self, days: int | None, carrier: str) -> None:
        strike = begin_strike(carrier, days=5 if days is None else days)
        self.stdout.write(f"{strike.carrier} stands still until {strike.ends_at:%Y-%m-%d %H:%M} (UTC) at most.")

    def _calm(self, _days: int | None, _carrier: str) -> None:
        self.stdout.write("The strike is over." if end_strike() else "No carrier was on strike.")

    def _wait_for_figures(self) -> None:
        """Model and backtest, made here and now instead of beside the pages."""
        waiting = [job.title for job in jobs_in_view("waiting").order_by("-priority", "pk")]
        if not waiting:
            return
        self.stdout.write(f"Waiting for: {', '.join(map(str, waiting))}. That takes a minute or two.")
        with self._bar() as bar, watched(_teller(bar)):
            call_command("work", until_idle=True, stdout=StringIO())

    def _require_free(self, port: int) -> None:
        """Said before anything is built, not after."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise CommandError(
                    f"Port {port} is taken. Choose another: {program()} demo --port {port + 1}", returncode=2
                ) from None

    def _prepare_database(self, *, fresh: bool) -> None:
        """Look before touching: migrating somebody's database would be touching it."""
        if belongs_to_somebody():
            raise CommandError(REFUSAL.format(home=settings.HOME, vafa=program()), returncode=2)
        if fresh and connection.vendor == "sqlite":
            remove_database_file()
        try:
            call_command("migrate", verbosity=0, skip_checks=True)
        except DatabaseError as fault:
            raise CommandError(
                f"The demo in {settings.HOME} was made by another version of Vafa ({fault}). "
                "Delete that folder and start again.",
                returncode=2,
            ) from None
        if fresh and the_build() is not None:
            empty_simulated_shop()

    def _build(self, seed: int) -> Build:
        clock.look_again()
        day = today_at(clock.now())
        with self._bar() as bar:
            task = bar.add_task("", total=1.0)
            try:
                build = build_shop(
                    Scenario(day, seed=seed),
                    progress=lambda share, note: bar.update(task, completed=share, description=note),
                )
            except Problem as refused:
                raise CommandError(str(refused), returncode=2) from None
        behind = (today_at(clock.now()) - build.today).days
        if behind > 0 and not os.environ.get("VAFA_CLOCK_SHIFT_DAYS"):
            # the shop stands on the day it has come to: its open promises are open, whenever it is started
            move_clock(timedelta(days=-behind))
        return build

    def _bar(self) -> AbstractContextManager[Progress]:
        columns = (TextColumn("{task.description:<32}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
        console = Console(file=getattr(self.stdout, "_out", None))
        return Progress(*columns, TimeElapsedColumn(), console=console, transient=True)


def _teller(bar: Progress) -> Tell:
    """A line of the bar for each piece of work."""
    lines: dict[int, TaskID] = {}

    def tell(job: Job) -> None:
        if job.pk not in lines:
            lines[job.pk] = bar.add_task("", total=1.0)
        said = f"{job.title}: {job.said}" if job.said else str(job.title)
        bar.update(lines[job.pk], completed=job.fraction, description=said)

    return tell


def remove_database_file() -> None:
    """The demo's SQLite file, whatever version made it, and the pictures that its rows name.

    The caller has seen that nobody's shop is in it.
    """
    file = str(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(file + ending).unlink(missing_ok=True)
    shutil.rmtree(Path(settings.HOME) / "files", ignore_errors=True)


def _state(build: Build) -> str:
    state = f"{build.orders:,} simulated orders up to {build.last_day}, seed {build.seed}."
    if build.today < today_at(clock.real_now()) or build.days_lived:
        return f"{state} For this shop it is {build.today}."
    if active_model() is not None:
        return f"{state} Its model is fitted."
    return f"{state} Model and backtest are made in the background; see Work."
