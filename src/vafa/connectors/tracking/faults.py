"""Why something could not be used: stable codes and sentences for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not-json": _("This is not JSON."),
    "no-events": _("No tracking events stand where this carrier puts them."),
    "too-many-events": _("There are more events in it than one message can have."),
    "no-status": _("The event has no status."),
    "unknown-status": _("This status is not in the carrier's folder, so nobody knows what it means."),
    "no-parcel": _("The event names neither a tracking number nor an order."),
    "number-too-long": _("The number is longer than 64 characters."),
    "no-time": _("The event has no time."),
    "bad-time": _("This is not a time that can be understood."),
    "in-future": _("This time lies in the future. Is the time zone right?"),
    "failed": _("The program stumbled over it."),
    "no-signature": _("It was not signed."),
    "wrong-signature": _("The signature is wrong. Is the secret the same on both sides?"),
    "too-old": _("It was signed more than five minutes ago, or the clocks differ."),
    "no-secret": _("No secret is set for this source, so nothing can be checked."),
    "too-large": _("It was larger than a message may be."),
    "forgotten": _("Its text has been forgotten after its time."),
}
