"""Reads of the delivery room."""

from __future__ import annotations

from vafa.delivery.queries.fitted import ActiveModel, active_model, fitted_models
from vafa.delivery.queries.history import history, last_fact, units
from vafa.delivery.queries.options import options
from vafa.delivery.queries.warming import warm_up

__all__ = ["ActiveModel", "active_model", "fitted_models", "history", "last_fact", "options", "units", "warm_up"]
