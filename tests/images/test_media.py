"""Files that readers fetch: renditions and the logo by their own names, and nothing else of the disk."""

import mimetypes
from pathlib import Path

import made
import pytest
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(library):
    return library(made.camera_jpeg())


def fetch(client, address, **headers):
    """The response, its body read and its file closed."""
    response = client.get(address, headers=headers)
    response.body = response.getvalue()
    return response


@pytest.mark.parametrize(("ending", "kind"), [("webp", "image/webp"), ("jpg", "image/jpeg")])
def test_a_rendition_is_served_as_what_it_is_and_kept_for_ever(client, image, ending, kind, monkeypatch):
    monkeypatch.setattr(mimetypes, "_db", mimetypes.MimeTypes(filenames=()))  # a machine that knows few types
    rendition = image.ladder.of("full", ending)[0]
    response = fetch(client, rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert int(response["Content-Length"]) == len(response.body) == default_storage.size(rendition.name)
    assert "Set-Cookie" not in response
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "Content-Disposition" not in response


def test_head_has_no_body(client, image):
    response = client.head(image.thumbnail_url)
    assert (response.status_code, response.getvalue()) == (200, b"")


def test_other_methods_are_refused(client, image):
    assert client.post(image.thumbnail_url).status_code == 405


def test_a_file_that_is_gone_is_not_found(client, image):
    default_storage.delete(image.ladder.of("card", "webp")[0].name)
    assert client.get(image.thumbnail_url).status_code == 404


FOLDER = "0" * 20


@pytest.mark.parametrize(
    "address",
    [
        "/media/",
        "/media",
        "/media/renditions/",
        f"/media/renditions/{FOLDER}/",
        f"/media/renditions/{FOLDER}/full-320.webp",
        f"/media/renditions/{FOLDER}/..",
        f"/media/renditions/{FOLDER}/.",
        f"/media/renditions/{FOLDER}/../../../settings.py",
        f"/media/renditions/{FOLDER}/..%2f..%2fx.jpg",
        f"/media/renditions/{FOLDER}/%2e%2e/x.jpg",
        f"/media/renditions/{FOLDER}/..%5c..%5cx.jpg",
        f"/media/renditions/{FOLDER[:-1]}g/x.jpg",
        f"/media/renditions/{FOLDER}0/x.jpg",
        f"/media/renditions/{FOLDER}/x.jpg/",
        f"/media/renditions/{FOLDER}/x.jpg%0a",
        "/media/identity/",
        "/media/identity/..",
        "/media/identity/../../secret_key",
        "/media/../newsroom/settings.py",
        "/media/%2e%2e/newsroom/settings.py",
        "/media//etc/passwd",
        "/media/identity//etc/passwd",
        "/media/identity/" + "x" * 300 + ".png",
    ],
)
def test_every_other_name_is_not_found(client, image, address):
    response = client.get(address, follow=True)
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.php", "x", "x.webp.part", ".htaccess", "x.jpg.html"])
def test_only_pictures_are_served_even_from_the_public_folder(client, name):
    path = Path(default_storage.path(f"identity/{name}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.HTML)
    assert client.get(f"/media/identity/{name}").status_code == 404


def test_a_link_out_of_the_folder_is_still_only_a_picture(client, tmp_path):
    path = Path(default_storage.path("identity/x.png"))
    path.parent.mkdir(parents=True)
    (tmp_path / "outside.png").write_bytes(b"x")
    path.symlink_to(tmp_path / "outside.png")
    response = fetch(client, "/media/identity/x.png")
    assert response["Content-Type"] == "image/png"


def test_an_original_is_never_under_the_public_folder(image, tmp_path):
    original = Path(image.file.path)
    assert original.is_file()
    assert tmp_path / "media" not in original.parents


def test_an_original_is_not_reached_by_any_address(client, admin_client, image):
    with pytest.raises(ValueError, match="no address"):
        image.file.url  # noqa: B018
    name = image.file.name
    file = name.rpartition("/")[2]
    for address in (
        f"/media/{name}",
        f"/media/{file}",
        f"/media/identity/{file}",
        f"/media/identity/../../originals/{name}",
        f"/media/renditions/{FOLDER}/{file}",
        f"/media/originals/{name}",
        f"/originals/{name}",
        f"/static/{name}",
        f"/static/../originals/{name}",
        f"/admin/images/image/{name}",
    ):
        for reader in (client, admin_client):
            response = reader.get(address, follow=True)
            assert b"CANARY" not in response.getvalue(), address
            assert response.status_code in {200, 404}  # the admin's login page, or its list
            assert "image" not in response["Content-Type"]


def test_a_rendition_s_address_is_all_that_pages_know(client, image):
    for rendition in image.ladder:
        response = fetch(client, rendition.url)
        assert response.status_code == 200
        assert b"CANARY" not in response.body
