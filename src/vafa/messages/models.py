"""Messages, the attempts to deliver them, gateways, the owner's texts and rules."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.customers.models import Channel
from vafa.messages.purposes import Purpose


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    HELD = "held", _("Kept here")  # by the switch "nothing reaches real customers"
    SUPPRESSED = "suppressed", _("Not sent by rule")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("In doubt")  # the gateway may have it: only a person may decide


class Reason(models.TextChoices):
    """Why a message was not sent (or not yet)."""

    SWITCH = "switch", _("Nothing reaches real customers: the switch is on.")
    NO_CUSTOMER = "no_customer", _("Nobody is known by this customer number.")
    NO_CONTACT = "no_contact", _("No address of the customer is known.")
    NO_GATEWAY = "no_gateway", _("No gateway is set up for the ways in which the customer can be reached.")
    NO_CONSENT = "no_consent", _("The customer has not agreed to offers.")
    QUIET = "quiet", _("It waits for the end of the customer's quiet hours.")
    CAP = "cap", _("The customer has had enough messages this week.")
    BUSY = "busy", _("No gateway works at the moment; it is tried again.")
    REFUSED = "refused", _("Every gateway refused it.")
    STALE = "stale", _("It could not be sent in time and would only confuse now.")
    NO_ANSWER = "no_answer", _("The gateway did not answer after it had the message. It may have been sent.")
    INTERRUPTED = "interrupted", _("Vafa was stopped while the message was being sent. It may have been sent.")
    DROPPED = "dropped", _("Somebody decided that it is not sent.")
    TEXT = "text", _("Its text could not be written.")


OVER = [State.SENT, State.HELD, State.SUPPRESSED, State.FAILED]


class Message(models.Model):
    """One message to one customer. `key` says what, whom and which version: the same key is the same message.

    `context` holds plain values for the template. `subject`, `text`, `html` and `address` are what the customer sees;
    they are written when it is sent or held, and erased with the customer. `created_at`, `settled_at` are business
    time; `next_try_at`, `tried_at` real time.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    template = models.CharField(max_length=80)
    customer_ref = models.CharField(max_length=64, default="", blank=True, db_index=True)
    context: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    about = models.CharField(max_length=120, default="", blank=True, db_index=True)  # "order:1234", "promise:…"
    created_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=16, choices=Reason.choices, default="", blank=True)
    turn = models.PositiveIntegerField(default=0)  # how often its delivery was begun
    next_try_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    only_by = models.CharField(max_length=16, choices=Channel.choices, default="", blank=True)  # "": by any channel
    channel = models.CharField(max_length=16, choices=Channel.choices, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    address = models.CharField(max_length=254, default="", blank=True)
    subject = models.CharField(max_length=300, default="", blank=True)
    text = models.TextField(default="", blank=True)
    html = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="message_has_a_key"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="message_purpose_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.SENDING, State.SENT]) | ~Q(reason=""),
                name="message_not_sent_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, settled_at__isnull=False)
                | (~Q(state__in=OVER) & Q(settled_at__isnull=True)),
                name="message_over_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WAITING, next_try_at__isnull=False)
                | (~Q(state=State.WAITING) & Q(next_try_at__isnull=True)),
                name="message_waiting_has_next_try",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="message_next"),
            models.Index(fields=["tried_at"], condition=Q(state="sending"), name="message_in_hand"),
            models.Index(fields=["state", "-id"], name="message_by_state"),
            models.Index(fields=["customer_ref", "settled_at"], condition=Q(state="sent"), name="message_to_customer"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        """The staff's page of it."""
        return reverse("messages:message", args=[self.public_id])

    @property
    def tone(self) -> str:
        """The colour of its state."""
        tones = {State.SENT: "good", State.FAILED: "bad", State.UNCERTAIN: "warn", State.HELD: "info"}
        return tones.get(State(self.state), "neutral")


class Gateway(models.Model):
    """One account at a gateway. `kind` names a folder in `gateways/`; `settings` holds what is no secret.

    `sealed` holds the secrets, encrypted under the installation's key. Of its health: `failures` in a row, until when
    it is left alone (`resting_until`), and since when its credential is known to be bad. All times are real time.
    """

    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    enabled = models.BooleanField(default=True)
    from_environment = models.BooleanField(default=False, editable=False)
    settings: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    sealed = models.TextField(default="", blank=True, editable=False)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_failure_at = models.DateTimeField(null=True, blank=True)
    last_sentence = models.CharField(max_length=300, default="", blank=True)
    failures = models.PositiveIntegerField(default=0)
    resting_until = models.DateTimeField(null=True, blank=True)
    refused_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(from_environment=True), name="gateway_from_environment_once"
            ),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(label=""), name="gateway_has_kind_and_label"),
        ]

    def __str__(self) -> str:
        return self.label

    def is_usable(self, at: datetime) -> bool:
        """Whether it may be tried now: switched on, credential not known to be bad, not resting."""
        rests = self.resting_until is not None and self.resting_until > at
        return self.enabled and self.refused_since is None and not rests


class Pattern(models.Model):
    """A text that a gateway has approved beforehand, to be used for one template in one language.

    `code` is the gateway's name for it; `parameters` {the gateway's name: our value}.
    """

    gateway = models.ForeignKey(Gateway, on_delete=models.CASCADE, related_name="patterns")
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    code = models.CharField(max_length=80)
    parameters: models.JSONField[dict[str, str]] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "template", "language"], name="pattern_once"),
            models.CheckConstraint(condition=~Q(code=""), name="pattern_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.language}): {self.code}"


class Result(models.TextChoices):
    STARTED = "started", _("Begun")
    SENT = "sent", _("Sent")
    TEMPORARY = "temporary", _("Not now")
    REFUSED = "refused", _("Refused")
    CREDENTIAL = "credential", _("Credential refused")
    UNCERTAIN = "uncertain", _("In doubt")


class Attempt(models.Model):
    """One try to hand one message to one gateway. `token` is what the gateway gets to know it again, the same for every
    try of the same message. `outside_id` is the gateway's own number for it. Real time."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    gateway = models.ForeignKey(Gateway, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    gateway_label = models.CharField(max_length=80)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    turn = models.PositiveIntegerField()
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.STARTED)
    sentence = models.CharField(max_length=300, default="", blank=True)
    outside_id = models.CharField(max_length=200, default="", blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "turn"], name="attempt_one_a_turn"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="attempt_result_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway_label}: {self.result}"


class OwnText(models.Model):
    """A template's text in one language as the owner wrote it; without such a row the shipped text holds."""

    template = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    source = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "language"], name="own_text_once")]

    def __str__(self) -> str:
        return f"{self.template} ({self.language})"


class Rules(models.Model):
    """The one row of rules (primary key 1). `holds` is the switch: nothing reaches real customers.

    Quiet hours and the cap are for offers; they run in the customer's zone. `quiet_from` = `quiet_until`: none.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    holds = models.BooleanField(default=True)
    holds_changed_at = models.DateTimeField(null=True, blank=True)
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(9))
    weekly_cap = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="message_rules_is_one_row")]

    def __str__(self) -> str:
        return "held" if self.holds else "sent"
