"""The numbers, plain Python and numpy: durations, probabilities, decisions, backtests.

The engine knows no database, no clock and no files: histories, moments and calendars come in as
arguments. Fitting needs scikit-learn; everything else needs numpy only.
"""

from vafa.engine import merkle
from vafa.engine.backtest import Backtest, BacktestOptions, backtest
from vafa.engine.calendars import CalendarError, CutOff, WorkingCalendar, public_holidays
from vafa.engine.credible import kept_band
from vafa.engine.curve import Curve
from vafa.engine.decision import Cost, Decision, Reason, Refusal, Rule, Target, decide, decide_all, decide_many
from vafa.engine.history import History, Place, Question, Shipment
from vafa.engine.model import DeliveryModel, fit
from vafa.engine.stated import PooledModel, StatedTime, blend, pooled_curve

__all__ = [
    "Backtest",
    "BacktestOptions",
    "CalendarError",
    "Cost",
    "Curve",
    "CutOff",
    "Decision",
    "DeliveryModel",
    "History",
    "Place",
    "PooledModel",
    "Question",
    "Reason",
    "Refusal",
    "Rule",
    "Shipment",
    "StatedTime",
    "Target",
    "WorkingCalendar",
    "backtest",
    "blend",
    "decide",
    "decide_all",
    "decide_many",
    "fit",
    "kept_band",
    "merkle",
    "pooled_curve",
    "public_holidays",
]
