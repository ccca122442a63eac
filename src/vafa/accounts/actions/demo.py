"""One-click sign-in to the simulated shop. Outside of it there is no such door."""

from __future__ import annotations

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import Role, User
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in_to_the_demo(request: HttpRequest, role: str) -> User:
    """Sign this browser in as the demo's owner or agent. Problem `not-a-demo` (403) unless the shop is simulated.

    The caller's view must accept POST only; Django's CSRF check applies.
    """
    if not the_shop().simulated:
        raise Problem("not-a-demo", _("This is a real shop. Please sign in with your name and password."), status=403)
    if role not in Role.values:
        raise Problem("no-such-role", _("The role must be owner or agent."), field="role")
    user = demo_person(role)
    if not (user.demo and user.role == role and user.is_active):
        raise Problem("not-a-demo", _("This demo role has been taken by a member of the staff."), status=403)
    login(request, user, backend=BACKEND)
    return user


def demo_person(role: str) -> User:
    """The simulated shop's owner or agent, who has no password."""
    person, _made = User.objects.get_or_create(
        username=f"demo-{role}", defaults={"role": role, "demo": True, "password": "!"}
    )
    return person


@transaction.atomic
def close_the_demo() -> None:
    """The demo's roles end, and whoever is signed in as one is signed out. For when the shop becomes a real one."""
    User.objects.filter(demo=True).update(is_active=False)
