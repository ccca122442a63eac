"""Every task by its stable name (rows hold the name), what follows what, and what runs by the clock."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import vafa.accounts.tasks
import vafa.agreements.tasks
import vafa.catalog.tasks
import vafa.checkout.tasks
import vafa.config.backup.daily
import vafa.connectors.tasks
import vafa.console.tasks
import vafa.delivery.tasks
import vafa.demo.tasks
import vafa.fulfilment.tasks
import vafa.incidents.tasks
import vafa.jobs.tasks
import vafa.messages.tasks
import vafa.orders.tasks
import vafa.payments.tasks
import vafa.promises.tasks
import vafa.requests.tasks
import vafa.storefront.tasks
import vafa.visits.tasks
from vafa.jobs.actions import enqueue
from vafa.jobs.work import Periodic, Task, Work


def then(task: Task, *followers: str) -> Task:
    """The task, and after it the followers: once each, also when the task is run again after its worker died."""

    def run(work: Work) -> dict[str, Any] | None:
        result = task(work)
        for name in followers:
            enqueue(name, arguments={}, unique_key=f"{name}:after:{work.job.public_id}")
        return result

    return run


TASKS: dict[str, Task] = {
    "catalog.index": vafa.catalog.tasks.index,
    "catalog.back": vafa.catalog.tasks.tell_back,
    "checkout.follow": vafa.checkout.tasks.follow,
    "checkout.tidy": vafa.checkout.tasks.tidy,
    "config.backup": vafa.config.backup.daily.backup,
    "connectors.import": then(vafa.connectors.tasks.import_file, "console.report", "delivery.learn"),
    "connectors.products": vafa.connectors.tasks.import_file,
    "connectors.ask": vafa.connectors.tasks.ask,
    "connectors.collect": vafa.connectors.tasks.collect,
    "connectors.inbox": vafa.connectors.tasks.inbox,
    "connectors.replay": vafa.connectors.tasks.replay,
    "connectors.tidy": vafa.connectors.tasks.tidy,
    "console.report": vafa.console.tasks.write_history_report,
    "delivery.backtest": vafa.delivery.tasks.backtest,
    "delivery.claims": vafa.delivery.tasks.check_claims_now,
    "delivery.guarantee_cost": vafa.delivery.tasks.guarantee_cost,
    "delivery.fit": vafa.delivery.tasks.fit,
    "delivery.learn": vafa.delivery.tasks.learn,
    "delivery.pool": vafa.delivery.tasks.pool,
    "delivery.refresh": vafa.delivery.tasks.refresh,
    "delivery.watch": vafa.delivery.tasks.watch,
    "accounts.tidy": vafa.accounts.tasks.tidy,
    "fulfilment.follow": vafa.fulfilment.tasks.follow,
    "fulfilment.wrong_prices": vafa.fulfilment.tasks.wrong_prices,
    "agreements.measure": vafa.agreements.tasks.measure,
    "agreements.probe": vafa.agreements.tasks.probe,
    "incidents.follow": vafa.incidents.tasks.follow,
    "incidents.list": vafa.incidents.tasks.list_notices,
    "incidents.tell": vafa.incidents.tasks.tell,
    "jobs.tidy": vafa.jobs.tasks.tidy,
    "promises.apologise": vafa.promises.tasks.apologise,
    "promises.fold": vafa.promises.tasks.fold,
    "orders.together": vafa.orders.tasks.together,
    "messages.deliver": vafa.messages.tasks.deliver,
    "payments.claim": vafa.payments.tasks.claim,
    "payments.reconcile": vafa.payments.tasks.reconcile,
    "payments.send_back": vafa.payments.tasks.send_back,
    "payments.try_out": vafa.payments.tasks.try_out,
    "promises.remedy": vafa.promises.tasks.remedy,
    "messages.sweep": vafa.messages.tasks.sweep,
    "messages.tidy": vafa.messages.tasks.tidy,
    "requests.erase": vafa.requests.tasks.erase,
    "storefront.code": vafa.storefront.tasks.code,
    "storefront.tidy": vafa.storefront.tasks.tidy,
    "visits.add_up": vafa.visits.tasks.add_up,
    "promises.seal": vafa.promises.tasks.seal,
    "promises.sweep": vafa.promises.tasks.sweep,
}

PERIODIC: list[Periodic] = [
    Periodic("catalog.back", every=timedelta(minutes=1)),
    Periodic("catalog.index", every=timedelta(minutes=5), offset=timedelta(minutes=1)),
    Periodic("connectors.ask", every=timedelta(minutes=5), offset=timedelta(minutes=2)),
    Periodic("connectors.collect", every=timedelta(minutes=1)),
    Periodic("checkout.follow", every=timedelta(minutes=1)),
    Periodic("checkout.tidy", every=timedelta(days=1), offset=timedelta(hours=2, minutes=30)),
    Periodic("config.backup", every=timedelta(days=1), offset=timedelta(hours=3)),
    Periodic("connectors.tidy", every=timedelta(days=1), offset=timedelta(hours=2)),
    Periodic("delivery.pool", every=timedelta(minutes=5)),
    Periodic("delivery.refresh", every=timedelta(hours=1), offset=timedelta(minutes=5)),
    Periodic("delivery.claims", every=timedelta(hours=1), offset=timedelta(minutes=10)),
    Periodic("delivery.watch", every=timedelta(minutes=1)),
    Periodic("delivery.learn", every=timedelta(days=7), offset=timedelta(hours=2)),
    Periodic("accounts.tidy", every=timedelta(days=1)),
    Periodic("agreements.measure", every=timedelta(hours=1), offset=timedelta(minutes=20)),
    Periodic("agreements.probe", every=timedelta(minutes=1)),
    Periodic("incidents.follow", every=timedelta(minutes=1)),
    Periodic("fulfilment.follow", every=timedelta(minutes=1)),
    Periodic("orders.together", every=timedelta(days=1), offset=timedelta(hours=1, minutes=30)),
    Periodic("jobs.tidy", every=timedelta(hours=1)),
    Periodic("messages.sweep", every=timedelta(minutes=1)),
    Periodic("messages.tidy", every=timedelta(days=1), offset=timedelta(hours=3)),
    Periodic("requests.erase", every=timedelta(hours=1), offset=timedelta(minutes=50)),
    Periodic("storefront.tidy", every=timedelta(hours=1), offset=timedelta(minutes=40)),
    Periodic("visits.add_up", every=timedelta(hours=1), offset=timedelta(minutes=25)),
    Periodic("promises.fold", every=timedelta(minutes=5)),
    Periodic("promises.seal", every=timedelta(days=1), offset=timedelta(hours=1)),
    Periodic("promises.sweep", every=timedelta(minutes=1)),
    Periodic("promises.remedy", every=timedelta(minutes=1)),
    Periodic("payments.claim", every=timedelta(minutes=1)),
    Periodic("payments.reconcile", every=timedelta(minutes=1)),
]

# What a day that goes by in the simulated shop brings with it, in the order above: all but what belongs to real time.
OF_REAL_TIME = {"connectors.ask", "connectors.collect", "connectors.tidy", "config.backup", "delivery.learn"}
OF_REAL_TIME |= {"accounts.tidy", "catalog.index", "agreements.probe", "jobs.tidy", "messages.sweep", "messages.tidy"}
OF_REAL_TIME |= {"storefront.tidy"}
DAYS_WORK = [TASKS[periodic.task] for periodic in PERIODIC if periodic.task not in OF_REAL_TIME]
TASKS["demo.tick"] = partial(vafa.demo.tasks.tick, days_work=DAYS_WORK)
