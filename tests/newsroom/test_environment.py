"""Settings from the environment: what each reader takes, and the sentence it answers to what it doesn't."""

from pathlib import Path

import pytest

from newsroom import environment as env
from newsroom.environment import BadSetting

BASE = Path("/srv/newsroom")


@pytest.fixture
def given(monkeypatch):
    """Sets the variable SETTING; None leaves it unset."""

    def give(value):
        if value is None:
            monkeypatch.delenv("SETTING", raising=False)
        else:
            monkeypatch.setenv("SETTING", value)

    return give


def sentence(read, *args, **kwargs):
    """What the reader says about a bad value: one sentence that names the variable."""
    with pytest.raises(BadSetting) as refusal:
        read("SETTING", *args, **kwargs)
    text = str(refusal.value)
    assert text.startswith("SETTING ")
    assert text.endswith(".")
    assert "\n" not in text
    return text


@pytest.mark.parametrize(("value", "found"), [(None, "x"), ("", "x"), ("  ", "x"), (" y ", "y")])
def test_text_is_stripped_and_empty_is_not_set(given, value, found):
    given(value)
    assert env.text("SETTING", "x") == found


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_a_flag_is_on(given, value):
    given(value)
    assert env.flag("SETTING") is True


@pytest.mark.parametrize("value", ["0", "False", "no", "OFF"])
def test_a_flag_is_off(given, value):
    given(value)
    assert env.flag("SETTING", default=True) is False


def test_a_flag_that_is_not_set_is_its_default(given):
    given("")
    assert env.flag("SETTING", default=True) is True


@pytest.mark.parametrize("value", ["2", "ja", "truee"])
def test_any_other_flag_is_refused(given, value):
    given(value)
    assert sentence(env.flag) == f"SETTING is {value!r}: set it to 1 or 0."


@pytest.mark.parametrize(("value", "found"), [(None, 5), ("1", 1), (" 9 ", 9), ("007", 7)])
def test_a_number_within_its_bounds(given, value, found):
    given(value)
    assert env.number("SETTING", 5, least=1, most=9) == found


@pytest.mark.parametrize("value", ["0", "10", "-1", "1.5", "0x1", "²", "٣", "1_0", "9" * 5000])
def test_any_other_number_is_refused_with_the_bounds(given, value):
    given(value)
    assert sentence(env.number, 5, least=1, most=9).endswith("set it to a whole number from 1 to 9.")


def test_words_are_separated_by_commas_or_spaces(given):
    given("a, b  c,,d ")
    assert env.words("SETTING") == ["a", "b", "c", "d"]
    given("")
    assert env.words("SETTING", "x y") == ["x", "y"]


def test_a_choice_is_one_of_the_choices_in_any_case(given):
    given("error")
    assert env.choice("SETTING", "INFO", ("INFO", "ERROR")) == "ERROR"
    given("loud")
    assert sentence(env.choice, "INFO", ("INFO", "ERROR")) == "SETTING is 'LOUD': set it to one of INFO, ERROR."


def test_a_folder_is_a_whole_path(given, monkeypatch):
    monkeypatch.setenv("HOME", "/home/inês")
    given("~/pictures")
    assert env.folder("SETTING", BASE) == Path("/home/inês/pictures")
    given(None)
    assert env.folder("SETTING", BASE) == BASE


@pytest.mark.parametrize("value", ["var", "./var", "../var", "~nobody-of-this-name/var"])
def test_half_a_path_is_refused(given, value):
    given(value)
    assert sentence(env.folder, BASE) == f"SETTING is {value!r}: give the whole path, from / on."


def test_a_time_zone_is_one_that_exists(given):
    given("Europe/Berlin")
    assert env.time_zone("SETTING", "UTC") == "Europe/Berlin"


@pytest.mark.parametrize("value", ["Berlin", "Europe", "../../etc/passwd", "/etc/localtime", "UTC+1", "ß"])
def test_any_other_time_zone_is_refused(given, value):
    given(value)
    assert sentence(env.time_zone, "UTC").endswith("no such time zone; write it like Europe/Berlin.")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("https://www.example.org/", "https://www.example.org"),
        ("HTTPS://WWW.Example.org", "https://www.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_origin_in_lower_case_because_secure_cookies_depend_on_it(given, value, found):
    given(value)
    assert env.web_address("SETTING", "") == found


@pytest.mark.parametrize(
    "value",
    [
        "www.example.org",
        "//www.example.org",
        "ftp://www.example.org",
        "https://",
        "https://www.example.org/news",
        "https://www.example.org?x",
        "https://www.example.org#x",
        "https://me:secret@www.example.org",
        "https://www.example.org:port",
        "https://www.example.org:99999",
        "https://www exa mple.org",
        "https://[::1",
        "https://[1:2]",
        "https://-example.org",
        "javascript:alert(1)",
    ],
)
def test_anything_else_is_no_origin(given, value):
    given(value)
    assert sentence(env.web_address, "").endswith("write it like https://www.example.org, without a path.")


def database(given, value):
    given(value)
    return env.database("SETTING", "", BASE)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("sqlite:///var/newsroom.sqlite3", "/srv/newsroom/var/newsroom.sqlite3"),
        ("sqlite:////data/newsroom.sqlite3", "/data/newsroom.sqlite3"),
        ("sqlite:////data/a%20b%23c/newsroom.sqlite3", "/data/a b#c/newsroom.sqlite3"),
        ("sqlite:///:memory:", ":memory:"),
    ],
)
def test_sqlite_by_the_path_of_its_file(given, value, name):
    found = database(given, value)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", name)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    "value",
    [
        "sqlite:///",
        "sqlite:///var/",
        "sqlite:var/newsroom.sqlite3",
        "sqlite:/data/newsroom.sqlite3",
        "sqlite://var/newsroom.sqlite3",
        "sqlite:///var/news?room.sqlite3",
        "sqlite:///var/news#room.sqlite3",
    ],
)
def test_a_sqlite_address_that_would_lie_elsewhere_than_it_seems_is_refused(given, value):
    given(value)
    assert "sqlite:///var/newsroom.sqlite3" in sentence(env.database, "", BASE)


def test_postgresql_by_its_address(given):
    found = database(given, "postgres://ines:p%40ss%2Fw%23rd@db.example.org:5433/news%20room?sslmode=require")
    wanted = {"USER": "ines", "PASSWORD": "p@ss/w#rd", "HOST": "db.example.org", "PORT": "5433", "NAME": "news room"}
    assert wanted.items() <= found.items()
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert found["OPTIONS"] == {"sslmode": "require", "pool": {"min_size": 1, "max_size": 4, "timeout": 10}}
    assert found["CONN_HEALTH_CHECKS"] is True
    assert "CONN_MAX_AGE" not in found  # Django refuses it together with a pool


def test_postgresql_by_a_socket_and_with_a_pool_of_another_size(given):
    found = database(given, "postgresql:///newsroom?host=/var/run/PostgreSQL&pool=8")
    assert (found["HOST"], found["USER"], found["PORT"]) == ("/var/run/PostgreSQL", "", "")
    assert found["OPTIONS"]["pool"]["max_size"] == 8


def test_postgresql_without_a_pool_keeps_its_connections(given):
    found = database(given, "postgres://db/newsroom?pool=0")
    assert found["OPTIONS"] == {}
    assert found["CONN_MAX_AGE"] == 60


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("postgres://db", "names no database"),
        ("postgres://db/", "names no database"),
        ("postgres://db/newsroom?pool=many", "pool='many'"),
        ("postgres://db/newsroom?pool=-1", "whole number"),
        ("postgres://db/newsroom?pool=1001", "up to 1000"),
        ("postgres://db/newsroom?pool=%C2%B2", "whole number"),
        ("postgres://db/newsroom?sslmod=require", 'invalid connection option "sslmod"'),
        ("postgres://db:port/newsroom", "its port must be a number"),
        ("postgres://db:99999/newsroom", "its port must be a number"),
        ("postgres://ines:p#ss@db/newsroom", "# %23"),
        ("postgres://ines:p[ss@db/newsroom", "[ %5B"),
        ("mysql://db/newsroom", "begins with 'mysql'"),
        ("newsroom.sqlite3", "begins with 'nothing'"),
    ],
)
def test_any_other_database_is_refused_with_what_to_write(given, value, hint):
    given(value)
    assert hint in sentence(env.database, "", BASE)


@pytest.mark.parametrize("value", ["postgres://ines:hunter2@db:port/newsroom", "postgres://ines:hunter2@db/"])
def test_a_password_is_never_repeated(given, value):
    given(value)
    assert "hunter2" not in sentence(env.database, "", BASE)
