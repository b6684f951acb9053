"""Tag: what an article is about. And the two relations that carry it: the desk's and the readers'."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from taggit.models import ItemBase, TagBase

from newsroom import pagecache, slugs
from newsroom.addresses import path_to
from newsroom.models import Addressable, Redirect
from newsroom.slugs import one_line

from .names import LONGEST_FOLDED, LONGEST_NAME, NAMES_KEY, TagName, folded


class TagQuerySet(models.QuerySet["Tag"]):
    def update(self, **values: Any) -> int:
        """Says so when it changes which tags are offered (index.py); how often they are used is none of that."""
        if not values.keys() <= {"uses"}:
            pagecache.purge(NAMES_KEY)
        return super().update(**values)

    def in_use(self) -> "TagQuerySet":
        """Those that can be put on articles: neither merged into another nor retired."""
        return self.filter(merged_into=None, retired_at=None)

    def for_readers(self) -> "TagQuerySet":
        """Those that readers are shown."""
        return self.in_use().filter(is_hidden=False)


class TagManager(models.Manager.from_queryset(TagQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, name: str) -> "Tag":
        return TagName.objects.select_related("tag").get(folded=folded(name)).tag

    def named(self, names: Iterable[str]) -> "list[Tag]":
        """The tags of these names or aliases, in their order, each once; missing ones are made. One query when none is
        missing.

        Raises ValidationError for a name that is empty or too long. Safe when two people make the same tag at once.
        """
        return list(dict.fromkeys(self.by_folded(names).values()))

    def by_folded(self, names: Iterable[str]) -> "dict[str, Tag]":
        """The same, by folded names."""
        wanted = {folded(name): one_line(name) for name in reversed(list(names))}
        wanted = dict(reversed(wanted.items()))
        for name in wanted.values():
            if not 0 < len(name) <= LONGEST_NAME:
                raise ValidationError(
                    f"“{name[:40]}…” is too long for a tag: {LONGEST_NAME} characters at most."
                    if name
                    else "A tag needs a name."
                )
        known = TagName.tags_of(wanted) if wanted else {}
        return {key: known.get(key) or self._claim(key, name) for key, name in wanted.items()}

    def _claim(self, key: str, name: str) -> "Tag":
        for slug in _free_slugs(name):
            try:
                with transaction.atomic():
                    return self.create(name=name, slug=slug)
            except IntegrityError:
                # Somebody else was faster: with this tag, or with another whose slug is the same.
                if found := TagName.tags_of([key]).get(key):
                    return found
        raise AssertionError("free_slugs never ends")


class Tag(Addressable, TagBase):
    """`weight` is how much sharing it says for related articles, 0 for nothing. `uses`: on how many articles readers
    have it or will, counted as they are published (`manage.py rebuild_terms` counts anew).
    """

    has_feeds = True

    class Kind(models.TextChoices):
        TOPIC = "topic", "Topic"
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"
        PLACE = "place", "Place"
        WORK = "work", "Work"
        EVENT = "event", "Event"
        SERIES = "series", "Series"

    # taggit's name is unique; here TagName says what is taken, aliases included.
    name: Any = models.CharField(max_length=LONGEST_NAME)
    slug: Any  # taggit's base class says nothing of its types

    folded_name = models.CharField(max_length=LONGEST_FOLDED, db_index=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.TOPIC)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children", verbose_name="part of",
        help_text="A wider tag that this one belongs to, like Italy for Venice.",
    )  # fmt: skip
    description = models.CharField(max_length=300, blank=True, help_text="One sentence for the tag's page.")
    picture = models.ForeignKey(
        "images.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="pictured_tags",
        help_text="For the tag's page.",
    )  # fmt: skip
    weight = models.DecimalField(
        "weight in related articles", max_digits=3, decimal_places=1, default=1,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
        help_text="1 is usual, 2 counts twice; 0: sharing this tag makes nothing related.",
    )  # fmt: skip
    is_hidden = models.BooleanField(
        "hidden from readers", default=False, help_text="For the desk's own order: readers see neither it nor its page."
    )
    uses = models.PositiveIntegerField(default=0, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged_tags", editable=False
    )
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)

    objects: ClassVar[TagManager] = TagManager()

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=["merged_into"], name="merged_tags", condition=Q(merged_into__isnull=False)),)

    @property
    def list_key(self) -> str:
        return f"list-tag:{self.pk}"

    @property
    def parts_key(self) -> str:
        """Stamped when something about one of its parts comes or goes (shown.py)."""
        return f"parts-tag:{self.pk}"

    @property
    def aliases(self) -> "list[TagName]":
        """What else it is called."""
        return [one for one in self.names.all() if one.folded != self.folded_name]

    @property
    def is_public(self) -> bool:
        """Are readers shown it?"""
        return not self.is_hidden and self.retired_at is None and self.merged_into_id is None

    def get_absolute_url(self) -> str:
        return path_to("tag", self.slug)

    def clean(self) -> None:
        self.name = one_line(self.name)
        twin = TagName.objects.filter(folded=folded(self.name)).exclude(tag=self.pk).select_related("tag").first()
        if twin is not None:
            also = "" if twin.folded == twin.tag.folded_name else f" It is also called “{twin}”."
            raise ValidationError({"name": f"There is a tag “{twin.tag}” already.{also}"})
        is_new = self.slug and not Tag.objects.filter(pk=self.pk, slug=self.slug).exists()
        if is_new and (elsewhere := _leads_elsewhere(self.slug, self.key)):
            raise ValidationError({"slug": f"Old links to this address lead to {elsewhere}. Choose another."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The name it had before stays with it as an alias. Raises IntegrityError for a name that another tag has."""
        self.name = one_line(self.name)
        self.folded_name = folded(self.name)
        if not self.slug:
            self.slug = next(_free_slugs(self.name))
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.merged_into_id is None:
                self._claim_name()
            pagecache.purge(NAMES_KEY)
        if self.parent_id:
            pagecache.purge(f"parts-tag:{self.parent_id}")  # whose page names its parts

    def _claim_name(self) -> None:
        mine = TagName.objects.filter(folded=self.folded_name, tag=self)
        if mine.exists():
            mine.exclude(name=self.name).update(name=self.name)
        else:
            TagName.objects.create(folded=self.folded_name, name=self.name, tag=self)


def _free_slugs(name: str) -> Iterator[str]:
    """Those that no tag has, and by which readers know no other thing."""
    base = slugs.slug_for(name, fallback="tag", limit=LONGEST_NAME)
    return (slug for slug in slugs.free_slugs(Tag.objects.all(), base) if not _leads_elsewhere(slug))


def _leads_elsewhere(slug: str, key: str = "") -> str:
    """Where old links to this slug's page lead, unless it is the thing of this key; '' for nowhere. One query, four for
    an address that leads on.
    """
    redirect = Redirect.objects.at(path_to("tag", slug))
    return (redirect.leads_to() or "") if redirect and redirect.key != key else ""


class ArticleTag(ItemBase):
    """A tag on a working copy."""

    objects: ClassVar[models.Manager["ArticleTag"]] = models.Manager()

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="article_items")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["content_object", "tag"], name="article_tag_once"),)


class PublishedTag(ItemBase):
    """A tag on what readers see. Carries the article's date, so that a tag's newest are one walk of an index; no date
    when this version is over (timelines.py).
    """

    objects: ClassVar[models.Manager["PublishedTag"]] = models.Manager()

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="published_items", db_index=False)
    content_object = models.ForeignKey(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="tagged_items", db_index=False
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["content_object", "tag"], name="published_tag_once"),)
        indexes = (models.Index(fields=["tag", "-published_at", "-content_object"], name="published_tag_newest"),)
