"""The small files that machines ask for by name: made from the site's identity, or not found."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from PIL import Image as Pillow

from newsroom.models import SiteIdentity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/ads.txt", "/humans.txt", "/.well-known/security.txt"])
def test_without_a_text_there_is_no_file(client, path):
    assert client.get(path).status_code == 404


def test_they_say_what_the_desk_wrote(client):
    SiteIdentity(ads_txt="example.com, 1, DIRECT", humans_txt="Ines", security_contact="safe@example.org").save()
    assert client.get("/ads.txt").content.strip() == b"example.com, 1, DIRECT"
    assert client.get("/humans.txt").content.strip() == b"Ines"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:safe@example.org" in text
    expires = parse_datetime(text.partition("Expires: ")[2].splitlines()[0])
    assert timezone.now() < expires < timezone.now() + timedelta(days=365)


def test_a_contact_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        SiteIdentity(security_contact="call me").full_clean()


def test_the_manifest_and_its_icons_are_there_with_and_without_a_logo(client):
    png = BytesIO()
    Pillow.new("RGB", (300, 90), "#7a1f1f").save(png, "PNG")
    for logo in (None, ContentFile(png.getvalue(), "logo.png")):
        SiteIdentity(name="The Tide", logo=logo).save()
        told = json.loads(client.get("/manifest.webmanifest").content)
        assert told["name"] == "The Tide" and {one["sizes"] for one in told["icons"]} == {"192x192", "512x512"}
        icon = Pillow.open(BytesIO(client.get("/favicon.ico").content))
        assert icon.format == "ICO"
        if logo:
            for one in told["icons"]:
                picture = Pillow.open(BytesIO(b"".join(client.get(one["src"]).streaming_content)))
                assert f"{picture.width}x{picture.height}" == one["sizes"]
