"""Remembered: small values that every page needs, loaded again when they changed."""

import threading
import time

import pytest

from newsroom import pagecache
from newsroom.pagecache import SLOTS, Remembered, Stamps, _slot


@pytest.fixture
def remembered():
    """Makes one that counts; what it made is not asked about by the tests that follow."""
    before = list(Remembered._all)

    class Counting:
        def __init__(self, key="thing", good_until=None):
            self.loads = 0
            self.one = Remembered(key, self.load, good_until)

        def load(self):
            self.loads += 1
            return self.loads

        def get(self):
            return self.one.get()

    yield Counting
    Remembered._all[:] = before


def stamp(*keys):
    """As another process does: through the file alone."""
    from django.conf import settings

    Stamps(settings.PAGE_STAMPS).write(keys)


def test_it_is_loaded_once(remembered):
    thing = remembered()
    assert [thing.get(), thing.get(), thing.get()] == [1, 1, 1]


def test_nothing_is_loaded_before_it_is_asked_for(remembered):
    assert remembered().loads == 0


def test_it_is_loaded_again_after_a_stamp_from_another_process(remembered):
    thing = remembered()
    thing.get()
    stamp("another")
    assert thing.get() == 1
    stamp("thing")
    assert [thing.get(), thing.get()] == [2, 2]


def test_it_is_loaded_again_when_its_own_time_has_come(remembered):
    end = time.time() + 0.2
    thing = remembered(good_until=lambda value: end if value == 1 else None)
    assert [thing.get(), thing.get()] == [1, 1]
    time.sleep(0.25)
    assert [thing.get(), thing.get()] == [2, 2]


def test_it_is_never_kept_longer_than_a_minute(remembered, monkeypatch):
    thing = remembered(good_until=lambda value: time.time() + 10**6)
    thing.get()
    later = time.time() + Remembered.MOST_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert thing.get() == 2


def test_nothing_is_a_value_too(remembered):
    thing = remembered()
    thing.one.load = lambda: setattr(thing, "loads", thing.loads + 1)
    assert thing.get() is None
    assert thing.get() is None
    assert thing.loads == 1


def test_forgetting_is_by_key_or_of_all(remembered):
    one, two = remembered("one"), remembered("two")
    one.get(), two.get()
    Remembered.forget(["one"])
    assert [one.get(), two.get()] == [2, 1]
    Remembered.forget()
    assert [one.get(), two.get()] == [3, 2]


@pytest.mark.django_db
def test_who_changed_it_sees_the_change_at_once(remembered):
    thing = remembered()
    thing.get()
    pagecache.purge("thing")
    assert thing.get() == 2


def test_a_shared_slot_only_makes_it_load_again(remembered):
    thing = remembered()
    thing.get()
    twin = next(key for number in range(SLOTS * 20) if _slot(key := f"article:{number}") == _slot("thing"))
    stamp(twin)
    assert [thing.get(), thing.get()] == [2, 2]


def test_a_change_while_it_loads_is_not_lost(remembered):
    """The stamp is read before the value: what is loaded from before the change is loaded again."""
    thing = remembered()
    load = thing.one.load

    def slow():
        value = load()
        if value == 1:
            stamp("thing")
        return value

    thing.one.load = slow
    assert [thing.get(), thing.get(), thing.get()] == [1, 2, 2]


def test_a_value_that_can_not_be_loaded_is_asked_for_again(remembered):
    thing = remembered()
    load = thing.one.load
    thing.one.load = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        thing.get()
    thing.one.load = load
    assert thing.get() == 1


def test_a_slow_thread_does_not_make_the_others_wait(remembered):
    """A thread that waits for a database connection while it holds a lock would stop those who have one."""
    thing, go_on = remembered(), threading.Event()
    load = thing.one.load

    def first_is_slow():
        value = load()
        if value == 1:
            go_on.wait(20)
        return value

    thing.one.load = first_is_slow
    slow = threading.Thread(target=thing.get)
    slow.start()
    while not thing.loads:
        time.sleep(0.001)
    fast = threading.Thread(target=thing.get)
    fast.start()
    fast.join(5)
    stuck = fast.is_alive()
    go_on.set()
    slow.join(), fast.join()
    assert not stuck
