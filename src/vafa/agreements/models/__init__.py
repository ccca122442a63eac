"""Tables of agreements."""

from vafa.agreements.models.measured import Answer, Claim, ClaimState, Measurement, Outcome
from vafa.agreements.models.papers import Agreement, Length, Level, Measure, State
from vafa.agreements.models.partners import Partner, Role
from vafa.agreements.models.uptime import DownSpell, Maintenance, Probe, ProbeHour

__all__ = [
    "Agreement",
    "Answer",
    "Claim",
    "ClaimState",
    "DownSpell",
    "Length",
    "Level",
    "Maintenance",
    "Measure",
    "Measurement",
    "Outcome",
    "Partner",
    "Probe",
    "ProbeHour",
    "Role",
    "State",
]
