"""`vafa setup-link`: the one-time address that makes the first owner."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from vafa.accounts.actions import welcome_word
from vafa.accounts.queries import has_staff


class Command(BaseCommand):
    help = "Print the link with which the first owner is made. It ends after a day, or when there is an owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--address", default=settings.PUBLIC_URL, help="where the pages are, if not VAFA_PUBLIC_URL"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if has_staff():
            raise CommandError("This shop has somebody who can sign in. “vafa staff add” adds more.", returncode=2)
        self.stdout.write(options["address"].rstrip("/") + reverse("accounts:welcome", args=[welcome_word()]))
