"""What a task says of its progress, in the language of whoever reads it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vafa.kit.formats import format_date

# The engine knows no languages: its notes are these words, or the day (ISO) it has come to.
SENTENCES = {
    "records": _("Counting what each place and seller took lately"),
    "order to arrival": _("Learning the way from order to arrival"),
    "order to hand-over": _("Learning the way from order to hand-over"),
    "hand-over to arrival": _("Learning the way from hand-over to arrival"),
    "drift": _("Comparing with the newest weeks"),
    "done": _("Writing down the result"),  # the engine is done, the task not yet
}


def readable(note: str) -> str:
    """The note as a page shows it: a word of the engine as a sentence, a day in the reader's calendar, a text of the
    catalogue translated, any other as it is."""
    if note in SENTENCES:
        return str(SENTENCES[note])
    try:
        day = date.fromisoformat(note)
    except ValueError:
        return gettext(note) if note else ""
    return gettext("Promising the orders from %(day)s on") % {"day": format_date(day)}
