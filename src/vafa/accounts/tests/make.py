"""Makes people and tokens for the tests."""

from __future__ import annotations

from vafa.accounts.actions import add_staff, issue_token
from vafa.accounts.models import Role, User

PASSWORD = "a river of ink 41"


def a_member(name="cyrus", role=Role.AGENT) -> User:
    return User.objects.create(username=name, role=role, password="!")


def a_member_with_password(name="cyrus", role=Role.AGENT) -> User:
    return add_staff(name, role=role, password=PASSWORD)


def a_token(by, *scopes, **more):
    return issue_token("till", list(scopes) or ["quotes:read"], by, **more)
