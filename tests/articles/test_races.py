"""Two who do something to one article at the same moment: one after the other, and each wholly."""

from pathlib import Path

import pytest

from tests.articles import children


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_wins_whole_and_nothing_is_lost(tmp_path: Path) -> None:  # K04 K05
    found = children.run("racing", tmp_path)
    assert found["one headline"] == {"failed": 0, "made": 20, "addresses": 20}
    raced = found["publish and withdraw"]
    assert (raced["failed"], raced["wrong"]) == (0, 0)
    assert sum(raced["ends"].values()) == 50
    assert found["approve and send back"] == {"failed": 0, "wrong": 0}
