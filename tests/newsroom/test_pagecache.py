"""Stamps: when a thing last changed, known to every process of the machine."""

import os
import subprocess
import sys
import threading

import pytest
from django.db import transaction

from newsroom import pagecache
from newsroom.pagecache import SLOTS, Stamps, _slot

STAMP = "import sys; from pathlib import Path; from newsroom.pagecache import Stamps; "


def in_another_process(code, path):
    run = [sys.executable, "-c", f"{STAMP}stamps = Stamps(Path(sys.argv[1])); {code}", str(path)]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()


def test_a_stamp_is_seen_by_another_process_and_the_other_way_round(tmp_path):
    path = tmp_path / "stamps"
    ours = Stamps(path)
    assert ours.read(["article:1"]) == (0,)
    in_another_process("stamps.write(['article:1'])", path)
    theirs = ours.read(["article:1"])[0]
    assert theirs > 0
    ours.write(["article:1"])
    assert int(in_another_process("print(stamps.read(['article:1'])[0])", path)) == ours.read(["article:1"])[0] > theirs


def test_the_keys_are_read_in_their_order(tmp_path):
    stamps = Stamps(tmp_path / "stamps")
    stamps.write(["section:2"])
    assert [bool(stamp) for stamp in stamps.read(["section:1", "section:2", "section:3"])] == [False, True, False]


def test_the_file_is_made_with_its_folder_and_takes_real_room(tmp_path):
    path = tmp_path / "not" / "there" / "stamps"
    Stamps(path)
    assert path.stat().st_size == SLOTS * 8
    # A hole that the disk has no room for would end the process that writes into it.
    assert path.stat().st_blocks * 512 >= SLOTS * 8


def test_an_old_file_is_taken_over_with_its_stamps(tmp_path):
    path = tmp_path / "stamps"
    Stamps(path).write(["site"])
    before = Stamps(path).read(["site"])
    assert before != (0,)
    assert Stamps(path).read(["site"]) == before


def test_a_file_that_is_too_short_is_filled_up(tmp_path):
    path = tmp_path / "stamps"
    path.write_bytes(b"\1" * 8)
    assert len(Stamps(path).read(f"article:{number}" for number in range(1000))) == 1000
    assert path.stat().st_size == SLOTS * 8


def test_a_folder_that_can_not_be_written_is_an_os_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        Stamps(tmp_path / "file" / "stamps")


def test_every_key_has_a_slot_whatever_it_holds():
    for key in ("", "site", "tag:" + "9" * 1000, "新聞:1", "a\nb", "🚀"):
        assert 0 <= _slot(key) < SLOTS


def test_two_keys_that_share_a_slot_are_stamped_together(tmp_path):
    """Then something is made again once too often, never too seldom."""
    seen: dict[int, str] = {}
    for number in range(SLOTS):
        key = f"article:{number}"
        twin = seen.setdefault(_slot(key), key)
        if twin != key:
            break
    stamps = Stamps(tmp_path / "stamps")
    stamps.write([key])
    assert stamps.read([twin]) == stamps.read([key]) != (0,)


def test_two_writes_are_two_stamps(tmp_path):
    stamps = Stamps(tmp_path / "stamps")
    seen = set()
    for _ in range(1000):
        stamps.write(["site"])
        seen.add(stamps.read(["site"])[0])
    assert len(seen) == 1000


def test_many_writers_and_readers_never_see_half_a_stamp(tmp_path):
    stamps = Stamps(tmp_path / "stamps")
    stamps.write(["site"])
    first = stamps.read(["site"])[0]
    wrong, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            if not first <= (found := stamps.read(["site"])[0]) < first + 60 * 10**9:
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    in_another_process("[stamps.write(['site']) for _ in range(20_000)]", tmp_path / "stamps")
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong


@pytest.fixture
def stamped():
    """Was this key stamped since the last time it was asked about?"""
    last = {}

    def ask(key):
        before, last[key] = last.get(key, 0), pagecache.stamps().read([key])[0]
        return last[key] != before

    return ask


@pytest.mark.django_db(transaction=True)
def test_what_changed_is_stamped_on_commit_and_not_before(stamped):
    with transaction.atomic():
        pagecache.purge("article:1", "site")
        assert not stamped("article:1")
    assert stamped("article:1")
    assert stamped("site")
    assert not stamped("article:2")


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_stamped(stamped):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        pagecache.purge("article:1")
        raise ZeroDivisionError
    assert not stamped("article:1")


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_it_is_stamped_at_once(stamped):
    pagecache.purge("article:1")
    assert stamped("article:1")


@pytest.mark.django_db(transaction=True)
def test_purging_nothing_touches_nothing(settings):
    pagecache.purge()
    assert not os.path.exists(settings.PAGE_STAMPS)
