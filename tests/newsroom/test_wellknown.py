"""The small files that machines ask for by name, and the icons made from the logo."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from newsroom import pagecache
from newsroom.icons import INK, PAPER, SIZES, square
from newsroom.models import SiteIdentity
from tests.streamed import closed

pytestmark = pytest.mark.django_db


def logo(size: tuple[int, int] = (300, 80), colour: Any = (10, 20, 30), mode: str = "RGB") -> ContentFile:
    out = io.BytesIO()
    Pillow.new(mode, size, colour).save(out, "PNG")
    return ContentFile(out.getvalue(), name="whatever.png")


def opened(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    content = answer.getvalue()
    closed(answer)
    return Pillow.open(io.BytesIO(content))


@pytest.mark.parametrize(("address", "field"), [("/ads.txt", "ads_txt"), ("/humans.txt", "humans_txt")])
def test_texts_are_served_as_they_were_written_and_not_found_while_empty(
    client: Client, address: str, field: str
) -> None:
    assert client.get(address).status_code == 404
    SiteIdentity.objects.create(name="The Paper", **{field: "google.com, pub-1, DIRECT\r\n<b> & ü\r\n\r\n"})
    answer = client.get(address)
    assert answer.content.decode() == "google.com, pub-1, DIRECT\n<b> & ü\n"
    assert answer["Content-Type"] == "text/plain; charset=utf-8" and "s-maxage" in answer["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("contact", "line"),
    [("holes@example.org", "mailto:holes@example.org"), ("https://example.org/holes/", "https://example.org/holes/")],
)
def test_security_txt_names_a_contact_and_never_expires_unseen(
    client: Client, monkeypatch: Any, contact: str, line: str
) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    SiteIdentity.objects.create(name="The Paper", security_contact=contact)
    real = timezone.now()
    for days in (0, 31, 365, 400):
        monkeypatch.setattr(timezone, "now", lambda days=days: real + timedelta(days=days))
        lines = client.get("/.well-known/security.txt").content.decode().splitlines()
        assert lines[0] == f"Contact: {line}"
        expires = datetime.strptime(lines[1], "Expires: %Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        assert timedelta(days=140) < expires - timezone.now() < timedelta(days=365)
    assert "Canonical: http://127.0.0.1:8000/.well-known/security.txt" in lines


@pytest.mark.parametrize("contact", ["nobody", "http://example.org/", "javascript:alert(1)", "a@b\nc", "tel:1"])
def test_what_is_no_contact_is_refused_at_the_desk(contact: str) -> None:
    with pytest.raises(ValidationError, match="e-mail address"):
        SiteIdentity(name="The Paper", security_contact=contact).clean()


def test_the_desk_has_a_place_for_them(client: Client, people: dict[str, User]) -> None:
    SiteIdentity.objects.create(name="The Paper")
    client.force_login(people["administrator"])
    page = client.get("/admin/newsroom/siteidentity/1/change/").content.decode()
    assert "For machines" in page and all(
        f'name="{one}"' in page for one in ("ads_txt", "humans_txt", "security_contact")
    )


def test_without_a_logo_the_icons_are_ours(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'type="image/svg+xml"' in page and "icons/180.png" in page and 'rel="manifest"' in page
    assert sorted(opened(client, "/favicon.ico").info["sizes"]) == [(16, 16), (32, 32), (48, 48)]
    for size in SIZES:
        assert opened(client, f"/static/newsroom/icons/{size}.png").size == (size, size)


def test_only_the_front_page_names_the_manifest(client: Client) -> None:
    assert 'rel="manifest"' in client.get("/").content.decode()
    assert 'rel="manifest"' not in client.get("/search/").content.decode()


def test_a_logo_becomes_icons_of_every_size_kept_for_ever(client: Client) -> None:
    site = SiteIdentity(name="The Paper", logo=logo())
    site.save()
    page = client.get("/").content.decode()
    assert "image/svg+xml" not in page
    for size in (32, 180, 192):
        assert f'href="{site.icons.png(size)}"' in page
    for size in SIZES:
        assert opened(client, site.icons.png(size)).size == (size, size)
    assert "immutable" in closed(client.get(site.icons.png(32)))["Cache-Control"]
    assert opened(client, "/favicon.ico").convert("RGB").getpixel((24, 24)) == (10, 20, 30)
    first = site.icons.png(180)
    site.logo = logo(colour=(200, 0, 0))
    site.save()
    assert SiteIdentity.current().icons.png(180) != first
    assert client.get("/favicon.ico").status_code == 200
    site.logo = ""
    site.save()
    assert not SiteIdentity.current().icons.digest


def test_a_logo_from_before_gets_its_icons_when_it_is_saved(client: Client) -> None:
    site = SiteIdentity(name="The Paper", logo=logo())
    site.save()
    for name in default_storage.listdir("identity")[1]:
        if name.startswith("icon-"):
            default_storage.delete(f"identity/{name}")
    pagecache.Remembered.forget()
    assert client.get("/").status_code == 200 and not SiteIdentity.current().icons.digest
    SiteIdentity.objects.get().save()
    assert opened(client, SiteIdentity.current().icons.png(512)).size == (512, 512)


@pytest.mark.parametrize(
    ("drawn", "behind"),
    [((255, 255, 255, 200), INK), ((0, 0, 0, 200), PAPER), ((9, 8, 7, 255), (9, 8, 7)), ((0, 0, 0, 0), PAPER)],
)
def test_an_icon_stands_out_from_what_is_behind_it(drawn: Any, behind: Any) -> None:
    icon = square(Pillow.new("RGBA", (400, 100), drawn), 180)
    assert icon.mode == "RGB" and icon.getpixel((0, 0)) == behind


@pytest.mark.parametrize("size", [(1, 400), (800, 1), (1, 1)])
def test_logos_of_any_shape_fit(size: tuple[int, int]) -> None:
    for wanted in SIZES:
        assert square(Pillow.new("RGB", size, "red"), wanted).size == (wanted, wanted)


def test_the_manifest_tells_what_the_site_is(client: Client, settings: Any) -> None:
    name = "A very long name of “a paper” </script>"
    SiteIdentity.objects.create(name=name, accent="#336699", description="News.")
    answer = client.get("/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json; charset=utf-8"
    assert (told["name"], told["start_url"], told["lang"], told["dir"]) == (name, "/", "en-gb", "ltr")
    assert told["theme_color"] == "#336699" and len(told["short_name"]) <= 12
    for icon in told["icons"]:
        width, _, height = icon["sizes"].partition("x")
        assert opened(client, icon["src"]).size == (int(width), int(height))
    settings.LANGUAGE_CODE = "ar"
    assert client.get("/manifest.webmanifest").json()["dir"] == "rtl"


@pytest.mark.parametrize("address", ["/ads.txt", "/humans.txt", "/.well-known/security.txt", "/manifest.webmanifest"])
def test_they_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
