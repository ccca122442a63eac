import json

import pytest
from django.core.management import CommandError, call_command

from vafa.kit.problems import Problem
from vafa.promises import triggers
from vafa.promises.actions import import_promises, seal
from vafa.promises.models import Promise, SigningKey
from vafa.promises.public_keys import as_pem, published
from vafa.promises.queries import events_of, proof_of, published_keys, receipt_of
from vafa.promises.receipts import receipt_file
from vafa.promises.tests.make import a_promise, historic, tehran

pytestmark = pytest.mark.django_db


def run(capsys, *words):
    call_command(*map(str, words))
    return capsys.readouterr().out


def saved(tmp_path, file):
    path = tmp_path / "file.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    return path


def test_a_receipt_is_shown_and_verified(capsys, tmp_path):
    promise = a_promise()
    path = tmp_path / "mine.json"
    path.write_text(run(capsys, "receipt", "show", promise.public_id), encoding="utf-8")
    told = run(capsys, "receipt", "verify", path)
    assert told.startswith("GENUINE.")
    assert "In the ledger: open" in told


@pytest.mark.parametrize("form", ["pem", "hex", "list"])
def test_a_receipt_is_verified_with_nothing_but_the_public_key(capsys, tmp_path, form, django_assert_num_queries):
    path = saved(tmp_path, receipt_file(receipt_of(a_promise())))
    key = bytes(SigningKey.objects.get().public_key)
    forms = {"pem": as_pem(key), "hex": key.hex(), "list": json.dumps(published(published_keys()))}
    (tmp_path / "key").write_text(forms[form])
    with django_assert_num_queries(0):
        assert run(capsys, "receipt", "verify", path, "--public-key", tmp_path / "key").startswith("GENUINE.")


def test_a_changed_receipt_ends_with_code_1(capsys, tmp_path):
    file = receipt_file(receipt_of(a_promise()))
    file["receipt"]["due_on"] = "2026-03-01"
    with pytest.raises(CommandError) as failed:
        run(capsys, "receipt", "verify", saved(tmp_path, file))
    assert failed.value.returncode == 1


def test_nonsense_ends_with_a_sentence(capsys, tmp_path):
    (tmp_path / "nonsense").write_bytes(b"\xff\xfe")
    for words in (["verify", tmp_path / "absent"], ["verify", tmp_path / "nonsense"], ["show", "7"]):
        with pytest.raises(CommandError) as failed:
            run(capsys, "receipt", *words)
        assert failed.value.returncode == 2
    path = saved(tmp_path, receipt_file(receipt_of(a_promise())))
    with pytest.raises(Problem) as refused:
        run(capsys, "receipt", "verify", path, "--public-key", path)
    assert refused.value.code == "bad-key-file"


def test_an_imported_promise_has_a_receipt_when_asked_for(capsys):
    import_promises([historic(1)], at=tehran(20))
    name = Promise.objects.get().public_id
    with pytest.raises(CommandError, match="--issue"):
        run(capsys, "receipt", "show", name)
    assert json.loads(run(capsys, "receipt", "show", name, "--issue"))["receipt"]["afterwards"] is True


def test_a_new_key_is_taken(capsys):
    a_promise()
    run(capsys, "receipt", "rotate-key")
    assert list(SigningKey.objects.order_by("pk").values_list("active", flat=True)) == [False, True]


def test_the_day_is_sealed_and_checked(capsys, tmp_path):
    promise = a_promise()
    assert run(capsys, "seal", "--check").strip() == "0 seals checked: nothing was changed."
    assert "1 entries" in run(capsys, "seal")
    assert run(capsys, "seal").strip() == "Nothing new to seal."
    assert run(capsys, "seal", "--check").strip() == "1 seals checked: nothing was changed."
    path = saved(tmp_path, proof_of(events_of(promise)[0]))
    assert run(capsys, "receipt", "verify", path).startswith("GENUINE.")


def test_tampering_ends_with_code_1(capsys):
    a_promise()
    seal(tehran(1, 23))
    triggers.unprotect()
    Promise.objects.get().events.update(at=tehran(2))
    triggers.protect()
    with pytest.raises(CommandError) as failed:
        run(capsys, "seal", "--check")
    assert (failed.value.returncode, capsys.readouterr().out.strip()) == (
        1, "The entries under seal 1 were changed, or some are gone.",
    )  # fmt: skip
