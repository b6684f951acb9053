"""What must be said of a picture, and until when it may be shown."""

from datetime import UTC, date, datetime

import made
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import gate
from articles.models.checks import checks
from images.desk.forms import PickedForm, WordsForm
from images.models import Image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("alt", "decorative", "needs"), [("A street", False, False), ("", True, False), ("", False, True)]
)
def test_a_picture_has_words_or_is_decorative_or_needs_them(alt, decorative, needs):
    image = Image.objects.create(title="x", alt=alt, decorative=decorative)
    image.full_clean()  # the model takes what an import brings
    assert image.needs_alt is needs
    assert Image.objects.needing_alt().exists() is needs


def test_never_both():
    with pytest.raises(ValidationError) as refusal:
        Image(title="x", alt="A street", decorative=True).full_clean()
    assert "Keep one of the two" in refusal.value.message_dict["decorative"][0]


@pytest.mark.parametrize("alt", ["", "   ", "\x07", "\n\t"])
def test_the_desk_insists_on_one_of_the_two(alt):
    form = PickedForm({"alt": alt})
    assert "decorative" in form.errors["alt"][0]
    assert "alt" not in PickedForm({"alt": alt, "decorative": "on"}).errors
    assert "alt" not in PickedForm({"alt": "A street"}).errors


def test_a_row_may_stay_unfinished_but_not_be_undone():
    image = Image.objects.create(title="x")
    assert WordsForm({"title": "y", "credit": "Sam"}, instance=image).is_valid()
    image = Image.objects.create(title="x", alt="A street")
    form = WordsForm({"title": "y"}, instance=image)
    assert list(form.errors) == ["alt"]


@pytest.fixture
def now(monkeypatch):
    def set_to(*moment):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*moment, tzinfo=UTC))

    return set_to


LAST_DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("moment", "soon", "expired"),
    [
        ((2026, 5, 30, 23), False, False),
        ((2026, 5, 31, 12), True, False),
        ((2026, 6, 30, 23, 59), True, False),
        ((2026, 7, 1, 0, 1), False, True),
    ],
)
def test_rights_end_after_their_last_day(now, moment, soon, expired):
    now(*moment)
    image = Image.objects.create(title="x", rights_expire_on=LAST_DAY)
    assert (image.rights_expire_soon, image.rights_have_expired) == (soon, expired)
    assert Image.objects.with_rights_that_expire_soon().exists() is soon
    assert Image.objects.with_expired_rights().exists() is expired
    assert ("30 Jun 2026" in image.rights_warning) is (soon or expired)


def test_the_site_s_zone_decides_which_day_it_is(now, settings):
    now(2026, 6, 30, 23, 30)
    image = Image.objects.create(title="x", rights_expire_on=LAST_DAY)
    assert not image.rights_have_expired
    with timezone.override("Europe/Berlin"):
        assert image.rights_have_expired
        assert Image.objects.with_expired_rights().exists()


def test_rights_without_an_end_last():
    image = Image.objects.create(title="x")
    assert (image.rights_have_expired, image.rights_expire_soon, image.rights_warning) == (False, False, "")


def test_nothing_of_the_desk_s_notes_gets_into_public_files(library, public_bytes):
    secret = {"usage_note": "CANARY paid 40", "licence": "CANARY", "source": "CANARY", "title": "CANARY"}
    for name, public in public_bytes(library(made.encoded(made.photograph()), caption="CANARY", **secret)):
        assert b"CANARY" not in public, name


def test_a_decorative_lead_picture_is_nothing_to_think_twice_about(make_article):
    article = make_article(lead_image=Image.objects.create(title="x"))
    assert any("no alternative text" in sentence for sentence in gate.advice_in(checks(article)))
    article.lead_image = Image.objects.create(title="x", decorative=True)
    assert not any("no alternative text" in sentence for sentence in gate.advice_in(checks(article)))
