"""A customer tells that something is wrong, and is answered."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.engine.calendars import CalendarError
from vafa.kit.problems import Problem
from vafa.messages.actions import send
from vafa.messages.purposes import Purpose
from vafa.orders.links import order_word
from vafa.orders.models import Order
from vafa.promises.actions import make_promise, settle_promise
from vafa.promises.queries import promise_by
from vafa.requests.kinds import ANSWER
from vafa.requests.messages import ANSWERED
from vafa.requests.models import Matter, Report
from vafa.shop.queries import the_shop, working_calendar

WITHIN = timedelta(hours=8)  # of the shop's working time
WITHOUT_HOURS = timedelta(days=1)
LONGEST = 1000


def report(order: Order, matter: str, words: str = "", *, at: datetime) -> Report:
    """Write down what the customer says, and promise an answer within eight working hours. The same matter, while it
    waits, is the same report; further words are added to it. Problem `unknown-matter`.
    """
    if matter not in Matter.values:
        raise Problem("unknown-matter", _("This cannot be reported here."), field="matter")
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=order.pk)
        waiting = Report.objects.filter(order=order, matter=matter, answered_at__isnull=True).first()
        if waiting is not None:
            return _with_words(waiting, words)
        public_id, due_at = uuid.uuid4(), answered_by(at)
        promise = make_promise(
            at=at,
            kind=ANSWER.name,
            key=f"report:{public_id}",
            subject_type="report",
            subject_ref=str(public_id),
            party_ref=order.customer_ref,
            due_on=due_at.astimezone(ZoneInfo(the_shop().zone)).date(),
            due_at=due_at,
            zone=the_shop().zone,
            channel="my-pages",
        )
        return Report.objects.create(
            public_id=public_id,
            order=order,
            matter=matter,
            words=words[:LONGEST],
            at=at,
            due_at=due_at,
            promise_ref=promise.public_id,
        )


def answer_report(told: Report, answer: str, *, by: str, at: datetime) -> Report:
    """Answer it: the customer gets the words, the promise is settled. Problems: `empty`; `answered` (409)."""
    words = answer.strip()[:LONGEST]
    if not words:
        raise Problem("empty", _("Write what the customer shall read."), field="answer", status=422)
    with transaction.atomic():
        waiting = Report.objects.filter(pk=told.pk, answered_at__isnull=True)
        if not waiting.update(answered_at=at, answered_by=by, answer=words):
            raise Problem("answered", _("This has been answered meanwhile."), status=409)
        told.refresh_from_db()
        order, promise = told.order, promise_by(told.promise_ref)
        if promise is not None:
            settle_promise(promise, fulfilled_at=at, evidence={"report": str(told.public_id)}, at=at)
        if order.customer_ref:
            send(
                key=f"answered:{told.public_id}",
                purpose=Purpose.ORDER,
                template=ANSWERED.name,
                customer_ref=order.customer_ref,
                context={"order": order.number, "answer": words, "page": f"/order/{order_word(order.number)}/"},
                about=f"order:{order.number}",
                at=at,
            )
    return told


def answered_by(at: datetime) -> datetime:
    """Until when what is told at `at` is answered."""
    try:
        return working_calendar().add(at, WITHIN)
    except CalendarError:  # a shop that has no working hours
        return at + WITHOUT_HOURS


def _with_words(waiting: Report, words: str) -> Report:
    if words and words not in waiting.words:
        waiting.words = f"{waiting.words}\n{words}".strip()[:LONGEST]
        waiting.save(update_fields=["words"])
    return waiting
