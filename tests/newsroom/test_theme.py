"""The look of a site's own: colours that can be read, typefaces, menus, a stylesheet of properties alone."""

import gzip
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from newsroom import contrast, stylesheet, theme
from newsroom.models import MenuLink, SiteIdentity
from newsroom.models.identity import Typeface

pytestmark = pytest.mark.django_db


def test_contrast_is_as_wcag_computes_it():
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_our_own_colours_keep_what_is_asked_of_others():
    light, dark = (stylesheet.FOLDER / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    for part, grounds in ((light, theme.LIGHT), (dark.split("@media")[0], theme.DARK)):
        said = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))
        assert (said["paper"], said["tint"]) == grounds
        for name in ("ink", "soft", "mark"):
            assert contrast.least(said[name], grounds) >= theme.LEAST, name
    assert f"--mark: {theme.ACCENT};" in light


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"accent": "#ffcc00"}, "accent", "1.3 to 1, and 4.5 to 1 is the least. Choose a darker one."),
        ({"accent_dark": "#7a0000"}, "accent_dark", "Choose a lighter one."),
        ({"accent": "red"}, "accent", "six digits"),
        ({"accent": "#12345"}, "accent", "six digits"),
        ({"accent": "}a{b:c"}, "accent", "six digits"),
    ],
)
def test_a_colour_that_nobody_could_read_is_refused_in_a_sentence(fields, field, words):
    with pytest.raises(ValidationError) as refused:
        SiteIdentity(name="One", **fields).full_clean()
    assert words in refused.value.message_dict[field][0]


def test_a_colour_alone_is_made_readable_on_dark_pages_too():
    light, dark = theme.accents(SiteIdentity(accent="#003366"))
    assert light == "#003366"
    assert contrast.least(dark, theme.DARK) >= theme.LEAST


def test_a_site_with_our_own_look_asks_for_nothing_more(client):
    SiteIdentity(name="One").save()
    page = client.get("/").content.decode()
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == ["/static/newsroom/readers.css"]


def test_a_site_with_a_look_of_its_own_has_one_stylesheet_for_ever_under_an_address_of_its_own(client):
    SiteIdentity(name="One", accent="#003366", headline_font="slab").save()
    [address] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("/").content.decode())
    assert re.fullmatch(r"/theme-[0-9a-f]{12}\.css", address)
    answer = client.get(address)
    css = answer.content.decode()
    assert answer["Content-Type"] == "text/css; charset=utf-8" and "immutable" in answer["Cache-Control"]
    assert css.startswith(stylesheet.joined())
    own = css.removeprefix(stylesheet.joined())
    assert "--mark:#003366" in own and "--headline-font:Rockwell" in own and "--text-font" not in own
    assert set(re.findall(r"[;{](--)?[\w-]+:", own.replace("(prefers-color-scheme:dark)", ""))) == {"--"}
    old = client.get("/theme-000000000000.css")
    assert old.content.decode() == css and old["Cache-Control"] == "no-cache"
    small = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(small.content).decode() == css and len(small.content) * 3 < len(css)


def test_another_look_and_other_rules_have_another_address(client, monkeypatch):
    one = SiteIdentity(name="One", accent="#003366")
    one.save()
    seen = {one.theme_address}
    one.accent = "#333333"
    one.save()
    seen.add(one.theme_address)
    monkeypatch.setattr(theme, "text_of", lambda name: "body{}")
    one.save()
    seen.add(one.theme_address)
    assert len(seen) == 3


def test_what_is_no_colour_never_gets_into_a_stylesheet_whatever_path_it_came_by():
    assert theme.css(SiteIdentity(accent="}*{x:y", headline_font="</style>")) == ""


def test_every_typeface_has_a_stack():
    assert set(theme.STACKS) == set(Typeface.values)


def test_the_form_says_what_is_wrong_with_a_colour(admin_client):
    SiteIdentity(name="One").save()
    page = admin_client.post(
        reverse("admin:newsroom_siteidentity_change", args=[1]), {"name": "One", "accent": "#ffcc00"}
    )
    assert "hard to read on our light pages" in page.content.decode()


def test_menus_and_identity_cost_no_query_once_they_are_remembered(client, django_assert_num_queries):
    SiteIdentity(name="One", accent="#003366").save()
    for number in range(30):
        MenuLink(title=f"Link {number}", url=f"/l-{number}/", place="footer" if number % 2 else "masthead").save()
    page = client.get("/").content.decode()
    assert "Link 28" in page.partition("<main")[0] and "Link 29" in page.partition("<footer")[2]
    with django_assert_num_queries(0):
        assert (len(MenuLink.of("masthead")), len(MenuLink.of("footer"))) == (15, 15)
        assert b"#003366" in client.get("/theme-000000000000.css").content


def test_a_template_of_a_sites_own_takes_the_place_of_ours(client, settings, tmp_path):
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "footer.html").write_text("<footer>Mine: {{ site.name }}</footer>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    SiteIdentity(name="One").save()
    assert "<footer>Mine: One</footer>" in client.get("/").content.decode()
