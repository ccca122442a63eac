"""The console script `vafa`: every room's commands and Django's own, with clear endings."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Any


def main() -> None:
    """Run one command. Exit codes: 0 done, 1 failed, 2 bad input (a sentence on standard error says what)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")
    # a fit's threads that wait by spinning take the cores from the pages (and made fits side by side four times slower)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # and a quote's products of small matrices are no faster on two cores, but cost twice the processor time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.argv[1:2] == ["demo"]:
        # before the settings, which make the data folder: the demo never lives in a real shop's
        from vafa.demo.home import settle

        settle(sys.argv[2:], os.environ)
    from django.core.management import CommandError
    from django.db import OperationalError, ProgrammingError

    from vafa.config.environment import BadVariable
    from vafa.kit import clock
    from vafa.kit.problems import Problem

    clock.follow(clock_moved)
    try:
        from django.core.management import ManagementUtility

        class Utility(ManagementUtility):
            def fetch_command(self, subcommand: str) -> Any:
                return saying_only_the_sentence(super().fetch_command(subcommand))

        name, *rest = sys.argv[1:] or ["help"]
        Utility([sys.argv[0], name.replace("-", "_") if name[:1] != "-" else name, *rest]).execute()
    except BadVariable as refused:
        sys.stderr.write(refused.sentence + "\n")
        sys.exit(2)
    except Problem as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(2)
    except CommandError as refused:  # of a word on the command line, read before the command begins
        sys.stderr.write(f"{refused}\n")
        sys.exit(refused.returncode)
    except (OperationalError, ProgrammingError) as fault:
        if os.environ.get("VAFA_DEBUG"):
            raise
        reason = str(fault).strip().split("\n", 1)[0]
        sys.stderr.write(
            f"vafa: the database refused: {reason}. Is it there (VAFA_DATABASE_URL), and is “vafa migrate” done?\n"
        )
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def clock_moved() -> timedelta | None:
    """How far the clock of a simulated shop was moved; imported late, because the rooms are not set up yet."""
    from django.apps import apps

    if not apps.models_ready:
        return None
    from vafa.shop.queries.moved import clock_moved as moved

    return moved()


def saying_only_the_sentence(command: Any) -> Any:
    """The command, ending with a refusal's sentence alone: Django writes the name of the exception before it."""
    from django.core.management.base import CommandError

    execute = command.execute

    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return execute(*arguments, **options)
        except CommandError as refused:
            if options.get("traceback"):
                raise
            command.stderr.write(str(refused))
            sys.exit(refused.returncode)

    command.execute = run
    return command
