"""The first owner of a new installation, made by whoever holds the link that the server's operator was shown."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.accounts.actions.staff import add_staff
from vafa.accounts.models import Role, User
from vafa.accounts.queries import has_staff
from vafa.kit.problems import Problem
from vafa.kit.signing import open_word, seal_word
from vafa.shop.actions import locked_shop

LIFETIME = timedelta(hours=24)


def welcome_word() -> str:
    """The secret part of the set-up link, good for a day and only while nobody can sign in."""
    return seal_word("welcome", {}, LIFETIME)


@transaction.atomic
def make_first_owner(word: str, *, username: str, password: str, full_name: str = "") -> User:
    """The shop's first owner. Problems: `link-over` (403), `shop-has-owner` (403), and those of `add_staff`."""
    require_welcome(word)
    locked_shop()  # of two who hold the link at the same moment the second finds the first one's owner
    if has_staff():
        raise Problem("shop-has-owner", _("This shop has an owner already. Please sign in."), status=403)
    return add_staff(username, role=Role.OWNER, password=password, full_name=full_name)


def require_welcome(word: str) -> None:
    """Problem `link-over` (403) unless the word is a set-up link of ours that has not ended."""
    if open_word("welcome", word) is None:
        raise Problem("link-over", _("This link has ended. “vafa setup-link” prints a new one."), status=403)
