"""`vafa serve`: the web process, and a worker beside it."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from vafa.accounts.actions import welcome_word
from vafa.accounts.queries import has_staff
from vafa.config.serving import (
    database_in_words,
    has_pending_migrations,
    listening_socket,
    sqlite_warning,
    worker_beside,
)
from vafa.kit.locks import IN_USE, Locked, locked
from vafa.shop.queries import the_shop


class Command(BaseCommand):
    help = "Serve the pages and the API. With --worker also do the waiting work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (0.0.0.0: all)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--worker", action="store_true", help="start a worker process and stop it with this one")
        parser.add_argument("--worker-threads", type=int, choices=range(1, 9), default=2)
        parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["port"] <= 65535:
            raise CommandError("A port is a number from 0 to 65535.", returncode=2)
        try:
            with locked(Path(settings.HOME) / IN_USE, shared=True):
                self._serve(options)
        except Locked:
            raise CommandError("A backup is being restored just now.", returncode=2) from None

    def _serve(self, options: dict[str, Any]) -> None:
        listener = listening_socket(options["host"], options["port"])
        self._check_database(migrate=options["migrate"])
        config = uvicorn.Config(
            "vafa.config.asgi:application",
            lifespan="off",
            access_log=False,
            log_level=settings.LOG_LEVEL.lower(),
            server_header=False,
            forwarded_allow_ips=settings.TRUSTED_PROXIES,
            timeout_graceful_shutdown=10,
        )
        config.load()  # before it is said that somebody answers, and before a worker wants the processor too
        host, port = listener.getsockname()[:2]
        self._say_where(f"http://{f'[{host}]' if ':' in host else host}:{port}")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises the signal again after its own end
        with worker_beside(options["worker_threads"]) if options["worker"] else nullcontext():
            uvicorn.Server(config).run(sockets=[listener])

    def _check_database(self, *, migrate: bool) -> None:
        if warning := sqlite_warning():
            self.stderr.write(warning)
        if not has_pending_migrations():
            return
        if not migrate:
            sentence = "The database is not up to date. Run “vafa migrate”, or “vafa serve --migrate”."
            raise CommandError(sentence, returncode=2)
        call_command("migrate", verbosity=0)

    def _say_where(self, address: str) -> None:
        self.stdout.write(f"Vafa answers on {address}")
        self.stdout.write(f"Database: {database_in_words()}")
        if not has_staff() and not the_shop().simulated:
            self.stdout.write(f"Nobody can sign in yet. Make the first owner: {address}/welcome/{welcome_word()}/")
        self.stdout.flush()
