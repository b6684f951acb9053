"""The cast: a small newsroom that every test can ask for, and a world that no test shares with another."""

import gc
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import override_settings
from PIL import Image as Pillow

from articles.models import Article, Byline, Section
from articles.pages import missing
from articles.roles import Role
from articles.setting_up_roles import set_up
from authors.models import Author
from images import renditions
from images.models import Image
from newsroom import pagecache
from newsroom.auditing import append_only

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
AVIF_WITH_CARE = renditions.AVIF


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through all of it for garbage, again and again, takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def static_files_without_collecting() -> Iterator[None]:
    """For the whole session: the live server starts before any test's own settings."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**django_settings.STORAGES, "staticfiles": plain},
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The log's triggers away, once: between some tests all tables are emptied. Its own tests put them up again."""
    with django_db_blocker.unblock():
        append_only.unprotect(connection)


@pytest.fixture(autouse=True)
def own_world(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files and stamps of this test alone; nothing remembered from the test before, nor used up by it. AVIF is coded without
    care: most of the time of many tests would go into that.
    """
    careless = {size: {**how, "speed": 10} for size, how in AVIF_WITH_CARE.items()}
    monkeypatch.setattr(renditions, "AVIF", careless)
    monkeypatch.setattr(missing, "allowance", missing.Allowance(1_000_000, 0))
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ORIGINALS_ROOT = tmp_path / "originals"
    settings.PAGE_STAMPS = tmp_path / "stamps"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    pagecache.Remembered.forget()
    cache.clear()
    yield
    pagecache.Remembered.forget()


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("rosa", password="a long password")


@pytest.fixture
def film(db: None) -> Section:
    return Section.objects.create(name="Film", slug="film")


@pytest.fixture
def author(db: None) -> Author:
    return Author.objects.create(name="Inês Duarte", pronouns="she/her", role="Critic", biography="Reads in trains.")


def jpeg(width: int = 60, height: int = 40, colour: str = "teal") -> ContentFile:
    """A small real picture."""
    out = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(out, "JPEG")
    return ContentFile(out.getvalue(), name="picture.jpg")


@pytest.fixture
def picture(db: None) -> Image:
    return Image.objects.create(file=jpeg(), title="Seats", alt="Rows of red seats", credit="Sam Oyelaran")


MakeArticle = Callable[..., Article]


@pytest.fixture
def make_article(film: Section, author: Author) -> MakeArticle:
    """An article with a byline; `tags` by name; other fields as given."""

    def make(headline: str = "A story", *, tags: tuple[str, ...] = (), **fields: Any) -> Article:
        fields.setdefault("section", film)
        fields.setdefault("body", "<p>Some text.</p>")
        article = Article.objects.create(headline=headline, **fields)
        Byline.objects.create(article=article, author=author)
        if tags:
            article.tags.set(tags)
        return article

    return make


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Five logins, one of each role, by the role's name in small letters."""
    set_up(Group, Permission)
    found = {}
    for role in Role:
        user = User.objects.create_user(role.lower(), f"{role.lower()}@example.org", "a long password", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        found[role.lower()] = user
    return found
