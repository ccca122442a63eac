"""Writes of what customers ask."""

from vafa.requests.actions.erasing import ask_to_be_forgotten, go_on_erasing
from vafa.requests.actions.readdressing import Wish, look_elsewhere, send_elsewhere
from vafa.requests.actions.reporting import answer_report, report

__all__ = [
    "Wish",
    "answer_report",
    "ask_to_be_forgotten",
    "go_on_erasing",
    "look_elsewhere",
    "report",
    "send_elsewhere",
]
