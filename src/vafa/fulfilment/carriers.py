"""What the numbers of carriers look like; `config` says it from their folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vafa.delivery.tracking_numbers import number_key
from vafa.engine.folding import fold
from vafa.kit.problems import Problem


@dataclass(frozen=True)
class Carrier:
    """A carrier by its names; `pattern` is what its numbers look like in capitals without blanks, "" for anything."""

    labels: Mapping[str, str]
    names: tuple[str, ...] = ()
    pattern: str = ""
    sample: str = ""

    def is_called(self, name: str) -> bool:
        """Whether a person means this one."""
        return fold(name) in {fold(each) for each in (*self.names, *self.labels.values())}


Source = Callable[[], Sequence[Carrier]]


class _Known:
    source: Source = staticmethod(lambda: ())


def know_carriers_by(source: Source) -> None:
    """Said once at the start; asked whenever somebody sends a parcel."""
    _Known.source = staticmethod(source)


def known_carriers() -> list[Carrier]:
    """All of them."""
    return list(_Known.source())


def check_number(carrier: str, number: str) -> None:
    """Problem `strange-number` (422) for a number that does not look like one of this carrier's."""
    known = next((each for each in known_carriers() if each.pattern and each.is_called(carrier)), None)
    if known is not None and number.strip() and not re.fullmatch(known.pattern, number_key(number)):
        sentence = _("Numbers of this carrier look like %(sample)s. Look again, or tick that it is right.")
        raise Problem("strange-number", sentence % {"sample": known.sample}, field="tracking_number", status=422)
