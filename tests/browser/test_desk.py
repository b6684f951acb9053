"""The desk in a browser: it looks right everywhere, and what helps while one writes does help."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from articles.models import Article, Byline
from articles.models.checks import checks
from authors.models import Author
from images.models import Image
from tests.browser.desk import log_in, open_form, save, settle
from tests.conftest import jpeg
from tests.rights import rights

pytestmark = pytest.mark.django_db(transaction=True)


def sentences(page):
    return page.locator("#checks .check > span:nth-of-type(2)").all_inner_texts()


def told(page, words):
    return page.locator("#checks .check", has_text=words)


def take_me_there(page, words):
    told(page, words).get_by_role("link", name="Take me there").click()


def choose(page, field, text):
    page.locator(f"{field} + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(text)
    # The right one: what stood there before one typed is highlighted, too.
    page.locator(".select2-results__option--highlighted", has_text=text).wait_for()
    page.keyboard.press("Enter")


# --- everywhere -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_the_desk_fits_and_axe_finds_nothing(page, live_server, editor, make_article, picture, axe, width):
    Image.objects.create(file=jpeg(colour="red"), title="Silent", alt="")
    make_article("A draft with a headline that is rather long, as headlines are", created_by=editor)
    article = make_article("Changed", lead_image=picture, tags=("Noir", "Sea"), created_by=editor)
    article.publish()
    article.headline = "Changed " + "Donaudampfschiffahrtselektrizitätenhauptbetriebswerk" * 2
    article.save()
    page.set_viewport_size({"width": width, "height": 800})

    def look(address):
        page.goto(f"{live_server.url}{address}")
        assert axe(page) == [], address
        wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} pixels wider than the screen"

    look("/admin/login/")
    log_in(page, live_server, editor)
    draft = Article.objects.get(headline__startswith="A draft")
    for address in (
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/?q=nothing&status=draft",
        "/admin/articles/article/add/",
        f"/admin/articles/article/{article.pk}/change/",
        f"/admin/articles/article/{draft.pk}/delete/",
        "/admin/articles/tag/",
        "/admin/articles/tag/add/?_popup=1",
        "/admin/password_change/",
    ):
        look(address)


def test_who_may_only_look_gets_a_page_without_faults(page, live_server, make_article, picture, axe):
    looker = User.objects.create_user("vera", is_staff=True)
    looker.user_permissions.set(rights(["view_article", "view_byline"]))
    article = make_article(body=f'<h2>Heading</h2><figure data-image="{picture.pk}"></figure>', lead_image=picture)
    log_in(page, live_server, looker)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    assert page.locator(".text-as-read h2").inner_text() == "Heading"
    assert axe(page) == []


# --- checks ---------------------------------------------------------------------------------------------------


def test_checks_follow_what_is_typed(page, live_server, editor, film, author):
    log_in(page, live_server, editor)
    text = open_form(page, live_server)
    told(page, "without a headline").wait_for()
    page.get_by_label("Headline").fill("The sea")
    told(page, "without a headline").wait_for(state="detached")
    told(page, "It has no text").wait_for()
    text.click()
    page.keyboard.type("Words.")
    told(page, "It has no text").wait_for(state="detached")
    choose(page, "#id_section", "Film")
    told(page, "Choose a section").wait_for(state="detached")
    choose(page, "#id_bylines-0-author", "In")
    told(page, "no byline").wait_for(state="detached")
    page.get_by_label("Headline").fill("W" * 91)
    told(page, "91 characters").wait_for()
    page.get_by_label("Headline").fill("W" * 92)
    told(page, "92 characters").wait_for()
    assert told(page, "91 characters").count() == 0


def test_a_change_is_said_once_the_writer_rests(page, live_server, editor):
    log_in(page, live_server, editor)
    open_form(page, live_server)
    told(page, "without a headline").wait_for()
    said = page.locator("[data-checks-said]")
    assert said.inner_text() == ""  # nothing is said of what was there from the start
    page.get_by_label("Headline").fill("The sea")
    page.get_by_text("6 left before it goes out").wait_for(state="attached")
    assert said.get_attribute("role") == "status"


def test_the_list_says_the_same_in_the_browser_as_on_the_server(page, live_server, editor, make_article):
    silent = Image.objects.create(file=jpeg(colour="red"), title="Silent", alt="")
    gone = Image.objects.create(file=jpeg(colour="blue"), title="Gone", alt="x")
    number = gone.pk
    gone.delete()
    article = make_article(
        "É" * 95,
        standfirst="🚀" * 251,
        lead_image=silent,
        body=(
            f'<h3>Deep</h3><p>{"word " * 160}</p><p><a href="https://x.org/">here</a> '
            f'<a href="https://x.org/"></a></p><figure data-image="{silent.pk}"></figure>'
            f'<figure data-image="{silent.pk}" data-alt=""></figure><figure data-image="{number}"></figure>'
        ),
    )
    article.bylines.all().delete()
    server = sorted(check.text for check in checks(Article.objects.get(pk=article.pk)))
    assert len(server) == 14
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    # The text as it is stored, not what the editor makes of it: which blocks that knows is its own matter.
    page.locator("#id_body").evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})) }",
        article.body,
    )
    told(page, "no longer in the library").wait_for()
    assert sorted(one for one in sentences(page) if "cut the title" not in one) == server


def test_take_me_there_focuses_the_field(page, live_server, editor, make_article):
    article = make_article("The sea", section=None)
    article.bylines.all().delete()
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    focused = page.locator(":focus")
    select = "document.activeElement.closest('.select2').previousElementSibling.id"
    take_me_there(page, "no standfirst")
    assert focused.get_attribute("id") == "id_standfirst"
    take_me_there(page, "Choose a section")
    assert page.evaluate(select) == "id_section"
    take_me_there(page, "no byline")
    assert page.evaluate(select) == "id_bylines-0-author"
    take_me_there(page, "It has no tags")
    expect(page.get_by_role("combobox", name="Tags")).to_be_focused()


def test_take_me_there_opens_the_panel_that_is_closed(page, live_server, editor, make_article):
    article = make_article("W" * 70)
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    assert not page.locator("#id_seo_title").is_visible()
    take_me_there(page, "cut the title")
    assert page.locator(":focus").get_attribute("id") == "id_seo_title"


def test_take_me_there_goes_to_the_block_of_the_text(page, live_server, editor, make_article):
    body = "".join(f"<p>Paragraph {n}.</p>" for n in range(60)) + "<h3>Deep down</h3><p>The end.</p>"
    article = make_article("The sea", body=body)
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    take_me_there(page, "before any heading")
    settle(page)
    assert page.evaluate("getSelection().anchorNode.textContent") == "Deep down"
    box = page.locator(".ProseMirror h3").bounding_box()
    bar = page.locator(".article-buttons").bounding_box()
    assert box["y"] > 0 and box["y"] + box["height"] < bar["y"]


def test_a_picture_that_gets_its_words_in_another_tab_is_not_complained_of(page, live_server, editor, make_article):
    silent = Image.objects.create(file=jpeg(colour="red"), title="Silent", alt="")
    article = make_article("The sea", lead_image=silent)
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    told(page, "lead picture has no alternative text").wait_for()
    Image.objects.filter(pk=silent.pk).update(alt="A boat")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    told(page, "lead picture has no alternative text").wait_for(state="detached")


# --- how it will look elsewhere -------------------------------------------------------------------------------


def test_the_snippet_and_the_card_follow_the_form(page, live_server, editor, make_article, picture):
    article = make_article("The sea", slug="the-sea", standfirst="It is wide.", lead_image=picture)
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    page.locator("details[data-panel=search-engines] summary").click()
    title, description = page.locator("[data-snippet-title]"), page.locator("[data-snippet-description]")
    page.locator("[data-snippet-title]", has_text="The sea · ").wait_for()
    assert description.inner_text() == "It is wide."
    assert page.locator("[data-snippet-place]").inner_text().endswith("› film › the-sea")
    assert page.locator("[data-share-picture]").get_attribute("src") == picture.thumbnail_url
    page.locator("#id_headline").fill("The river")
    page.locator("[data-share-title]", has_text="The river").wait_for()
    page.locator("#id_seo_title").fill("Another title for search engines alone, that is much longer than they show")
    page.locator("[data-snippet-title]", has_text="Another title").wait_for()
    assert title.inner_text().endswith(" …")
    page.locator("#id_seo_description").fill("In short.")
    page.locator("[data-snippet-description]", has_text="In short.").wait_for()
    assert page.locator("#id_seo_description_meter").inner_text() == "9 characters, fits"
    assert "longer than what is shown" in page.locator("#id_seo_title_meter").inner_text()


# --- bylines --------------------------------------------------------------------------------------------------


def names(article):
    return [byline.author.name for byline in article.bylines.order_by("position", "pk")]


def test_bylines_are_ordered_by_arrows(page, live_server, editor, make_article):
    article = make_article("The sea")
    for name in ("Bo", "Cy"):
        Byline.objects.create(article=article, author=Author.objects.create(name=name), position=9)
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    assert not page.locator("#id_bylines-0-position").is_visible()
    page.locator("#bylines-2 .byline-up").click()
    page.locator("#bylines-2 .byline-up").click()
    assert page.locator(":focus").get_attribute("aria-label") == "Move down"  # it can't go further up
    save(page)
    assert names(article) == ["Cy", "Inês Duarte", "Bo"]


def test_a_form_that_nobody_touched_sends_what_it_was_given(page, live_server, editor, make_article):
    article = make_article("The sea")
    for name in ("Bo", "Cy"):
        Byline.objects.create(article=article, author=Author.objects.create(name=name), position=7)
    Author.objects.create(name="Di")
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    sent = "[...document.querySelectorAll('[name$=-position]')].map((one) => one.value).join()"
    assert page.evaluate(sent) == "0,7,7,0,0"
    choose(page, "#id_bylines-3-author", "Di")
    assert page.evaluate(sent) == "0,7,7,8,0"
    save(page)
    assert names(article) == ["Inês Duarte", "Bo", "Cy", "Di"]


def test_a_byline_taken_out_after_moving_leaves_the_saved_ones_alone(page, live_server, editor, make_article):
    article = make_article("The sea")
    Byline.objects.create(article=article, author=Author.objects.create(name="Bo"), position=1)
    Author.objects.create(name="Cy")
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    choose(page, "#id_bylines-2-author", "Cy")
    page.get_by_role("button", name="Add another Byline").click()
    for row, steps in ((3, 3), (2, 2), (1, 1)):  # the new ones before the saved ones
        for _ in range(steps):
            page.locator(f"#bylines-{row} .byline-up").click()
    page.locator("#bylines-3 .inline-deletelink").click()
    save(page)
    assert names(article) == ["Cy", "Bo", "Inês Duarte"]


def test_without_javascript_the_order_is_a_number(browser, live_server, editor, make_article, client):
    article = make_article("The sea")
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        log_in(page, live_server, editor)
        page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
        assert page.locator("#id_bylines-0-position").is_visible()
        assert page.locator("#checks .check", has_text="no standfirst").is_visible()
    finally:
        context.close()


# --- room to write --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [(360, 640), (1280, 800)], indirect=True)
def test_the_actions_never_cover_what_is_written(page, live_server, editor, make_article):
    article = make_article("The sea", body="".join(f"<p>Paragraph {n}.</p>" for n in range(40)))
    log_in(page, live_server, editor)
    text = open_form(page, live_server, article)
    text.locator("p").first.click()
    page.keyboard.press("Control+End")
    settle(page)
    for number in range(8):
        page.keyboard.type(f"Line {number}")
        page.keyboard.press("Enter")
    page.keyboard.type("The last")
    settle(page)
    bar = page.locator(".article-buttons").bounding_box()
    caret = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    assert caret <= bar["y"]


@pytest.mark.viewport(360, 640)
def test_the_actions_never_cover_the_field_in_focus(page, live_server, editor, make_article):
    article = make_article("The sea")
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    page.locator("#id_slug").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        box = page.evaluate("(({top, bottom}) => ({top, bottom}))(document.activeElement.getBoundingClientRect())")
        inside = page.evaluate("!!document.activeElement.closest('.article-buttons')")
        bar = page.locator(".article-buttons").bounding_box()
        assert inside or box["bottom"] <= bar["y"] + 1, page.evaluate("document.activeElement.outerHTML")


def test_a_panel_stays_as_it_was_left(page, live_server, editor, make_article):
    first, second = make_article("One"), make_article("Two")
    log_in(page, live_server, editor)
    open_form(page, live_server, first)
    page.locator("details[data-panel=schedule] summary").click()
    page.locator("details[data-panel=search-engines] summary").click()
    open_form(page, live_server, second)
    assert page.locator("details[data-panel=schedule]").get_attribute("open") is None
    assert page.locator("details[data-panel=search-engines]").get_attribute("open") is not None
    # What is wrong in a closed panel is shown all the same.
    page.get_by_role("button", name="Schedule", exact=True).click()
    page.get_by_text("When? Give a day and a time").wait_for()


@pytest.mark.parametrize("width", [768, 1280, 1920])
def test_the_filing_stays_within_its_column(page, live_server, editor, make_article, width):
    article = make_article("The sea", tags=("A rather long name of a tag", "Another"))
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    aside = page.locator(".writing-aside").bounding_box()
    for part in (".bylines", ".tag-field", "#id_section + .select2", ".field-publish_at .datetime"):
        box = page.locator(part).first.bounding_box()
        assert box["x"] >= aside["x"] - 1 and box["x"] + box["width"] <= aside["x"] + aside["width"] + 1, part
    text = page.locator(".writing-text").bounding_box()
    if width >= 1280:
        assert text["x"] + text["width"] < aside["x"]
