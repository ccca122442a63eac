"""The owner's texts and rules, the customer's word, and forgetting."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.customers import actions as customer_actions
from vafa.kit.problems import Problem
from vafa.messages.models import OVER, Message, OwnText, Rules
from vafa.messages.queries import shipped_source
from vafa.messages.registry import ALWAYS, LANGUAGES
from vafa.messages.registry import template as template_named
from vafa.messages.wording import check

TEXTS_KEPT = timedelta(days=365)
ERASED = {"address": "", "subject": "", "text": "", "html": ""}


def write_text(template: str, language: str, source: str, *, at: datetime) -> None:
    """The owner's own text of a template; the shipped text again when he writes exactly that, or nothing.

    Problems: `unknown-template`, `bad-text`.
    """
    described = template_named(template)
    if language not in LANGUAGES:
        raise Problem("unknown-language", _("Messages are written in Persian, Arabic and English."), status=404)
    plain = source.replace("\r\n", "\n").strip()
    own = OwnText.objects.filter(template=described.name, language=language)
    if plain in {"", shipped_source(described, language).strip()}:
        own.delete()
        return
    check(plain, {*described.values, *ALWAYS}, language)
    OwnText.objects.update_or_create(
        template=described.name, language=language, defaults={"source": plain, "changed_at": at}
    )


def set_rules(*, quiet_from: time, quiet_until: time, weekly_cap: int) -> None:
    """Quiet hours (in the customer's zone; the same twice: none) and how many messages a week a person gets at most."""
    values = {"quiet_from": quiet_from, "quiet_until": quiet_until, "weekly_cap": weekly_cap}
    Rules.objects.update_or_create(pk=1, defaults=values)


def end_offers(customer_ref: str, purpose: str, *, at: datetime) -> None:
    """The customer wants no more messages of this purpose, by any channel; the others go on. Twice is once."""
    customer_actions.take_back_consent(customer_ref, purpose=purpose, source="unsubscribe", at=at)


@transaction.atomic
def forget_customer(customer_ref: str) -> int:
    """Erase the person: what `customers` knows of him, and what was written to him. How many messages were emptied."""
    customer_actions.forget_customer(customer_ref)
    written = Message.objects.filter(customer_ref=customer_ref)
    return written.exclude(**ERASED, context={}).update(**ERASED, context={})


def forget_old_texts(*, at: datetime, limit: int = 1000) -> int:
    """Empty messages that were settled over a year ago; that they were sent, when and why stays. How many."""
    old = Message.objects.filter(state__in=OVER, settled_at__lt=at - TEXTS_KEPT).exclude(text="")
    ids = list(old.values_list("pk", flat=True)[:limit])
    return Message.objects.filter(pk__in=ids).update(**ERASED, context={})
