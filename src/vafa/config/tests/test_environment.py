import base64
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from vafa.config import environment, servers
from vafa.config.environment import BadVariable


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("VAFA_X", value)


def refusal(read) -> str:
    with pytest.raises(BadVariable) as refused:
        read()
    assert refused.value.code == 2
    return refused.value.sentence


@pytest.mark.parametrize(("value", "read"), [("on", True), ("FALSE", False), ("", True)])
def test_a_switch_is_read(given, value, read):
    given(value)
    assert environment.switch("VAFA_X", default=True) is read


def test_a_number_is_read_within_its_bounds(given):
    given("64")
    assert environment.number("VAFA_X", 1, least=1, most=100) == 64


def test_hosts_networks_and_addresses_are_read(given):
    given("shop.example, .shops.example,10.0.0.5,[::1]")
    assert environment.hosts("VAFA_X", "") == ["shop.example", ".shops.example", "10.0.0.5", "[::1]"]
    given("127.0.0.1,10.0.0.0/8,::1")
    assert environment.networks("VAFA_X", "") == "127.0.0.1,10.0.0.0/8,::1"
    given("https://[::1]:8443/")
    assert environment.web_address("VAFA_X", "") == "https://[::1]:8443"


def test_a_variable_left_empty_is_as_good_as_none(given):
    given("")
    assert environment.hosts("VAFA_X", "localhost") == ["localhost"]
    assert environment.networks("VAFA_X", "127.0.0.1") == "127.0.0.1"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("perhaps", lambda: environment.switch("VAFA_X", default=True)),
        ("many", lambda: environment.number("VAFA_X", 1, least=1, most=9)),
        ("10", lambda: environment.number("VAFA_X", 1, least=1, most=9)),
        ("nan", lambda: environment.decimal("VAFA_X", 0, least=-9, most=9)),
        ("shop.example", lambda: environment.web_address("VAFA_X", "")),
        ("ftp://shop.example", lambda: environment.web_address("VAFA_X", "")),
        ("https://shop.example/path", lambda: environment.web_address("VAFA_X", "")),
        ("https://shop example", lambda: environment.web_address("VAFA_X", "")),
        ("https://shop.example:99999", lambda: environment.web_address("VAFA_X", "")),
        ("https://me@shop.example", lambda: environment.web_address("VAFA_X", "")),
        ("https://[::1", lambda: environment.web_address("VAFA_X", "")),
        ("https://shop.example", lambda: environment.hosts("VAFA_X", "")),
        ("shop.example:8000", lambda: environment.hosts("VAFA_X", "")),
        ("shop.example, two words", lambda: environment.hosts("VAFA_X", "")),
        (",", lambda: environment.hosts("VAFA_X", "shop.example")),
        ("300.1.1.1", lambda: environment.networks("VAFA_X", "")),
        ("proxy", lambda: environment.networks("VAFA_X", "")),
        ("mysql://localhost/vafa", lambda: environment.database("VAFA_X", "")),
        ("sqlite://", lambda: environment.database("VAFA_X", "")),
        ("sqlite:////no/such/folder/vafa.sqlite3", lambda: environment.database("VAFA_X", "")),
        ("postgresql://localhost:5432/", lambda: environment.database("VAFA_X", "")),
        ("postgresql://localhost:port/vafa", lambda: environment.database("VAFA_X", "")),
        ("postgresql://localhost/vafa?colour=blue", lambda: environment.database("VAFA_X", "")),
        ("redis://localhost", lambda: servers.broker("VAFA_X")),
        ("amqp://localhost", lambda: servers.shared_cache("VAFA_X")),
        ("redis:///0", lambda: servers.shared_cache("VAFA_X")),
        ("/proc/version/home", lambda: environment.folder("VAFA_X", None)),
        ("/proc", lambda: environment.folder("VAFA_X", None)),
    ],
)
def test_nonsense_stops_with_a_sentence_that_names_the_variable(given, value, read):
    given(value)
    assert refusal(read).startswith("vafa: the environment variable VAFA_X ")


def test_a_secret_may_be_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("VAFA_X_FILE", str(tmp_path / "secret"))
    assert environment.text("VAFA_X") == "from the file"


def test_a_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("VAFA_X_FILE", str(tmp_path / "none"))
    assert "VAFA_X_FILE names a file that cannot be read" in refusal(lambda: environment.text("VAFA_X"))


def test_a_request_under_a_wrong_name_is_one_line_in_the_log(client, caplog):
    assert client.get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400
    [line] = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert "elsewhere.example" in line.getMessage()
    assert line.exc_info is None


def test_processes_that_start_at_once_share_one_secret_that_only_its_owner_can_read(tmp_path):
    file = tmp_path / "secret-key"
    with ThreadPoolExecutor(8) as starting:
        found = set(starting.map(environment.kept_secret, [file] * 32))
    assert found == {file.read_text()}
    assert len(file.read_text()) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_an_empty_secret_is_not_taken_for_one(tmp_path):
    (tmp_path / "secret-key").touch()
    assert "secret-key is empty" in refusal(lambda: environment.kept_secret(tmp_path / "secret-key"))


def test_a_data_folder_that_is_made_is_open_to_its_owner_alone(given, tmp_path):
    given(str(tmp_path / "shop" / "data"))
    assert stat.S_IMODE(environment.folder("VAFA_X", tmp_path).stat().st_mode) == 0o700


def test_a_broker_is_an_address_of_rabbitmq_or_there_is_none(given):
    given("amqp://vafa:secret@queue/shop")
    assert servers.broker("VAFA_X") == "amqp://vafa:secret@queue/shop"
    given("")
    assert servers.broker("VAFA_X") == ""


def test_several_addresses_are_each_looked_at(monkeypatch):
    monkeypatch.setenv("VAFA_X", "https://shop.example, http://10.0.0.5:8080/")
    assert environment.web_addresses("VAFA_X") == ["https://shop.example", "http://10.0.0.5:8080"]
    monkeypatch.setenv("VAFA_X", "https://shop.example,shop.example/cart")
    with pytest.raises(environment.BadVariable):
        environment.web_addresses("VAFA_X")


@pytest.mark.parametrize("before", ["", "MCowBQYDK2VwAyEA"])
def test_a_public_key_is_its_bytes_in_base64_or_the_body_of_a_pem_file(monkeypatch, before):
    key = bytes(range(32))
    monkeypatch.setenv("VAFA_TOROB_KEY", before + base64.b64encode(key).decode())
    assert environment.public_key("VAFA_TOROB_KEY") == key
    monkeypatch.setenv("VAFA_TOROB_KEY", "")
    assert environment.public_key("VAFA_TOROB_KEY") is None
    for nonsense in ("key", "AAAA", "ü"):
        monkeypatch.setenv("VAFA_TOROB_KEY", nonsense)
        with pytest.raises(environment.BadVariable):
            environment.public_key("VAFA_TOROB_KEY")
