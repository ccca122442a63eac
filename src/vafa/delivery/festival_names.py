"""What the known festivals are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Text

NAMES: dict[str, Text] = {
    "nowruz": _("Nowruz"),
    "yalda": _("Yalda night"),
    "fitr": _("Eid al-Fitr"),
    "adha": _("Eid al-Adha"),
    "mothers_day": _("Mother's day"),
    "christmas": _("Christmas"),
}
HIDDEN_UNLESS_SAID = {"mothers_day"}
