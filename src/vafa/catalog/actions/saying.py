"""What others say of a product: buyers' opinions, visitors' questions with the shop's answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vafa.catalog.models import Inquiry, InquiryState, Product
from vafa.catalog.models.products import AnswerShown, Opinions
from vafa.kit.problems import Problem

SHORTEST, LONGEST, MOST_SHOWN = 5, 1000, 20


def show_opinions(product: str, read: Callable[[], Opinions]) -> bool:
    """Put what `read` gives beside the product with this code; whether there is one. `read` is asked once nobody else
    can write it, so that what was said last is shown. Runs in the caller's transaction.
    """
    locked = list(Product.objects.select_for_update().filter(code=product))
    return bool(locked and Product.objects.filter(code=product).update(opinions=read()))


def ask_inquiry(product: Product, text: str, *, language: str, at: datetime) -> bool:
    """Keep a visitor's question for the staff; whether it is new. The same words again are the same question.

    Problem `bad-length` for less than five or more than a thousand letters.
    """
    asked = " ".join(text.split())
    if not SHORTEST <= len(asked) <= LONGEST:
        raise Problem("bad-length", _("Ask in five to a thousand letters."), field="text")
    inquiry = Inquiry(product=product, text=asked, language=language, asked_at=at)
    before = Inquiry.objects.filter(product=product).count()
    Inquiry.objects.bulk_create([inquiry], ignore_conflicts=True)
    return Inquiry.objects.filter(product=product).count() > before


def answer_inquiry(inquiry: Inquiry, answer: str, *, by: str, at: datetime) -> Inquiry:
    """Show the question with this answer; an answer given before is replaced. Problem `empty`."""
    if not answer.strip() or len(answer) > 3 * LONGEST:
        raise Problem("empty", _("Write an answer."), field="answer")
    return _decide(inquiry, InquiryState.ANSWERED, answer.strip(), by, at)


def refuse_inquiry(inquiry: Inquiry, *, by: str, at: datetime) -> Inquiry:
    """The question is not shown: it asks nothing of the product."""
    return _decide(inquiry, InquiryState.REFUSED, "", by, at)


def _decide(inquiry: Inquiry, state: InquiryState, answer: str, by: str, at: datetime) -> Inquiry:
    with transaction.atomic():
        list(Product.objects.select_for_update().filter(pk=inquiry.product_id))
        Inquiry.objects.filter(pk=inquiry.pk).update(state=state, answer=answer, decided_at=at, decided_by=by)
        shown = Inquiry.objects.filter(product=inquiry.product_id, state=InquiryState.ANSWERED)
        answers: list[AnswerShown] = [
            {"text": each.text, "answer": each.answer, "at": (each.decided_at or at).isoformat()}
            for each in shown.order_by("-decided_at", "-pk")[:MOST_SHOWN]
        ]
        Product.objects.filter(pk=inquiry.product_id).update(answers=answers)
    inquiry.refresh_from_db()
    return inquiry
