"""From the simulated shop to one's own."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.accounts.actions import add_staff
from vafa.accounts.models import Role, User
from vafa.demo.actions.emptying import empty_simulated_shop
from vafa.demo.queries import is_working
from vafa.engine.folding import fold
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop


@transaction.atomic
def replace_by_own_shop(*, typed_name: str, new_name: str, username: str, password: str) -> User:
    """Delete the simulated shop, begin an empty real one named `new_name`, and return its first owner.

    The owner is made in the same transaction, so nobody is locked out. Problems, none of which changes anything:
    `not-simulated` (409), `other-name` (the simulated shop's name was typed differently), `work-running` (409: what a
    worker finishes after this would belong to the old shop), and those of `accounts.actions.add_staff`.
    """
    shop = the_shop()
    if not shop.simulated:
        raise Problem("not-simulated", _("This is not a simulated shop. Nothing was deleted."), status=409)
    if _as_typed(typed_name) != _as_typed(shop.name):
        raise Problem("other-name", _("This is not the name of the simulated shop."), field="typed_name")
    if is_working():
        raise Problem(
            "work-running", _("Some work is still running. Wait until it has ended, then try again."), status=409
        )
    empty_simulated_shop()
    save_settings(name=new_name.strip(), publishes_record=False, simulated=False)
    return add_staff(username, role=Role.OWNER, password=password)


def _as_typed(name: str) -> str:
    """Kinds of letters, and spaces of any width or none, are no reason to refuse the right name."""
    return fold(name).replace(" ", "")
