"""`vafa claim`: advertised claims checked against deliveries, and what it would take to claim more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vafa.delivery.actions.claims import check_claim
from vafa.delivery.claims import takes
from vafa.delivery.queries.past_orders import Where, newest_fact
from vafa.kit import clock
from vafa.kit.formats.dates import local_day
from vafa.promises.models import AdvertisedClaim
from vafa.promises.queries.claims import running_claims

STAGES = {"handling": "handling (order to hand-over)", "transit": "the carrier (hand-over to delivery)", "both": "both"}


class Command(BaseCommand):
    help = "Check every running claim; `claim takes DAYS` says what it would take to advertise so many days."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", metavar="check | takes")
        verbs.add_parser("check", help="check every running claim now; exit code 1 when one is under its level")
        wish = verbs.add_parser("takes", help="which stage would have to become how much faster")
        wish.add_argument("days", type=int)
        wish.add_argument("--place", default="", help="a city")
        wish.add_argument("--region", default="")
        wish.add_argument("--option", default="", help="the code of a delivery option")
        wish.add_argument("--level", type=float, default=95, metavar="PERCENT", help="how often it must be kept (95)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "takes":
            self._takes(options)
            return
        under = [claim for claim in running_claims(local_day(clock.now())) if self._check(claim) == "under"]
        if under:
            raise CommandError(f"{len(under)} running claims are under their level.", returncode=1)

    def _check(self, claim: AdvertisedClaim) -> str:
        found = check_claim(claim)
        if found is None:
            self.stdout.write(f"{claim.text}: there is no order to check it against.")
            return "few"
        report = found.report
        line = f"{claim.text}: {report['verdict']}, kept {report['kept']} of {report['of']} in the last 90 days"
        if report.get("shortest"):
            line += f"; at {claim.level:.0%} you can claim {report['shortest']['days']} days"
        self.stdout.write(line)
        return found.verdict

    def _takes(self, options: dict[str, Any]) -> None:
        days, level = options["days"], options["level"] / 100
        if not 0 <= days <= 60 or not 0.5 <= level <= 0.999:
            raise CommandError("Days lie between 0 and 60, the level between 50 and 99.9.", returncode=2)
        until = newest_fact()
        where = Where(options["place"], options["region"], options["option"])
        found = None if until is None else takes(where, days, level, until)
        if found is None or not found["is_enough"]:
            raise CommandError("There are too few orders with a known hand-over in the last 90 days.", returncode=2)
        if found["is_reached"]:
            self.stdout.write(f"You can say it today: {found['now']:.0%} arrive in time.")
            return
        self.stdout.write(f"Today {found['now']:.0%} of {found['measured']} orders arrive in time.")
        for stage in found["stages"]:
            if stage["then"] is None:
                self.stdout.write(f"  {STAGES[stage['stage']]}: not enough even in no time")
            else:
                change = f"{stage['now']:.1f} to {stage['then']:.1f} days at the median"
                self.stdout.write(f"  {STAGES[stage['stage']]}: {stage['faster_by']:.0%} faster, {change}")
