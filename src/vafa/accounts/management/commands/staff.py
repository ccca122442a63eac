"""`vafa staff`: who may sign in, from the terminal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vafa.accounts import actions, queries
from vafa.accounts.models import Role, User


class Command(BaseCommand):
    help = "List the staff, add somebody, change a role, shut somebody out or let him in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|add|role|deactivate|activate")
        verbs.add_parser("list", help="everybody with role and state")
        add = verbs.add_parser("add", help="a new member; the password is asked for, never given as an argument")
        add.add_argument("name")
        add.add_argument("--role", choices=Role.values, default=Role.AGENT)
        add.add_argument("--full-name", default="")
        add.add_argument("--password-file", metavar="FILE", help="read the password from a file; - is standard input")
        role = verbs.add_parser("role", help="make a member an owner or an agent")
        role.add_argument("name")
        role.add_argument("role", choices=Role.values)
        for verb, meaning in (("deactivate", "the member cannot sign in any more"), ("activate", "he can again")):
            verbs.add_parser(verb, help=meaning).add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        for user in queries.staff():
            state = "" if user.is_active else "  (cannot sign in)"
            self.stdout.write(f"{user.username}  {user.role}{state}")

    def _add(self, options: dict[str, Any]) -> None:
        password = self._password(options["password_file"])
        user = actions.add_staff(
            options["name"], role=options["role"], password=password, full_name=options["full_name"]
        )
        self.stdout.write(f"{user.username} can sign in now ({user.role}).")

    def _role(self, options: dict[str, Any]) -> None:
        user = self._member(options["name"])
        actions.change_role(user, options["role"])
        self.stdout.write(f"{user.username} is {options['role']} now.")

    def _deactivate(self, options: dict[str, Any]) -> None:
        user = self._member(options["name"])
        actions.deactivate(user)
        self.stdout.write(f"{user.username} cannot sign in any more.")

    def _activate(self, options: dict[str, Any]) -> None:
        user = self._member(options["name"])
        actions.activate(user)
        self.stdout.write(f"{user.username} can sign in again.")

    def _member(self, name: str) -> User:
        user = User.objects.filter(username__iexact=name).first()
        if user is None:
            raise CommandError(f"Nobody is called {name}.", returncode=2)
        return user

    def _password(self, file: str | None) -> str:
        if file == "-":
            return sys.stdin.readline().rstrip("\r\n")
        if file is not None:
            return _first_line(Path(file))
        if not sys.stdin.isatty():
            raise CommandError("There is no terminal to ask for the password: use --password-file.", returncode=2)
        password = getpass("Password: ")
        if getpass("Password again: ") != password:
            raise CommandError("The two passwords are not the same.", returncode=2)
        return password


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"The password file {path} cannot be read.", returncode=2) from None
