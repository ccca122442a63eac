"""Jobs and the workers that do them. All times are real time, for leases must not follow a shifted clock."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vafa.jobs.names import name_of
from vafa.jobs.notes import readable
from vafa.kit.problems import Text


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")  # a dead letter: only a person starts it again


class Job(models.Model):
    """One piece of work, asked for once.

    `free_at` is when a worker may take it: the wanted start while waiting, the end of the lease while running, null
    when finished. `attempt` counts the claims; with `worker` it fences a worker that has lost its lease.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.CharField(max_length=80)
    arguments: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    periodic = models.BooleanField(default=False)
    language = models.CharField(
        max_length=8, default="", blank=True
    )  # of who asked; notes and errors are written in it
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    free_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)  # when the broker was last told of it, where there is one
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=5)
    worker = models.CharField(max_length=64, default="", blank=True)
    fraction = models.FloatField(default=0.0)
    note = models.CharField(max_length=200, default="", blank=True)
    result: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    error = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.RUNNING], free_at__isnull=False)
                | Q(state__in=[State.DONE, State.FAILED], free_at__isnull=True),
                name="job_is_free_or_finished",
            ),
            models.CheckConstraint(condition=Q(fraction__gte=0) & Q(fraction__lte=1), name="job_fraction_in_range"),
        ]
        indexes = [
            models.Index(F("priority").desc(), "free_at", name="job_next", condition=Q(free_at__isnull=False)),
            models.Index(fields=["task", "finished_at"], name="job_ticks", condition=Q(periodic=True)),
            models.Index("state", F("id").desc(), name="job_by_state"),
            models.Index("finished_at", name="job_finished", condition=Q(finished_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.public_id}"

    @property
    def title(self) -> Text:
        """What people call the task."""
        return name_of(self.task)

    @property
    def is_over(self) -> bool:
        return self.state in {State.DONE, State.FAILED}

    @property
    def said(self) -> str:
        """Its note in the reader's language; nothing where its state has said it."""
        return "" if self.state == State.DONE and self.note == "done" else readable(self.note)

    @property
    def said_arguments(self) -> str:
        """What it was asked with, for people who look into a failure."""
        return json.dumps(self.arguments, ensure_ascii=False)

    @property
    def percent(self) -> int:
        """How far it is, of a hundred, rounded down."""
        return int(self.fraction * 100)

    @property
    def tone(self) -> str:
        """The colour of its state."""
        if self.state == State.WAITING and self.error:
            return "warn"
        return {State.DONE: "good", State.FAILED: "bad", State.RUNNING: "info"}.get(State(self.state), "neutral")

    @property
    def result_url(self) -> str:
        """Where the outcome is to be seen, if the task said so with an address of ours."""
        url = str((self.result or {}).get("url", ""))
        return url if url.startswith("/") and not url.startswith(("//", "/\\")) else ""


class Worker(models.Model):
    """A worker process that is alive, or was until `seen_at`."""

    name = models.CharField(max_length=64, unique=True)
    threads = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    trouble = models.CharField(max_length=200, default="", blank=True)  # what keeps it from working

    def __str__(self) -> str:
        return self.name
