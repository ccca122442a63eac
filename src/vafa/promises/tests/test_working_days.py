"""A guarantee "within N days" that counts only the days on which the shop works."""

from __future__ import annotations

from datetime import date

import pytest

from vafa.kit.problems import Problem
from vafa.promises.actions import judge_covers, settle_promise
from vafa.promises.guarantee_terms import GuaranteeTerms, check_terms
from vafa.promises.models import Cover, Remedy
from vafa.promises.tests.make import TEHRAN, tehran
from vafa.promises.tests.make_guarantees import a_guarantee, a_word, guarantee_terms
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


def two_working_days(**changes):
    """The shop is closed on Fridays and on Wednesday 4 March 2026."""
    week = {str(day): [["09:00", "17:00"]] for day in range(7) if day != 4}
    save_settings(zone=TEHRAN, working_week=week, holiday_country="", holidays_added=["2026-03-04"])
    return a_guarantee("two-working-days", wording="within_days", days=2, working_days=True, **changes)


@pytest.mark.parametrize(
    ("made", "last"),
    [
        (1, 3),  # a Sunday: Monday, Tuesday
        (3, 7),  # a Tuesday: Wednesday and Friday do not count; Thursday, Saturday
        (6, 8),  # a Friday: Saturday, Sunday
    ],
)
def test_only_days_on_which_the_shop_works_count(made, last):
    promise = a_word(two_working_days(), at=tehran(made), due_on=date(2026, 3, 20))
    assert Cover.objects.get(promise=promise).guaranteed_until == tehran(last + 1, 0)


def test_an_order_that_takes_longer_than_the_working_days_has_a_remedy_and_another_has_none():
    version = two_working_days()
    late, kept = (a_word(version, number, at=tehran(3), due_on=date(2026, 3, 20)) for number in (1, 2))
    settle_promise(kept, fulfilled_at=tehran(7, 20), at=tehran(9))
    settle_promise(late, fulfilled_at=tehran(8), at=tehran(9))
    judge_covers(tehran(9))
    assert [remedy.cover.promise_id for remedy in Remedy.objects.all()] == [late.pk]


def test_working_days_belong_to_a_number_of_days_and_old_versions_keep_their_fingerprint():
    with pytest.raises(Problem) as refusal:
        check_terms(guarantee_terms(working_days=True))
    assert (refusal.value.code, refusal.value.field) == ("bad-terms", "working_days")
    assert "working_days" not in guarantee_terms().as_json()
    counted = guarantee_terms(wording="within_days", days=2, working_days=True)
    assert GuaranteeTerms.from_json(counted.as_json()) == counted
    assert counted.digest != guarantee_terms(wording="within_days", days=2).digest
