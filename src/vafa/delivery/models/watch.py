"""The watch over open promises: what is thought of each now, who is told, and what slips together."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.promises.models import Promise


class WatchRules(models.Model):
    """When customers are told that a promise is in danger (primary key 1; the database refuses a second).

    `loss_share` is an assumption of the owner's: which share of an order's value a broken promise costs.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    automatic = models.BooleanField(default=False)  # else a person approves each notice
    below = models.FloatField(default=0.5)
    most_notices = models.PositiveSmallIntegerField(default=2)
    hours_between = models.PositiveSmallIntegerField(default=24)
    least_days_later = models.PositiveSmallIntegerField(default=1)
    respects_quiet = models.BooleanField(default=True)  # the quiet hours are those of the room `messages`
    hours_to_decide = models.PositiveSmallIntegerField(default=4)
    offers_options = models.BooleanField(default=True)  # another delivery, at the shop's cost, where one would be kept
    loss_share = models.FloatField(default=0.2)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="watch_rules_are_one_row"),
            models.CheckConstraint(condition=Q(below__gte=0.05, below__lte=0.95), name="watch_below_in_range"),
            models.CheckConstraint(condition=Q(most_notices__lte=9), name="watch_notices_in_range"),
            models.CheckConstraint(condition=Q(loss_share__gte=0, loss_share__lte=2), name="watch_loss_in_range"),
        ]

    def __str__(self) -> str:
        return "rules of the watch"


class Watched(models.Model):
    """What is thought of one open delivery promise at `at`; it goes when the promise is no longer open.

    `probability` to be kept, None where nothing carries one. `expected_on` is the likeliest middle (50 %), `earliest`
    to `latest` the likely window (10 % to 90 %), `honest_on` the day that could be promised now at the shop's caution;
    None where no day can. `reasons` [{code, …values}], the gravest first. `loss_minor` is what a broken promise is
    assumed to cost, times the chance to break it. The rest names what promises may have in common.
    """

    promise = models.OneToOneField(Promise, on_delete=models.CASCADE, related_name="watched")
    at = models.DateTimeField(db_index=True)
    probability = models.FloatField(null=True)
    expected_on = models.DateField(null=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    honest_on = models.DateField(null=True)
    honest_probability = models.FloatField(null=True)
    reasons: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    loss_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="")
    region = models.CharField(max_length=120, default="")
    carrier = models.CharField(max_length=64, default="")
    option = models.CharField(max_length=64, default="")
    origin = models.CharField(max_length=120, default="")  # the region it leaves from
    scanned = models.CharField(max_length=80, default="")  # the place of its last scan
    handed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__gte=0, probability__lte=1),
                name="watched_probability_in_range",
            )
        ]
        indexes = [models.Index(fields=["-loss_minor"], name="watched_by_loss")]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.probability}"


class ToWatch(models.Model):
    """Something happened to this order: its promise is to be looked at again. The worker then takes the row away."""

    order_number = models.CharField(max_length=64)
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.order_number


class KeptLook(models.Model):
    """A look at an open promise that is kept to learn from how it ended: the first of the local day that lies
    `days_before` its promised one. See `engine.lateness` for what is meant.

    `chance` is what the curve said of being late, `steady` the same corrected but for the common shift, `late` how it
    ended (None: not known yet).
    """

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="+", db_index=False)
    days_before = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    chance = models.FloatField()
    days_left = models.FloatField()
    since_handed = models.FloatField(null=True)
    steady = models.FloatField()
    late = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "days_before"], name="kept_look_once"),
            models.CheckConstraint(
                condition=Q(chance__gte=0, chance__lte=1, steady__gte=0, steady__lte=1),
                name="kept_look_chances_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}, {self.days_before} days before"


class Lesson(models.Model):
    """What outcomes have taught by the local day `day` (primary key 1; the database refuses a second).

    `began_on` is the day of the first look, from which weeks are counted; `coefficients` and `shift` are those of
    `engine.lateness.Correction`, learned from so many `outcomes`. Of all open promises one in `one_in` is learned from.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    day = models.DateField()
    began_on = models.DateField(null=True)
    coefficients: models.JSONField[list[float]] = models.JSONField(default=list)
    shift = models.FloatField(default=0.0)
    outcomes = models.PositiveIntegerField(default=0)
    one_in = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="lesson_is_one_row"),
            models.CheckConstraint(condition=Q(one_in__gte=1), name="lesson_one_in_positive"),
        ]

    def __str__(self) -> str:
        return f"lesson of {self.day}"


class Decision(models.TextChoices):
    NONE = "", _("Nobody has decided yet")
    SEND = "send", _("Tell all of them")
    WAIT = "wait", _("Wait")
    DEADLINE = "deadline", _("The time to decide was over")


class Slip(models.Model):
    """More promises with something in common are in danger than chance explains: one alert for the staff.

    `common` {factor: value} is what they share (see `engine.common_cause`). Notices of its promises wait until somebody
    decides, at most until `decide_by`. `key` names the same cause as long as the alert is open.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=300)
    common: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    in_danger = models.PositiveIntegerField()
    expected = models.FloatField()
    watched = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.NONE, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, default="", blank=True)
    words: models.JSONField[dict[str, str]] = models.JSONField(default=dict)  # {language: text} for all its notices
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(closed_at__isnull=True), name="slip_open_once"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="slip_decision_is_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def holds(self) -> bool:
        """Whether notices of its promises still wait for it."""
        return self.closed_at is None and self.decision in {Decision.NONE, Decision.WAIT}


class NoticeState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for approval")
    HELD = "held", _("Waits for one decision on all")
    SENT = "sent", _("Told")
    DROPPED = "dropped", _("Not told")


class Choice(models.TextChoices):
    NONE = "", _("No answer")
    ACCEPT = "accept", _("Agreed to the new date")
    OPTION = "option", _("Wants another delivery")
    CANCEL = "cancel", _("Wants to cancel")


class Notice(models.Model):
    """One telling of one customer that his promise is in danger; `number` counts the notices of the promise from 1.

    `new_on` and `new_probability` are what was said with it (None: no date could be said). `choice` is what the
    customer chose on his page, once. `to_do`: somebody of the staff must still do something about
    that, until `done_at`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="notices")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=NoticeState.choices)
    slip = models.ForeignKey(Slip, null=True, on_delete=models.SET_NULL, related_name="notices")
    made_at = models.DateTimeField()
    probability = models.FloatField(null=True)
    new_on = models.DateField(null=True)
    new_probability = models.FloatField(null=True)
    reason: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    words: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=64, default="", blank=True)
    message_key = models.CharField(max_length=200, default="", blank=True)
    why_not = models.CharField(max_length=16, default="", blank=True)
    choice = models.CharField(max_length=8, choices=Choice.choices, default=Choice.NONE, blank=True)
    chosen_at = models.DateTimeField(null=True)
    chosen: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    to_do = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "number"], name="notice_number_once"),
            models.UniqueConstraint(
                fields=["promise"], condition=Q(state__in=["proposed", "held"]), name="notice_one_undecided"
            ),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=NoticeState.SENT, sent_at__isnull=False)
                | (~Q(state=NoticeState.SENT) & Q(sent_at__isnull=True, choice="")),
                name="notice_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(choice="", chosen_at__isnull=True) | (~Q(choice="") & Q(chosen_at__isnull=False)),
                name="notice_choice_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(state__in=["proposed", "held"]), name="notice_undecided"),
            models.Index(fields=["chosen_at"], condition=Q(to_do=True, done_at__isnull=True), name="notice_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} no. {self.number}"

    def get_absolute_url(self) -> str:
        """The staff's page of its promise."""
        return reverse("promises:promise", args=[self.promise.public_id])

    @property
    def still_in_time(self) -> int | None:
        """Of 100 like it, how many would come in time by what was known when it was said. None where fewer than half
        would, or a person named the day: only then is it true that it will probably be late."""
        if self.probability is None or self.probability < 0.5 or "named_by" in self.chosen:
            return None
        return min(99, round(100 * self.probability))


__all__ = [
    "Choice",
    "Decision",
    "KeptLook",
    "Lesson",
    "Notice",
    "NoticeState",
    "Slip",
    "ToWatch",
    "WatchRules",
    "Watched",
]
