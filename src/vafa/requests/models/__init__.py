"""Tables of the requests room."""

from vafa.requests.models.erasures import Erasure
from vafa.requests.models.reports import Matter, Report

__all__ = ["Erasure", "Matter", "Report"]
