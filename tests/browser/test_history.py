"""The history in a real browser: two versions are compared, the first is restored, by mouse and by keyboard."""

import pytest

from articles.models import Article, Byline, Correction
from tests.browser.desk import log_in, look

pytestmark = pytest.mark.django_db(transaction=True)

OLD = "<p>The film opens on Friday in all cinemas.</p>"


def write(page, body):
    """Into the body's field, whichever of editor and textarea stands there."""
    page.evaluate(
        """(html) => { const field = document.querySelector('#id_body');
            field.value = html; field.dispatchEvent(new Event('input', {bubbles: true}));
            field.dispatchEvent(new Event('change', {bubbles: true})); }""",
        body,
    )


def saved(page, live_server, article, headline, body):
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.get_by_label("Headline").fill(headline)
    write(page, body)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()


def test_two_versions_are_made_compared_and_the_first_restored(page, live_server, editor, make_article, picture):
    article = make_article("Begun", lead_image=picture)
    log_in(page, live_server, editor)
    saved(page, live_server, article, "The first headline", OLD)
    saved(page, live_server, article, "The second headline", OLD.replace("Friday", "Sunday"))

    page.get_by_role("link", name="History").click()
    page.get_by_role("heading", name="History of “The second headline”").wait_for()
    assert page.get_by_text("headline, body (+1 −1 words)").is_visible()
    look(page, "history")

    page.get_by_label("Compare from version 1").check()
    page.get_by_role("button", name="Compare").click()
    assert "Friday" in page.locator(".past-body del").inner_text()
    assert "Sunday" in page.locator(".past-body ins").inner_text()
    assert page.locator(".past-sides del").first.inner_text().find("first") >= 0
    look(page, "compare")

    page.get_by_role("link", name="Restore version 1").click()
    page.get_by_text("Readers see nothing of it until you publish").wait_for()
    look(page, "restore")
    page.get_by_role("button", name="Restore version 1").click()
    page.get_by_text("Version 1 is the working copy again").wait_for()
    assert page.get_by_label("Headline").input_value() == "The first headline"
    assert "Friday" in page.locator("#id_body").input_value()
    assert Article.objects.get().body == OLD


def test_nonsense_pairs_can_not_be_chosen(page, live_server, editor, make_article):
    article = kept(make_article, 4)
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/history/")
    page.get_by_label("Compare from version 2").check()
    assert [page.get_by_label(f"Compare to version {n}").is_enabled() for n in (1, 2, 3, 4)] == [
        False,
        False,
        True,
        True,
    ]
    page.get_by_label("Compare to version 3").check()
    assert [page.get_by_label(f"Compare from version {n}").is_enabled() for n in (1, 2, 3, 4)] == [
        True,
        True,
        False,
        False,
    ]


def kept(make_article, count):
    article = make_article("Headline 0", tags=("Noir",))
    for number in range(count):
        article.headline = f"Headline {number}"
        article.body = (
            f"<p>The film opens on day {number} in all cinemas.</p><ul><li>Point {number} of the list</li></ul>"
        )
        article.save()
        article.record("saved")
    return article


def test_by_keyboard_alone(page, live_server, editor, make_article):
    article = kept(make_article, 3)
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/history/")
    page.get_by_label("Compare from version 2").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Compare from version 1").is_checked()
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Version 1 and Working copy").wait_for()
    tab_to(page, "Restore version 1")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Restore version 1?").wait_for()
    tab_to(page, "Restore version 1")
    page.keyboard.press("Enter")
    page.get_by_text("Version 1 is the working copy again").wait_for()
    assert Article.objects.get().headline == "Headline 0"


def tab_to(page, name):
    """Tab until what has the focus is called so; where it is must be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        called = page.evaluate("(e => (e.getAttribute('aria-label') || e.textContent).trim())(document.activeElement)")
        if called == name:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"no way to “{name}” by Tab")


@pytest.mark.parametrize("width", [360, 1280])
def test_history_comparison_and_question_fit_and_axe_finds_nothing(
    page, live_server, editor, make_article, picture, author, axe, width
):
    article = kept(make_article, 3)
    article.publish(by=editor, note="N" * 200)
    figure = f'<figure data-image="{picture.pk}" data-align="left"><figcaption>Caption</figcaption></figure>'
    table = "<table><tbody><tr><th>Film</th><th>Year</th></tr><tr><td>Wick</td><td>1999</td></tr></tbody></table>"
    article.body = article.body.replace("on day", 'on <strong>the</strong> <a href="https://example.org/">day</a>')
    article.body += f"{figure}{table}<h2>Under it</h2><blockquote><p>Said so.</p></blockquote><pre>{'long' * 60}</pre>"
    article.body += "".join(f"<p>Paragraph {number}.</p>" for number in range(9))
    article.lead_image, article.standfirst = picture, "W" * 120
    article.save()
    Byline.objects.create(article=article, author=author, role="photographer")
    Correction.objects.create(article=article, text="It was Tuesday.")
    article.refresh_from_db()
    article.record("saved", by=editor)
    article.body = article.body.replace("1999", "2001").replace('"left"', '"wide"').replace(".org/", ".com/")
    article.save()
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, live_server, editor)
    base = f"{live_server.url}/admin/articles/article/{article.pk}/history/"
    for name, url in {
        "history": base, "compare": f"{base}compare/?old=1&new=now", "compare-small": f"{base}compare/?old=5&new=now",
        "restore": f"{base}4/restore/", "published": f"{base}?only=published", "look": f"{base}5/",
    }.items():  # fmt: skip
        page.goto(url)
        for folded in page.locator("details").all():
            folded.evaluate("(one) => { one.open = true; }")
        assert axe(page) == [], url
        wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wider <= 0, f"{url} is {wider} pixels wider than the screen"
        look(page, f"{name}-{width}")
