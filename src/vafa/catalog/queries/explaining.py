"""Why a choice cannot be made so, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vafa.catalog.models.products import Configurable, OptionShown, Texts, ValueShown
from vafa.catalog.queries.configurations import Configured
from vafa.engine.configuring import Clash, Conflict, Pick, Tie
from vafa.engine.inscribing import Misword, WordFault
from vafa.kit.formats import format_number, isolated, text_in


def explained(conflict: Conflict, of: Configurable) -> str:
    """One sentence about what does not go together."""
    if conflict.clash == Clash.MISSING:
        return _("Please choose one.")
    if conflict.clash == Clash.UNKNOWN:
        return _("What was chosen here is not offered any more.")
    others = _(" or ").join(_("“%(name)s”") % {"name": isolated(named(pick, of))} for pick in conflict.with_)
    said = {"value": isolated(named((conflict.option, conflict.value), of)), "others": others}
    if conflict.clash == Clash.REQUIRES:
        return _("“%(value)s” needs %(others)s.") % said
    return _("“%(value)s” cannot be had with %(others)s.") % said


def own_words(conflict: Conflict, found: Configured) -> Texts:
    """What the shop itself says about the rule behind it; {} for nothing."""
    if conflict.clash not in {Clash.REQUIRES, Clash.EXCLUDES}:
        return {}
    return found.why(Tie(conflict.clash), (conflict.option, conflict.value), conflict.with_)


def about_words(fault: WordFault) -> str:
    """One sentence about words that cannot be made so."""
    if fault.what == Misword.MISSING:
        return _("Please write what shall stand there.")
    if fault.what == Misword.UNASKED:
        return _("Nothing can be written here any more.")
    if fault.what == Misword.UNWRITABLE:
        return _("There are characters in it that cannot be written, such as tabs or ends of lines.")
    most = fault.longest
    said = ngettext("Only %(shown)s character fits.", "Only %(shown)s characters fit.", most)
    return said % {"shown": format_number(most)}


def named(pick: Pick, of: Configurable) -> str:
    """What a value is called; its option's name where there is no such value."""
    names = [value["name"] for option, value in values_of(of) if (option["code"], value["code"]) == pick]
    return text_in(names[0]) if names else option_named(pick[0], of)


def option_named(code: str, of: Configurable) -> str:
    """What an option is called; its code where there is none."""
    return next((text_in(each["name"]) for each in of["options"] if each["code"] == code), code)


def values_of(of: Configurable) -> Iterator[tuple[OptionShown, ValueShown]]:
    """Every value with its option."""
    for option in of["options"]:
        yield from ((option, value) for value in option["values"])
