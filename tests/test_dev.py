"""The first command of a stranger, on machines that are not as they should be."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parent.parent / "dev.py"


@pytest.fixture
def dev(tmp_path) -> ModuleType:
    """`dev.py` in a folder of its own, so that whatever it makes is made there."""
    return loaded(shutil.copy(FILE, tmp_path))


def loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0)])
def test_another_python_gets_a_sentence(monkeypatch, version):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=r"^dev.py: Vafa needs Python 3\.11, 3\.12 or 3\.13; this is "):
        loaded(FILE)


def test_an_old_python_can_read_as_far_as_that_sentence():
    source = FILE.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source  # 3.6 stops at the annotations of the future


def test_a_python_without_venv_gets_a_sentence(dev, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        dev.create_venv()
    assert not dev.VENV.exists()


def test_a_venv_that_was_not_finished_or_was_moved_is_made_anew(dev):
    dev.BIN.mkdir(parents=True)
    dev.PYTHON.touch()
    assert not dev.is_whole()
    (dev.VENV / "made").write_text("/somewhere/else/.venv")
    assert not dev.is_whole()
    (dev.VENV / "made").write_text(str(dev.VENV))
    assert dev.is_whole()


def test_without_a_command_it_lists_them_all():
    done = subprocess.run([sys.executable, str(FILE)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    shown = done.stderr.partition("commands:")[2].split()
    assert {"setup", "demo", "test", "check", "bench", "lock", "vafa"} <= set(shown)
