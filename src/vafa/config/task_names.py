"""What people call the tasks; apart from `tasks.py` so that web processes need not load the tasks themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vafa.kit.problems import Text

TASK_NAMES: dict[str, Text] = {
    "catalog.index": _("Bring changed products into the index"),
    "checkout.follow": _("Look after purchases, prices and checks"),
    "config.backup": _("Backup"),
    "connectors.import": _("Import orders"),
    "connectors.ask": _("Ask carriers about open parcels"),
    "connectors.collect": _("Read files that carriers dropped"),
    "connectors.inbox": _("Read a carrier's message"),
    "connectors.replay": _("Read a source once more"),
    "connectors.tidy": _("Forget files that were not imported, and old messages"),
    "console.report": _("Write what the history says"),
    "delivery.backtest": _("Backtest"),
    "delivery.claims": _("Check advertised claims"),
    "delivery.guarantee_cost": _("Work out what a guarantee costs"),
    "delivery.fit": _("Fit a model"),
    "delivery.learn": _("Learn from new orders"),
    "delivery.pool": _("Pool the newest orders"),
    "delivery.refresh": _("Bring the model's records up to date"),
    "delivery.watch": _("Look at open promises"),
    "demo.tick": _("Let days go by"),
    "fulfilment.follow": _("Cancel orders whose check was not passed"),
    "fulfilment.wrong_prices": _("Settle orders under a wrong price"),
    "accounts.tidy": _("End old sessions"),
    "agreements.measure": _("Measure what was agreed"),
    "agreements.probe": _("Ask the shop's own pages"),
    "incidents.follow": _("See which notices were sent"),
    "incidents.list": _("Write down who must be told"),
    "incidents.tell": _("Tell the people concerned"),
    "jobs.tidy": _("Tidy up old work"),
    "promises.apologise": _("Apologise for what came late"),
    "promises.fold": _("Add up the ledger's days"),
    "messages.deliver": _("Send a message"),
    "payments.claim": _("Take over refunds that are due"),
    "payments.reconcile": _("Ask gateways about open payments"),
    "payments.send_back": _("Give money back through the gateway"),
    "payments.try_out": _("Try a gateway"),
    "promises.remedy": _("Bring remedies due"),
    "messages.sweep": _("Look after messages in doubt"),
    "messages.tidy": _("Empty old messages"),
    "requests.erase": _("Erase what customers asked to have erased"),
    "storefront.code": _("Send a code to sign in"),
    "storefront.tidy": _("Forget old codes to sign in"),
    "visits.add_up": _("Add up what visitors measured"),
    "promises.seal": _("Seal the day in the ledger"),
    "promises.sweep": _("Break what is overdue"),
}
