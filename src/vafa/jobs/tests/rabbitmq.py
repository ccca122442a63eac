"""A RabbitMQ node of a test's own, which it may stop and start again."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
from pathlib import Path

from vafa.kit.tests.ports import free_port

PATIENCE = 120


class Node:
    """A broker in a folder of its own, with ports and cookie of its own; `url` is its address."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        (folder / "enabled_plugins").write_text("[].\n")
        (folder / "rabbitmq.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{self.port}\n")
        name = f"vafa-{secrets.token_hex(6)}@localhost"
        self.environment = {
            **os.environ,
            "HOME": str(folder),
            "RABBITMQ_NODENAME": name,
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }

    def begin(self) -> None:
        """Start it; it takes some seconds until it answers."""
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                [self.program], env=self.environment, stdout=output, stderr=output, start_new_session=True
            )

    def wait(self) -> None:
        """Return when it answers."""
        assert self.process
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "output").read_text()
            assert time.monotonic() < end, "RabbitMQ did not start"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as wire:
                wire.sendall(b"AMQP\x00\x00\x09\x01")
                return bool(wire.recv(1))
        except OSError:
            return False

    def kill(self) -> None:
        """End it at once, with all of its processes: they are a session of their own."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, 9)
        if self.process is not None:
            self.process.wait()
        end = time.monotonic() + PATIENCE
        while self._answers():
            assert time.monotonic() < end
            time.sleep(0.05)
