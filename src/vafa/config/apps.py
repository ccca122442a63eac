"""Start-up: the rooms are told what only this place knows."""

from __future__ import annotations

from django.apps import AppConfig


class VafaConfig(AppConfig):
    name = "vafa.config"

    def ready(self) -> None:
        """Hand names of tasks, kinds of promises and delivery options to the rooms that keep or show them."""
        from vafa.config.backup.daily import notice
        from vafa.config.carriers import carriers
        from vafa.config.kinds import PROMISE_KINDS
        from vafa.config.message_templates import MESSAGE_TEMPLATES
        from vafa.config.option_names import option_names
        from vafa.config.personal import PARTS
        from vafa.config.seller_names import seller_name
        from vafa.config.task_names import TASK_NAMES
        from vafa.delivery.beside import estimate_beside
        from vafa.delivery.queries.slot_records import hours_of_promise
        from vafa.fulfilment.carriers import know_carriers_by
        from vafa.jobs.names import list_elsewhere, name_tasks
        from vafa.jobs.notices import notice_by
        from vafa.messages.registry import register as register_template
        from vafa.promises.beside import show_beside
        from vafa.promises.hours import tell_hours_by
        from vafa.promises.kinds import register
        from vafa.promises.names import name_sellers_by
        from vafa.requests.personal import register_parts
        from vafa.shop.options import offer_options

        name_tasks(TASK_NAMES)
        notice_by(notice)
        list_elsewhere(["messages.deliver"])
        offer_options(option_names)
        know_carriers_by(carriers)
        show_beside(estimate_beside)
        tell_hours_by(hours_of_promise)
        name_sellers_by(seller_name)
        for kind in PROMISE_KINDS:
            register(kind)
        register_parts(PARTS)
        for template in MESSAGE_TEMPLATES:
            register_template(template)
