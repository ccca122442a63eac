"""Who belongs to the staff, and as what. There is always an owner who can sign in."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import Role, User
from vafa.kit.problems import Problem


def add_staff(username: str, *, role: str, password: str, full_name: str = "", email: str = "") -> User:
    """A new member who signs in with this password.

    Problems: `bad-name`, `no-such-role`, `weak-password`, `name-taken` (also for names that differ in case only).
    """
    user = User(username=User.normalize_username(username.strip()), role=role, first_name=full_name.strip())
    user.email = email.strip()
    _require_role(role)
    _require_name(user)
    require_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise Problem(
            "name-taken", _("There is already somebody with this name."), status=409, field="username"
        ) from None
    return user


def require_password(password: str, user: User) -> None:
    """Problem `weak-password` with everything that is wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise Problem("weak-password", " ".join(refused.messages), field="password") from None


def _require_role(role: str) -> None:
    if role not in Role.values:
        raise Problem("no-such-role", _("The role must be owner or agent."), field="role")


def _require_name(user: User) -> None:
    try:
        user.clean_fields(exclude={"password"})
    except ValidationError as refused:
        field, messages = next(iter(refused.message_dict.items()))
        raise Problem("bad-name", messages[0], field=field) from None


@transaction.atomic
def change_role(user: User, role: str) -> None:
    """Make the member an owner or an agent. Problem `last-owner` (409) where no other active owner is left."""
    _require_role(role)
    if role != Role.OWNER:
        _require_another_owner(user)
    User.objects.filter(pk=user.pk).update(role=role)


@transaction.atomic
def deactivate(user: User) -> None:
    """The member cannot sign in any more and is signed out everywhere. Problem `last-owner` (409)."""
    _require_another_owner(user)
    User.objects.filter(pk=user.pk).update(is_active=False)


def activate(user: User) -> None:
    """The member may sign in again."""
    User.objects.filter(pk=user.pk).update(is_active=True)


def _require_another_owner(user: User) -> None:
    """Locks all active owners in one order, so that of two who remove each other one is refused."""
    owners = User.objects.filter(role=Role.OWNER, is_active=True, demo=False).order_by("pk").select_for_update()
    if [owner.pk for owner in owners] == [user.pk]:
        raise Problem("last-owner", _("The last owner must stay. Make somebody else an owner first."), status=409)
