from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    """Uploads and rejects files of a test lie in its own folder."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
