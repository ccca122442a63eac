"""The daily backup, and what the page *Work* says of the newest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vafa.config.backup.making import backups_in, default_folder, forget_old, made_at, make
from vafa.jobs.notices import Notice
from vafa.jobs.queries import last_done_at
from vafa.jobs.work import Work
from vafa.kit.clock import real_now
from vafa.kit.formats import format_moment
from vafa.shop.queries import the_shop

TASK = "config.backup"
OLD = timedelta(days=2)


def is_wanted() -> bool:
    """Whether this installation makes daily backups: unless switched off, and not of a simulated shop."""
    return settings.BACKUPS_KEEP > 0 and not the_shop().simulated


def backup(work: Work) -> dict[str, Any] | None:
    """Make a backup and forget those that are too old."""
    if not is_wanted():
        return None
    made, said = make(default_folder(), work.progress)
    gone = forget_old(default_folder(), settings.BACKUPS_KEEP)
    return {"backup": made.name, "rows": said.row_count, "bytes": said.size, "seals": said.seals, "forgotten": gone}


def newest_at() -> datetime | None:
    """Real time of the newest backup: of the worker, wherever it runs, or in this machine's folder."""
    here = backups_in(default_folder())
    known = [last_done_at(TASK), made_at(here[0]) if here else None]
    return max((at for at in known if at is not None), default=None)


def notice() -> Notice | None:
    """The age of the newest backup; a warning where there is none or it is old."""
    if not is_wanted():
        return None
    newest = newest_at()
    if newest is None:
        return Notice(
            "warn", _("There is no backup yet. The worker makes one every night; “vafa backup” makes one now.")
        )
    when = format_moment(newest)
    if real_now() - newest > OLD:
        return Notice(
            "bad",
            _("The newest backup is of %(when)s. Something keeps the nightly one from being made.") % {"when": when},
        )
    return Notice("good", _("The newest backup is of %(when)s; it was read back and is whole.") % {"when": when})
