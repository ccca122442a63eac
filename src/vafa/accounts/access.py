"""The gates before the pages of the staff. The one place to read when asking who may see what."""

from __future__ import annotations

from vafa.kit.access import owner_required, staff_required

__all__ = ["owner_required", "staff_required"]
