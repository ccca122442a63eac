"""What a gateway said, as far as it may be kept."""

from __future__ import annotations

from vafa.payments.gateways.kinds import GatewayKind, Settings

UNREADABLE = "the stored key cannot be read"


def words_of(fault: Exception, kind: GatewayKind, settings: Settings) -> str:
    """The words of a refusal or a silence, without our secrets: some gateways repeat a key that they do not know."""
    sentence = str(fault)
    for each in kind.settings:
        if each.secret and settings.get(each.name):
            sentence = sentence.replace(settings[each.name], "…")
    return " ".join(sentence.split())[:300]
