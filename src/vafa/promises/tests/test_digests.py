import stat

from vafa.kit.signing import salted_digest
from vafa.promises import keys
from vafa.promises.actions import digest_reference


def test_a_text_has_one_digest_for_each_purpose_whatever_its_spelling():
    digest = digest_reference("phone", "+98 912 000 0000")
    assert digest.startswith("hmac-sha256:")
    assert len(digest) == 76
    assert digest_reference("phone", "  +98 912 000 0000 ") == digest
    assert digest_reference("e-mail", "Sara@Example.com") == digest_reference("e-mail", "sara@example.com")
    assert digest_reference("order", "+98 912 000 0000") != digest


def test_another_shops_secret_gives_another_digest():
    assert salted_digest(b"a" * 32, "phone", "1") != salted_digest(b"b" * 32, "phone", "1")


def test_the_secret_lies_with_the_keys_and_is_read_again(settings, tmp_path):
    settings.HOME = tmp_path
    digest = digest_reference("phone", "1")
    file = tmp_path / "keys" / "digest-key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["digest-key"]
    keys._secret.cache_clear()
    assert digest_reference("phone", "1") == digest
