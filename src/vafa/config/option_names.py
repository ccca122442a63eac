"""The delivery options, for the room that states times for them and stands below the one that owns them."""

from __future__ import annotations

from vafa.delivery.queries import options
from vafa.kit.templatetags.formats import in_language


def option_names() -> dict[str, str]:
    """Code and name in the reader's language of every option that is offered."""
    return {option.code: in_language(option.name) or option.code for option in options()}
