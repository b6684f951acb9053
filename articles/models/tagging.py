"""Tag: what an article is about. And the two relations that carry it: the desk's and the readers'."""

import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from newsroom import slugs
from newsroom.addresses import path_to
from newsroom.models import Addressable
from newsroom.slugs import one_line

LONGEST_NAME = 100


def folded(name: str) -> str:
    """What makes two spellings one tag: case, width and spaces don't matter, in any script."""
    return one_line(unicodedata.normalize("NFKC", name)).casefold()


class TagManager(models.Manager["Tag"]):
    def get_by_natural_key(self, name: str) -> "Tag":
        return self.get(folded_name=folded(name))

    def named(self, names: Iterable[str]) -> "list[Tag]":
        """The tags of these names, in their order, each once; missing ones are made. One query when none is missing.

        Raises ValidationError for a name that is empty or too long. Safe when two people make the same tag at once.
        """
        wanted = {folded(name): one_line(name) for name in reversed(list(names))}
        wanted = dict(reversed(wanted.items()))
        for name in wanted.values():
            if not 0 < len(name) <= LONGEST_NAME:
                raise ValidationError(
                    f"“{name[:40]}…” is too long for a tag: {LONGEST_NAME} characters at most."
                    if name
                    else "A tag needs a name."
                )
        known = {tag.folded_name: tag for tag in self.filter(folded_name__in=wanted)}
        return [known.get(key) or self._claim(key, name) for key, name in wanted.items()]

    def _claim(self, key: str, name: str) -> "Tag":
        base = slugs.slug_for(name, fallback="tag", limit=LONGEST_NAME)
        for slug in slugs.free_slugs(self.all(), base):
            try:
                with transaction.atomic():
                    return self.create(name=name, slug=slug)
            except IntegrityError:
                # Somebody else was faster: with this tag, or with another whose slug is the same.
                if found := self.filter(folded_name=key).first():
                    return found
        raise AssertionError("free_slugs never ends")


class Tag(Addressable, TagBase):
    # taggit's base classes say nothing of their types.
    name: Any
    slug: Any

    folded_name = models.CharField(max_length=LONGEST_NAME * 3, unique=True, editable=False)
    description = models.CharField(max_length=300, blank=True, help_text="One sentence for the tag's page.")
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)

    objects: ClassVar[TagManager] = TagManager()

    class Meta:
        ordering = ("name",)

    @property
    def list_key(self) -> str:
        return f"list-tag:{self.pk}"

    def get_absolute_url(self) -> str:
        return path_to("tag", self.slug)

    def clean(self) -> None:
        self.name = one_line(self.name)
        twin = Tag.objects.filter(folded_name=folded(self.name)).exclude(pk=self.pk).first()
        if twin:
            raise ValidationError({"name": f"There is a tag “{twin}” already."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = one_line(self.name)
        self.folded_name = folded(self.name)
        if not self.slug:
            base = slugs.slug_for(self.name, fallback="tag", limit=LONGEST_NAME)
            self.slug = next(slugs.free_slugs(Tag.objects.all(), base))
        super().save(*args, **kwargs)


class NamedTags(_TaggableManager):
    """taggit's manager, but finding tags by their folded names: its own makes two tags of Москва and москва."""

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Tag]:
        tags = list(tags)
        by_name = Tag.objects.named(tag for tag in tags if isinstance(tag, str))
        found = {tag.folded_name: tag for tag in by_name}
        chosen = [found[folded(tag)] if isinstance(tag, str) else tag for tag in tags]
        return list(dict.fromkeys(chosen))


class ArticleTag(ItemBase):
    """A tag on a working copy."""

    objects: ClassVar[models.Manager["ArticleTag"]] = models.Manager()

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="article_items")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["content_object", "tag"], name="article_tag_once"),)


class PublishedTag(ItemBase):
    """A tag on what readers see. Carries the article's date, so that a tag's newest are one walk of an index."""

    objects: ClassVar[models.Manager["PublishedTag"]] = models.Manager()

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="published_items", db_index=False)
    content_object = models.ForeignKey(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="tagged_items", db_index=False
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["content_object", "tag"], name="published_tag_once"),)
        indexes = (models.Index(fields=["tag", "-published_at", "-content_object"], name="published_tag_newest"),)
