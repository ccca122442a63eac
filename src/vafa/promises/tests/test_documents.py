"""The manual's steps for checking a receipt without Vafa are run as they stand there."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from vafa.promises.models import SigningKey
from vafa.promises.public_keys import as_pem
from vafa.promises.queries import receipt_of
from vafa.promises.receipts import receipt_file
from vafa.promises.tests.make import a_promise

pytestmark = pytest.mark.django_db
MANUAL = Path(__file__).resolve().parents[4] / "docs" / "develop" / "ledger.md"


def steps():
    return re.search(r"```sh\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.S)[1]


@pytest.mark.usefixtures("openssl")
@pytest.mark.parametrize("is_changed", [False, True])
def test_openssl_alone_tells_a_genuine_receipt_from_a_changed_one(tmp_path, is_changed):
    file = receipt_file(receipt_of(a_promise()))
    if is_changed:
        file["receipt"]["due_on"] = "2026-03-01"
    (tmp_path / "receipt.json").write_text(json.dumps(file, indent=1), encoding="utf-8")
    (tmp_path / "key.pem").write_text(as_pem(bytes(SigningKey.objects.get().public_key)), encoding="ascii")
    done = subprocess.run(["sh", "-c", steps()], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode == 0, "Verified Successfully" in done.stdout) == (not is_changed, not is_changed)
