from __future__ import annotations

import pytest


@pytest.fixture
def own_index(settings, tmp_path):
    """An index of this test's own, empty."""
    settings.HOME = tmp_path
    return tmp_path / "index" / "catalog"
