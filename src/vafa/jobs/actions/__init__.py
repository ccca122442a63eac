"""Writes of the queue. Rooms use `enqueue`; the rest is for the worker and for people who look after it."""

from vafa.jobs.actions.leases import claim, extend, fail, finish, release, report
from vafa.jobs.actions.requests import drop, enqueue, enqueue_tick, forget_finished, retry
from vafa.jobs.actions.workers import forget_worker, remember_worker

__all__ = [
    "claim",
    "drop",
    "enqueue",
    "enqueue_tick",
    "extend",
    "fail",
    "finish",
    "forget_finished",
    "forget_worker",
    "release",
    "remember_worker",
    "report",
    "retry",
]
