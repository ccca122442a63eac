"""Changes of staff and tokens."""

from vafa.accounts.actions.demo import close_the_demo, demo_person, sign_in_to_the_demo
from vafa.accounts.actions.first_owner import make_first_owner, require_welcome, welcome_word
from vafa.accounts.actions.staff import activate, add_staff, change_role, deactivate
from vafa.accounts.actions.tokens import issue_token, revoke_token
from vafa.accounts.actions.visits import forget_old_visits

__all__ = [
    "activate",
    "add_staff",
    "change_role",
    "close_the_demo",
    "deactivate",
    "demo_person",
    "forget_old_visits",
    "issue_token",
    "make_first_owner",
    "require_welcome",
    "revoke_token",
    "sign_in_to_the_demo",
    "welcome_word",
]
