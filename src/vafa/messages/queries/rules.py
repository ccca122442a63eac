"""The one row of rules."""

from __future__ import annotations

from vafa.messages.models import Rules


def the_rules() -> Rules:
    """The rules; unsaved defaults, with the switch on, before the owner first saves any."""
    return Rules.objects.filter(pk=1).first() or Rules()
