"""`vafa token`: keys for programs, from the terminal."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vafa.accounts import actions, queries
from vafa.accounts.models import ApiToken, Role, Scope, User
from vafa.kit.clock import real_now


class Command(BaseCommand):
    help = "List the API tokens, issue one (its key is printed once), or revoke one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|issue|revoke")
        verbs.add_parser("list", help="all tokens")
        issue = verbs.add_parser("issue", help="make a token and print its key, alone, on standard output")
        issue.add_argument("name", help="which program will use it")
        issue.add_argument("--scope", dest="scopes", action="append", required=True, help=", ".join(Scope.values))
        issue.add_argument("--days", type=int, default=365, help="it ends after so many days; 0 is never (default 365)")
        issue.add_argument("--by", help="the owner who answers for it (default: the first one)")
        verbs.add_parser("revoke", help="the key opens nothing any more").add_argument("number", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        at = real_now()
        for token in queries.tokens():
            over = token.expires_at is not None and token.expires_at <= at
            state = "revoked" if token.revoked_at else "over" if over else "usable"
            self.stdout.write(f"{token.pk}  {token.name}  {','.join(token.scopes)}  {state}")

    def _issue(self, options: dict[str, Any]) -> None:
        if not 0 <= options["days"] <= 36500:
            raise CommandError("A number of days is from 0 to 36500.", returncode=2)
        ends = real_now() + timedelta(days=options["days"]) if options["days"] else None
        _token, key = actions.issue_token(options["name"], options["scopes"], self._owner(options["by"]), ends)
        self.stdout.write(key)

    def _revoke(self, options: dict[str, Any]) -> None:
        token = ApiToken.objects.filter(pk=options["number"]).first()
        if token is None:
            raise CommandError(
                f"There is no token number {options['number']}; “vafa token list” shows them.", returncode=2
            )
        actions.revoke_token(token)
        self.stdout.write(f"{token.name} opens nothing any more.")

    def _owner(self, name: str | None) -> User:
        owners = User.objects.filter(role=Role.OWNER, is_active=True).order_by("demo", "pk")
        owner = owners.filter(username__iexact=name).first() if name else owners.first()
        if owner is None:
            raise CommandError("There is no such owner; “vafa staff add NAME --role owner” makes one.", returncode=2)
        return owner
