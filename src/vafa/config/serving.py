"""The parts of `vafa serve`: start-up checks, the port, the worker beside the web process."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from vafa.config import sqlite

log = logging.getLogger(__name__)
STOPPING = 15.0  # seconds a worker gets to end


def database_in_words() -> str:
    """Which database is used, in which version."""
    if connection.vendor == "sqlite":
        return f"SQLite {'.'.join(map(str, sqlite.build_in_use()))}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def sqlite_warning() -> str:
    """A sentence where the database is SQLite in a build that may lose commits; else empty."""
    build = sqlite.build_in_use()
    if connection.vendor != "sqlite" or not sqlite.may_lose_commits(build):
        return ""
    used, good = ".".join(map(str, build)), ".".join(map(str, sqlite.FIRST_GOOD))
    return (
        f"Careful: this Python uses SQLite {used}. Builds before {good} can lose a commit in rare moments; "
        "install the package pysqlite3 or use PostgreSQL."
    )


def has_pending_migrations() -> bool:
    """Whether the database lacks changes that this version needs. CommandError (2) where it does not answer, and where
    another version of Vafa has changed it in a way that this one does not know.
    """
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        _require_known(executor.loader)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error as fault:
        reason = str(fault).strip().split("\n", 1)[0]
        raise CommandError(f"The database does not answer: {reason}", returncode=2) from None


def _require_known(loader: MigrationLoader) -> None:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("vafa.")}
    unknown = sorted({each for each in loader.applied_migrations if each[0] in ours} - set(loader.graph.nodes))
    if unknown:
        change = ".".join(unknown[0])
        raise CommandError(
            f"This database was made by another version of Vafa: it has {change}, which this one does not know.",
            returncode=2,
        )


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address; CommandError (2) with the reason where that cannot be."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)  # who reads the printed address may come before the server is ready
    except OSError as refused:
        raise CommandError(
            f"Vafa cannot listen on {host}:{port}: {refused.strerror}. Choose another port with --port.", returncode=2
        ) from None
    return listener


@contextmanager
def worker_beside(threads: int) -> Iterator[None]:
    """A worker process for as long as the block runs; one that dies is started again."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(threads, over), name="vafa-keeper")
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep_worker(threads: int, over: threading.Event) -> None:
    """The worker watches this process too (`--parent`), for the case that it is killed and cannot stop the worker."""
    command = [sys.executable, "-m", "vafa.config", "work", "--parent", str(os.getpid()), "--threads", str(threads)]
    while not over.is_set():
        worker = subprocess.Popen(command)
        while worker.poll() is None and not over.wait(0.5):
            pass
        if over.is_set():
            _stop(worker)
        else:
            log.error("The worker ended with code %s; it is started again", worker.returncode)
            over.wait(2)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(STOPPING)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
