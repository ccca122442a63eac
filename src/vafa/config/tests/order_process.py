"""Customers and workers who may be killed, for `test_killed_orders`: `python -m vafa.config.tests.order_process`.

For every line `DIES_AT PATH` on its input a fork answers a customer's browser at that path and all that it leads to;
for `DIES_AT worker` a fork does a worker's minute; for `DIES_AT PATH AGREED` one sends the order of that page to
another address, as its customer agreed to it. Printed is how many places it passed (`kit.tests.dying`), or `killed`.
The first line is done by the process itself, so that all is loaded once, before the forks.
"""

from __future__ import annotations

import gc
import sys

import django

from vafa.kit.tests.dying import answer_lines, dying_at

TO = {"city": "Shiraz", "region": "Fars", "street": "Eram 7", "postal_code": "7193653472", "note": ""}


def one(dies_at: str, what: str, agreed: str = "") -> int:
    """Do it; how many places were passed."""
    with dying_at(int(dies_at)) as places:
        if what == "worker":
            a_minute_of_work()
        elif agreed:
            a_move(what, agreed)
        else:
            a_browser(what)
    return places.passed


def a_browser(path: str) -> None:
    """Come back from the gateway and be led on to the page on which the order is confirmed."""
    from django.test import Client

    page = Client(headers={"host": "localhost"}).get(path, follow=True)
    assert page.status_code == 200, page.status_code


def a_move(path: str, agreed: str) -> None:
    """Name another address on the order's page and agree to what that means."""
    from django.test import Client

    page = Client(headers={"host": "localhost"}).post(path, {**TO, "agreed": agreed})
    assert page.status_code == 302, page.status_code


def a_minute_of_work() -> None:
    """What the clock asks of a worker every minute about payments and orders."""
    from vafa.checkout.tasks import follow
    from vafa.jobs.models import Job
    from vafa.jobs.work import Work
    from vafa.payments.tasks import reconcile

    reconcile(Work(Job()))
    follow(Work(Job()))


def main() -> None:
    django.setup()
    from django.db import connections

    sys.stdout.write(f"{one(*sys.stdin.readline().split())}\n")
    sys.stdout.flush()
    connections.close_all()
    gc.freeze()  # a fork copies no page only because it was looked through
    answer_lines(one)


if __name__ == "__main__":
    main()
