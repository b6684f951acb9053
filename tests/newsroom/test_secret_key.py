"""The key that is made once and kept on this machine."""

import fcntl
import multiprocessing
import stat
import threading

from newsroom import secret_key


def make_and_read(folder):
    secret_key.make(folder)
    return secret_key.kept(folder)


def test_a_key_is_made_once(tmp_path):
    folder = tmp_path / "not" / "there"
    assert secret_key.kept(folder) == ""
    key = make_and_read(folder)
    assert len(key) >= 50
    assert make_and_read(folder) == key


def test_nobody_else_may_read_it(tmp_path):
    secret_key.make(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_machines_have_different_keys(tmp_path):
    assert make_and_read(tmp_path / "one") != make_and_read(tmp_path / "two")


def test_a_file_that_a_crash_left_empty_is_filled(tmp_path):
    (tmp_path / "secret_key").touch(mode=0o600)
    assert len(make_and_read(tmp_path)) >= 50


def test_a_key_that_somebody_put_there_stays(tmp_path):
    (tmp_path / "secret_key").write_text("mine, and long enough for everybody who asks")
    assert make_and_read(tmp_path) == "mine, and long enough for everybody who asks"


def test_processes_that_start_at_once_have_one_key(tmp_path):
    with multiprocessing.get_context("spawn").Pool(8) as pool:
        keys = pool.map(make_and_read, [tmp_path] * 64, chunksize=1)
    assert len(set(keys)) == 1
    assert keys[0]


def test_the_second_of_two_waits_for_the_key_of_the_first(tmp_path):
    found = []
    with open(tmp_path / "secret_key", "w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = threading.Thread(target=lambda: found.append(make_and_read(tmp_path)))
        second.start()
        second.join(0.3)
        first.write("the key of the first")
    second.join(20)
    assert found == ["the key of the first"]


def test_a_private_file_is_private_from_its_first_byte(tmp_path):
    path = tmp_path / "first-login"
    secret_key.write_private(path, "a password")
    secret_key.write_private(path, "another")
    assert path.read_text() == "another\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
