"""What owners fill in about messages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vafa.customers.models import Channel
from vafa.kit.fields import LATIN, ClockField, CountField, gateway_field
from vafa.messages.catalogue import GatewayKind, Setting
from vafa.messages.models import Gateway
from vafa.messages.registry import all_templates
from vafa.messages.wording import MOST_CHARACTERS

LANGUAGE_NAMES = [("fa", "فارسی"), ("ar", "العربية"), ("en", "English")]
SECURITY = {"starttls": _("STARTTLS (usually port 587)"), "tls": _("TLS (usually port 465)"), "none": _("none")}


class GatewayForm(forms.Form):
    """The settings of one gateway, as its kind describes them. A stored secret is never put into the page."""

    label = forms.CharField(label=_("What you call it"), max_length=80)

    def __init__(self, data: Any = None, *, kind: GatewayKind, gateway: Gateway | None = None) -> None:
        self.kind, self.gateway = kind, gateway
        language = get_language() or "en"
        initial: dict[str, Any] = {"label": gateway.label if gateway else kind.label(language)}
        initial |= {each.name: each.initial for each in kind.settings if not each.secret}
        if gateway is not None:
            initial |= {"enabled": gateway.enabled, **gateway.settings}
        super().__init__(data, initial=initial)
        if gateway is None or not gateway.from_environment:
            for each in kind.settings:
                self.fields[each.name] = _field(each, language, is_kept=bool(gateway and gateway.sealed))
        if gateway is not None:
            self.fields["enabled"] = forms.BooleanField(label=_("Messages may leave by it"), required=False)

    def given(self) -> dict[str, str]:
        """What was filled in, by the names of the settings."""
        return {each.name: self.cleaned_data.get(each.name, "") for each in self.kind.settings}


def _field(setting: Setting, language: str, *, is_kept: bool) -> forms.Field:
    label = setting.labels.get(language.split("-")[0]) or setting.labels["en"]
    if setting.choices:
        choices = [(each, SECURITY.get(each, each)) for each in setting.choices]
        return forms.ChoiceField(label=label, choices=choices)
    return gateway_field(label, secret=setting.secret, required=setting.required, is_kept=is_kept)


class PatternForm(forms.Form):
    """A text that the gateway has approved."""

    template = forms.ChoiceField(label=_("Message"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_NAMES)
    code = forms.CharField(
        label=_("The gateway's name for the text"),
        max_length=80,
        required=False,
        widget=forms.TextInput(LATIN),
        help_text=_("Empty: the message is sent as written here."),
    )
    parameters = forms.CharField(
        label=_("What goes where"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("One line for each place in it: the gateway's name, =, our value. Such as: token=order"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        reader = get_language() or "en"
        choices = [(each.name, each.label(reader)) for each in all_templates()]
        self.fields["template"] = forms.ChoiceField(label=_("Message"), choices=choices)

    def clean_parameters(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self.cleaned_data["parameters"].splitlines():
            if line.strip():
                theirs, mark, ours = line.partition("=")
                if not mark or not theirs.strip() or not ours.strip():
                    raise ValidationError(_("Write each line like token=order."), code="invalid")
                found[theirs.strip()] = ours.strip()
        return found


class TextForm(forms.Form):
    """A text in the language of messages, written in the direction of the customers' language."""

    source = forms.CharField(
        label=_("Text"),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea({"rows": 18, "spellcheck": "true"}),
        help_text=_("Empty: the text that came with Vafa."),
    )

    def __init__(self, data: Any = None, *, language: str, source: str) -> None:
        super().__init__(data, initial={"source": source})
        direction = "ltr" if language == "en" else "rtl"
        self.fields["source"].widget.attrs |= {"lang": language, "dir": direction}


class TestForm(forms.Form):
    """Where a test message goes."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    address = forms.CharField(
        label=_("Your address"), max_length=254, widget=forms.TextInput({**LATIN, "inputmode": "email"})
    )


class RulesForm(forms.Form):
    """Rules for offers."""

    quiet_from = ClockField(label=_("Quiet from"))
    quiet_until = ClockField(label=_("until"))
    weekly_cap = CountField(
        label=_("At most so many messages a week to one person"),
        min_value=0,
        max_value=50,
        help_text=_("Everything counts, also news of orders; only offers are held back by it."),
    )
