"""Writes of the queue. Rooms use `enqueue`; the rest is for the worker and for people who look after it."""

from vafa.jobs.actions.leases import (
    claim,
    claim_several,
    claim_this,
    extend,
    fail,
    finish,
    finish_all,
    release,
    release_all,
    report,
)
from vafa.jobs.actions.requests import drop, enqueue, enqueue_tick, enqueue_unless_waiting, forget_finished, retry
from vafa.jobs.actions.sending import to_be_sent
from vafa.jobs.actions.workers import forget_worker, remember_worker

__all__ = [
    "claim",
    "claim_several",
    "claim_this",
    "drop",
    "enqueue",
    "enqueue_tick",
    "enqueue_unless_waiting",
    "extend",
    "fail",
    "finish",
    "finish_all",
    "forget_finished",
    "forget_worker",
    "release",
    "release_all",
    "remember_worker",
    "report",
    "retry",
    "to_be_sent",
]
