"""The steps as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vafa.kit.problems import Text
from vafa.opening import queries
from vafa.opening.models import Step


@dataclass(frozen=True)
class ShownStep:
    """One step: its name, its page, and how it stands."""

    name: str
    label: Text
    url: str
    is_done: bool
    is_current: bool = False

    @property
    def state(self) -> str:
        """For the component."""
        return "current" if self.is_current else "done" if self.is_done else ""


def steps_of(current: Step | None) -> list[ShownStep]:
    """All of them in their order."""
    return [
        ShownStep(
            each.step.value, each.step.label, reverse(f"opening:{each.step.value}"), each.is_done, each.step == current
        )
        for each in queries.opening_state()
    ]


def first_steps() -> dict[str, Any]:
    """What is still to be done, for the pages of the staff: every step, the next one, and what else a new shop needs.
    Nothing where nobody has begun, where all is done, or where the owner wants to hear no more of it.
    """
    if not queries.is_running():
        return {}
    steps = [*steps_of(None), *_further()]
    left = [each for each in steps if not each.is_done]
    own = [each for each in left if each.name in Step.values]
    return {"steps": steps, "left": own, "next": own[:1], "done": len(steps) - len(left)} if left else {}


def _further() -> list[ShownStep]:
    return [
        ShownStep("messages", _("E-mail or SMS"), reverse("messages:gateways"), queries.has_message_gateway()),
        ShownStep("order", _("A trial order"), reverse("opening:open"), queries.has_order()),
    ]
