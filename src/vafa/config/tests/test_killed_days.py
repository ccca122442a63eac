"""A day of the simulated shop whose worker is killed with -9, again and again, ends in the same ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction

from vafa.delivery.models import Notice
from vafa.demo.actions import ask_tick, build_shop, empty_simulated_shop
from vafa.demo.models import Build
from vafa.demo.simulation import Scenario
from vafa.demo.tests.make import SMALL
from vafa.demo.tests.test_living import DAY, facts, the_shop_has_its_own_time
from vafa.jobs.models import Job, State
from vafa.kit import clock
from vafa.kit.tests.dying import process_that_answers
from vafa.messages.models import Message
from vafa.promises.models import Cover, PromiseEvent, Remedy, Seal
from vafa.promises.queries import faults
from vafa.vouchers.models import Voucher

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["the_shop_has_its_own_time"]
FEW = Scenario(SMALL.last_day, days=14, orders_a_day=2.0)
PLACES = (
    0.05,
    0.3,
    0.5,
    0.4,
    0.2,
)  # where it dies, as shares of the statements of a whole day; it begins where it stood
Live = Callable[[Job, int], str]


@pytest.fixture
def live(process_environment) -> Iterator[Live]:
    """Lets a worker process do the job; it dies before the statement whose number is given."""
    program = ["-m", "vafa.config.tests.day_process", clock.real_now().isoformat()]
    with process_that_answers(program, process_environment) as ask:

        def one(job: Job, dies_at: int) -> str:
            # as when the lease of the one that died has run out
            again = {"free_at": datetime(2000, 1, 1, tzinfo=UTC), "most_attempts": len(PLACES) + 2}
            Job.objects.filter(pk=job.pk).update(**again)
            return ask(job.pk, dies_at)

        yield one


def a_day_to_live() -> Job:
    build_shop(FEW)
    return ask_tick(SMALL.last_day + DAY)


def ledger() -> list[object]:
    """What is there after the day, without what differs by chance: random ids and the hashes over them."""
    return [
        *facts(),
        sorted(map(str, Cover.objects.values_list("promise__subject_ref", "state", "judge_after"))),
        sorted(map(str, Remedy.objects.values_list("cover__promise__subject_ref", "kind", "state", "amount_minor"))),
        sorted(Voucher.objects.values_list("customer_ref", "issued_at")),
        sorted(map(str, Notice.objects.values_list("promise__subject_ref", "number", "state", "new_on"))),
        sorted(map(str, Message.objects.values_list("template", "customer_ref", "state", "created_at"))),
        sorted(Seal.objects.values_list("day", "count")),
        Build.objects.values_list("days_lived", "days_worked").get(),
    ]


def test_a_day_killed_in_many_places_ends_in_the_ledger_of_an_undisturbed_one(live):
    whole = int(live(a_day_to_live(), 0))
    undisturbed, events = ledger(), PromiseEvent.objects.count()
    with transaction.atomic():
        empty_simulated_shop()
    job = a_day_to_live()
    days_lived = []
    for place in PLACES:
        assert live(job, int(place * whole)) == "killed"
        days_lived.append(Build.objects.get().days_lived)
    assert days_lived == [0, 0, 1, 1, 1]  # twice while the day was written down, three times in the day's work
    assert Build.objects.get().days_worked == 0
    assert live(job, 0).isdigit()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (State.DONE, len(PLACES) + 1)
    assert (ledger(), PromiseEvent.objects.count()) == (undisturbed, events)
    assert list(faults()) == []
