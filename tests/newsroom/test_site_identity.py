"""What the publication calls itself: one row, its logo, its disclosure."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from newsroom import pagecache
from newsroom.models import SiteIdentity

pytestmark = pytest.mark.django_db

FORM = {
    "name": "The Lantern",
    "tagline": "",
    "description": "",
    "social_links": "",
    "disclosure": "",
    "disclosure_url": "",
}


@pytest.fixture
def form(admin_client):
    """Posts the admin's form; the page that comes back."""
    SiteIdentity(name="Newsroom").save()

    def post(**fields):
        return admin_client.post(reverse("admin:newsroom_siteidentity_change", args=[1]), {**FORM, **fields})

    return post


def test_without_a_row_the_site_has_a_name_already():
    assert SiteIdentity.current().name == "Newsroom"


def test_there_is_one_whatever_is_saved():
    SiteIdentity(name="One").save()
    SiteIdentity(pk=7, name="Two").save()
    assert list(SiteIdentity.objects.values_list("pk", "name")) == [(1, "Two")]


def test_it_costs_no_query_until_it_changes(django_assert_num_queries):
    SiteIdentity(name="One").save()
    SiteIdentity.current()
    with django_assert_num_queries(0):
        assert SiteIdentity.current().name == "One"
    SiteIdentity(name="Two").save()
    assert SiteIdentity.current().name == "Two"


def test_saving_it_puts_every_page_out_of_date(django_capture_on_commit_callbacks):
    before = pagecache.stamps().read(["site"])
    with django_capture_on_commit_callbacks(execute=True):
        SiteIdentity(name="One").save()
    assert pagecache.stamps().read(["site"]) != before


def logo(data, name="logo.png"):
    return ContentFile(data, name=name)


def stored(site):
    with default_storage.open(site.logo.name) as file:
        return file.read()


def test_a_logo_is_drawn_anew_and_nothing_else_of_its_file_is_kept(png):
    secrets = PngInfo()
    secrets.add_text("Comment", "<script>alert(1)</script>")
    secrets.add_itxt("XML:com.adobe.xmp", "<x>GPS</x>", zip=False)
    data = png(pnginfo=secrets, icc_profile=b"a profile" * 50) + b"<html><script>alert(2)</script></html>PK\3\4"
    site = SiteIdentity(name="One", logo=logo(data))
    site.save()
    out = stored(site)
    assert not [word for word in (b"script", b"Comment", b"GPS", b"html", b"PK\3\4", b"iCCP") if word in out]
    with Pillow.open(io.BytesIO(out)) as picture:
        assert (picture.format, picture.size) == ("PNG", (60, 40))
        assert picture.getpixel((5, 5))[:3] == (0, 128, 128)


def test_a_large_logo_is_made_smaller_in_its_proportions(png):
    site = SiteIdentity(name="One", logo=logo(png(3000, 600)))
    site.save()
    with Pillow.open(io.BytesIO(stored(site))) as picture:
        assert picture.size == (800, 160)


def test_another_logo_has_another_address_because_caches_keep_it_for_ever(png):
    site = SiteIdentity(name="One", logo=logo(png(colour="red")))
    site.save()
    first = site.logo.name
    site.logo.delete(save=False)
    site.logo = logo(png(colour="blue"))
    site.save()
    assert site.logo.name != first
    assert site.logo.name.startswith("identity/logo-")


def test_a_logo_is_not_drawn_again_when_something_else_is_saved(png):
    site = SiteIdentity(name="One", logo=logo(png()))
    site.save()
    again = SiteIdentity.objects.get()
    again.name = "Two"
    again.save()
    assert again.logo.name == site.logo.name
    assert len([one for one in default_storage.listdir("identity")[1] if one.startswith("logo-")]) == 1


def test_readers_see_the_logo_with_the_name_as_its_text(client, png):
    site = SiteIdentity(name="The <Lantern>", logo=logo(png()))
    site.save()
    page = client.get("/").content.decode()
    assert f'<img src="{site.logo.url}" alt="The &lt;Lantern&gt;"' in page
    response = client.get(site.logo.url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    response.close()


BAD_LOGOS = {
    "nothing in it": b"",
    "HTML": b"<html><script>alert(1)</script></html>",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "half a PNG": None,
    "a format we don't take": b"BM" + bytes(200),
}


@pytest.mark.parametrize("kind", BAD_LOGOS)
def test_a_bad_logo_is_told_at_the_field_and_what_was_typed_is_kept(form, png, kind):
    data = BAD_LOGOS[kind]
    data = png(300, 300)[:200] if data is None else data
    response = form(tagline="All the films", logo=SimpleUploadedFile("logo.png", data, "image/png"))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["logo"]
    assert 'value="All the films"' in response.content.decode()
    assert SiteIdentity.objects.get().tagline == ""


def test_a_logo_of_too_many_pixels_is_refused_before_it_is_decoded(form, png, settings):
    settings.IMAGE_MAX_MEGAPIXELS = 1
    response = form(logo=SimpleUploadedFile("logo.png", png(2000, 1000), "image/png"))
    assert "2000 × 1000 pixels are too many" in str(response.context["adminform"].form.errors["logo"])


@pytest.mark.parametrize("name", ["logo", "logo.of.ours", "логотип.image"])
def test_what_a_logo_is_called_does_not_matter(form, png, name):
    assert form(logo=SimpleUploadedFile(name, png(), "image/png")).status_code == 302
    assert SiteIdentity.objects.get().logo.name.endswith(".png")


def test_no_other_path_gets_a_bad_logo_in():
    with pytest.raises(ValidationError):
        SiteIdentity(name="One", logo=logo(b"<html>")).save()
    assert not SiteIdentity.objects.exists()


def test_a_good_logo_can_be_uploaded_and_cleared(form, png):
    assert form(logo=SimpleUploadedFile("logo.png", png(), "image/png")).status_code == 302
    assert SiteIdentity.objects.get().logo
    assert form(**{"logo-clear": "on"}).status_code == 302
    assert not SiteIdentity.objects.get().logo


@pytest.mark.parametrize("url", ["", "/about/affiliate-links/", "https://example.org/how?x=1", " https://example.org "])
def test_a_disclosure_leads_to_a_page_here_or_on_the_web(form, url):
    assert form(disclosure_url=url).status_code == 302


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JaVaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/\\evil.example/",
        "https://",
        "https:evil",
        "about/",
    ],
)
def test_a_disclosure_that_leads_elsewhere_is_refused_at_its_field(form, url):
    response = form(disclosure_url=url)
    assert list(response.context["adminform"].form.errors) == ["disclosure_url"]


def test_the_list_leads_to_the_one(admin_client):
    SiteIdentity(name="One").save()
    response = admin_client.get(reverse("admin:newsroom_siteidentity_changelist"))
    assert response["Location"] == reverse("admin:newsroom_siteidentity_change", args=[1])
    assert admin_client.get(reverse("admin:newsroom_siteidentity_add")).status_code == 403
    assert admin_client.get(reverse("admin:newsroom_siteidentity_delete", args=[1])).status_code == 403


def test_the_first_one_is_added_at_the_desk(admin_client):
    assert admin_client.post(reverse("admin:newsroom_siteidentity_add"), FORM).status_code == 302
    assert SiteIdentity.current().name == "The Lantern"


def test_who_may_not_see_it_does_not(client, django_user_model):
    SiteIdentity(name="One").save()
    client.force_login(django_user_model.objects.create_user("con", is_staff=True))
    assert client.get(reverse("admin:newsroom_siteidentity_changelist")).status_code == 403
    assert client.get(reverse("admin:newsroom_siteidentity_change", args=[1])).status_code == 403
