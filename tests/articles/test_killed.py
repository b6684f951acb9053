"""A process that is killed while it publishes leaves the article wholly before or wholly after."""

from pathlib import Path

import pytest

from tests.articles import children


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_an_article_is_wholly_before_or_wholly_after(tmp_path: Path) -> None:  # L01
    found = children.run("killing", tmp_path)
    assert len(found) == 6
    for act, ways in found.items():
        assert ways["torn"] == [], act
        assert ways["before"] >= 5, act  # killed within it
        assert ways["after"] >= (0 if act == "approve" else 1), act  # killed between the commit and the stamps
