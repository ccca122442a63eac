"""Guarantees by name, and promises that stand under them. The shop is in Tehran; `NOON` is 1 March 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from vafa.promises.actions import Worth, make_promise, publish, save_draft
from vafa.promises.guarantee_terms import Caps, GuaranteeTerms, RemedyRule, Scope
from vafa.promises.models import GuaranteeVersion, Promise, RemedyKind
from vafa.promises.tests.make import NOON, WORD, terms

LONG_AFTER = NOON + timedelta(days=60)
TEXT = {"fa": "تا روز قول می‌رسد.", "ar": "يصل في اليوم الموعود.", "en": "With you on the promised day."}
VOUCHER = RemedyRule(RemedyKind.VOUCHER.value, amount_minor=500_000)
REFUND = RemedyRule(RemedyKind.REFUND.value, percent=10)


def guarantee_terms(**changes: Any) -> GuaranteeTerms:
    on_date = GuaranteeTerms(WORD.name, "on_date", date(2026, 2, 1), "IRR", text=TEXT, remedy=VOUCHER)
    return replace(on_date, **changes)


def a_guarantee(code: str = "on-the-day", **changes: Any) -> GuaranteeVersion:
    save_draft(code, guarantee_terms(**changes), at=NOON - timedelta(days=20))
    return publish(code, by="staff:1", at=NOON - timedelta(days=20))


def a_word(version: GuaranteeVersion, number: int = 1, *, worth: Worth | None = None, **changes: Any) -> Promise:
    """A promise under the version, made at NOON, due on 4 March, judged after 6 March."""
    given = terms(number, kind=WORD.name, guarantee_version=version.reference, **changes)
    return make_promise(at=changes.pop("at", NOON), worth=worth, **{k: v for k, v in given.items() if k != "at"})


__all__ = ["LONG_AFTER", "REFUND", "TEXT", "VOUCHER", "Caps", "Scope", "a_guarantee", "a_word", "guarantee_terms"]
