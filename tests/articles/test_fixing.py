"""A hot-fix beside a planned update: both come out, or the update is held and somebody is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles.models import Article, Byline, Correction, Notification, PublishedArticle, Revision
from articles.models.beside import Fate
from authors.models import Author
from newsroom.models import Redirect

pytestmark = pytest.mark.django_db

People = dict[str, User]
HOUR = timedelta(hours=1)


@pytest.fixture
def article(make_article: Any, people: People) -> Article:
    """Live as “Old”; from in an hour on “New”, with another tag."""
    article: Article = make_article("Old", tags=("Film",), body="<p>One.</p>\n<p>Tow.</p>\n<p>Three.</p>")
    article.publish(by=people["publisher"], at=timezone.now() - timedelta(days=1))
    article.headline, article.body = "New", "<p>One.</p>\n<p>Tow.</p>\n<p>Three.</p>\n<p>Four.</p>"
    article.save()
    article.tags.add("Planned")
    article = Article.objects.get(pk=article.pk)
    article.publish(by=people["publisher"], at=timezone.now() + HOUR, until=timezone.now() + 9 * HOUR)
    return article


def live(article: Article) -> PublishedArticle:
    return PublishedArticle.objects.live().get(article=article)


def plan(article: Article) -> PublishedArticle | None:
    return PublishedArticle.objects.filter(article=article, live_from__gt=timezone.now()).first()


def change(article: Article, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()


def later(monkeypatch: Any, by: timedelta) -> None:
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + by)


def test_a_fix_goes_out_and_the_update_takes_it_in(article: Article, people: People) -> None:
    writer = people["editor"]
    window = (plan(article).live_from, plan(article).live_until)
    article.begin_fix(by=writer)
    assert (article.headline, [tag.name for tag in article.tags.all()]) == ("Old", ["Film"])
    change(article, body=article.body.replace("Tow", "Two"))
    Correction.objects.create(article=article, text="It was two.")
    other = Author.objects.create(name="Second")
    Byline.objects.create(article=article, author=other, position=3)
    article.publish(by=people["publisher"])
    now, then = live(article), plan(article)
    assert (now.headline, now.body) == ("Old", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>")
    assert (then.headline, then.body) == ("New", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n<p>Four.</p>")
    assert [tag.name for tag in then.tags.all()] == ["Film", "Planned"]
    assert [one.text for one in then.corrections.all()] == ["It was two."]
    assert [one.author.name for one in then.bylines.all()][-1] == "Second"
    assert (then.live_from, then.live_until) == window
    assert now.live_until == then.live_from
    # The working copy is the update again, with the fix.
    assert (article.headline, article.body, article.fixing_since) == ("New", then.body, None)
    assert article.version == then.version and article.beside.fate is Fate.KEPT
    assert not Notification.objects.filter(kind="held").exists()
    events = [one.event for one in article.revisions.order_by("number")]
    assert events == ["published", "scheduled", "restored", "published", "scheduled"]


def test_the_merged_update_appears_at_its_time(article: Article, client: Any, monkeypatch: Any, people: People) -> None:
    article.begin_fix(by=people["publisher"])
    change(article, body=article.body.replace("Tow", "Two"))
    article.publish(by=people["publisher"])
    later(monkeypatch, HOUR + timedelta(seconds=1))
    page = client.get(f"/film/{article.slug}/").content.decode()
    assert "New" in page and "Two." in page and "Four." in page and "Tow." not in page


def test_a_clash_holds_the_update_and_tells_who_scheduled_it(article: Article, people: People) -> None:
    boss = User.objects.create_superuser("boss", password="x")
    at = plan(article).live_from
    article.begin_fix(by=boss)
    change(article, headline="Old, put right", kicker="Fixed")
    article.publish(by=boss)
    assert plan(article) is None
    assert live(article).headline == "Old, put right"
    held = article.held
    assert held.event == Revision.Event.HELD and held.data["held"]["clashes"] == ["headline"]
    assert held.data["content"]["headline"] == "New" and held.data["content"]["kicker"] == "Fixed"
    told = Notification.objects.get(kind="held")
    assert told.to == people["publisher"] and "headline" in told.text and "planned for" in told.text
    assert article.beside.fate is Fate.HELD and article.beside.clashing == "headline"
    assert PublishedArticle.objects.live(at + timedelta(minutes=1)).get(article=article).headline == "Old, put right"
    assert article.headline == "Old, put right"


def test_a_held_update_never_goes_live_and_comes_back_with_every_fix(article: Article, people: People) -> None:
    publisher = people["publisher"]
    article.begin_fix(by=publisher)
    change(article, headline="Fix")
    article.publish(by=publisher)
    change(article, body=article.body.replace("Tow", "Two"))  # put right while the update is held
    article.publish(by=publisher)
    assert article.take_up_held(by=publisher) is not None
    assert (article.headline, article.held) == ("New", None)
    assert article.body == "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n<p>Four.</p>"
    article.publish(by=publisher, at=timezone.now() + HOUR)
    assert plan(article).headline == "New" and live(article).headline == "Fix"
    with pytest.raises(ValidationError, match="held any more"):
        article.take_up_held(by=publisher)


def test_a_held_update_is_discarded_by_who_may_publish(article: Article, people: People) -> None:
    article.begin_fix()
    change(article, headline="Fix")
    article.publish()
    held = article.held
    with pytest.raises(PermissionDenied):
        article.discard_held(by=people["editor"])
    article.discard_held(by=people["publisher"])
    assert article.held is None and article.revisions.filter(pk=held.pk).exists()
    assert article.revisions.first().event == "unscheduled"


def test_publishing_all_that_was_planned_leaves_nothing_planned(article: Article) -> None:
    until = plan(article).live_until
    article.publish()
    assert plan(article) is None and live(article).headline == "New" and live(article).live_until == until
    assert article.beside.fate is Fate.DONE and "in place of" in article.revisions.first().note
    assert article.held is None


def test_a_first_appearance_brought_forward_drops_the_plan(make_article: Any) -> None:
    article = make_article("First")
    article.publish(at=timezone.now() + HOUR)
    change(article, headline="First, and better")
    article.publish()
    assert plan(article) is None and live(article).headline == "First, and better" and live(article).live_until is None
    assert article.beside.fate is Fate.DONE


def test_a_fix_written_over_the_update_by_hand_keeps_the_rest_of_it(article: Article) -> None:
    """Not begun as a fix: the merge asks only what is published, so scripts and imports keep plans, too."""
    change(article, headline="Old", body=article.body.replace("Tow", "Two").replace("\n<p>Four.</p>", ""))
    article.tags.remove("Planned")
    article = Article.objects.get(pk=article.pk)
    article.publish()
    then = plan(article)
    assert (then.headline, [tag.name for tag in then.tags.all()]) == ("New", ["Film", "Planned"])
    assert "Two." in then.body and "Four." in then.body
    assert article.headline == "Old"
    assert article.revisions.filter(event="scheduled").first().version == then.version


def test_back_to_the_update_loses_nothing(article: Article, people: People) -> None:
    article.begin_fix(by=people["editor"])
    change(article, headline="Half a fix")
    article.end_fix(by=people["editor"])
    assert (article.headline, article.fixing_since) == ("New", None)
    assert [tag.name for tag in article.tags.all()] == ["Film", "Planned"]
    assert article.revisions.filter(data__content__headline="Half a fix").exists()
    assert plan(article).headline == "New" and live(article).headline == "Old"


def test_work_beyond_the_plan_comes_back_after_the_fix(article: Article) -> None:
    change(article, kicker="Not scheduled yet")
    article.begin_fix()
    change(article, body=article.body.replace("Tow", "Two"))
    article.publish()
    assert (article.kicker, plan(article).kicker) == ("Not scheduled yet", "")
    assert "Two." in article.body and "Two." in plan(article).body and article.version != plan(article).version


def test_a_fix_can_not_be_scheduled(article: Article) -> None:
    article.begin_fix()
    with pytest.raises(ValidationError, match="publish the fix"):
        article.publish(at=timezone.now() + 2 * HOUR)
    assert plan(article).headline == "New"


def test_an_update_that_came_during_the_fix_is_not_taken_back(article: Article, monkeypatch: Any) -> None:
    article.begin_fix()
    change(article, body=article.body.replace("Tow", "Two"))
    later(monkeypatch, HOUR + timedelta(minutes=1))
    assert article.overtaken_at is not None
    with pytest.raises(ValidationError, match="went live while"):
        article.publish()
    assert live(article).headline == "New"
    assert article.carry_fix() == ()
    assert article.headline == "New" and "Two." in article.body and "Four." in article.body
    article.publish()
    assert "Two." in live(article).body and live(article).headline == "New"


def test_carrying_a_fix_that_clashes_keeps_the_updates_words_and_says_so(article: Article, monkeypatch: Any) -> None:
    article.begin_fix()
    change(article, headline="Fix", kicker="K")
    later(monkeypatch, HOUR + timedelta(minutes=1))
    assert article.carry_fix() == ("headline",)
    assert (article.headline, article.kicker) == ("New", "K")
    assert article.revisions.filter(data__content__headline="Fix").exists()


def test_an_address_changed_by_the_fix_is_the_plans_too_and_tells_nothing_early(article: Article) -> None:
    article.begin_fix()
    change(article, slug="new-address")
    article.publish()
    assert plan(article).slug == "new-address"
    assert not Redirect.objects.filter(since__gt=timezone.now(), path="/film/old/").exists()


@pytest.mark.parametrize("verb", ["withdraw", "unschedule"])
def test_a_fix_ends_when_there_is_no_plan_to_go_back_to(article: Article, verb: str) -> None:
    article.begin_fix()
    getattr(article, verb)()
    assert article.fixing_since is None and Article.objects.get(pk=article.pk).fixing_since is None
    with pytest.raises(ValidationError, match="not being fixed"):
        article.end_fix()


def test_only_what_is_live_and_planned_is_fixed_beside_a_plan(
    make_article: Any, article: Article, people: People
) -> None:
    plain = make_article("Live only")
    plain.publish()
    with pytest.raises(ValidationError, match="Nothing is planned"):
        plain.begin_fix()
    with pytest.raises(PermissionDenied):
        article.begin_fix(by=people["contributor"])
    article.begin_fix()
    with pytest.raises(ValidationError, match="already"):
        article.begin_fix()


def test_the_person_who_clashes_with_his_own_plan_is_not_mailed_about_it(article: Article, people: People) -> None:
    article.begin_fix(by=people["publisher"])
    change(article, headline="Fix")
    article.publish(by=people["publisher"])
    assert article.held is not None and not Notification.objects.filter(kind="held").exists()


def test_when_who_scheduled_it_is_gone_those_are_told_who_may_publish(article: Article, people: People) -> None:
    User.objects.filter(pk=people["publisher"].pk).update(is_active=False)
    article.begin_fix()
    change(article, headline="Fix")
    article.publish()
    assert [one.to for one in Notification.objects.filter(kind="held")] == [people["administrator"]]
