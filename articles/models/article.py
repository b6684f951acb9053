"""Article: the newsroom's working copy. What editors see and change; never read by a public page."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat, Left, Lower
from django.utils import timezone
from taggit.managers import TaggableManager

from newsroom import slugs
from newsroom.addresses import path_to

from . import gate
from .content import ArticleContent
from .fixing import Fixing
from .pictures import keep_article_pictures
from .publishing import Publishing
from .rescheduling import Rescheduling
from .restoring import Restoring
from .revisions import Revising
from .section import article_slug_is_free
from .status import DeskQuerySet, Standing
from .tags.manager import NamedTags
from .tags.tagging import ArticleTag
from .takedowns import TakingDown

# As the kind of field that the others are: PostgreSQL wants them alike.
_SLUG = Cast("slug", models.CharField(max_length=120))


class Article(Publishing, Rescheduling, Fixing, TakingDown, Revising, Restoring, Standing, ArticleContent):
    """`version` counts the changes of the content, of its tags, bylines and corrections included: a published
    version that bears an older number is older than the desk's copy, and a form that does is stale.
    """

    tags = TaggableManager(
        through=ArticleTag,
        manager=NamedTags,
        blank=True,
        help_text="What it is about. Shared tags make related articles.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("begun", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("last changed", auto_now=True)

    words = models.GeneratedField(
        # Small letters, as the database makes them. Cut, because an index holds no more than 2,700 bytes.
        expression=Lower(Left(Concat("headline", Value(" "), _SLUG, Value(" "), "standfirst"), 600)),
        output_field=models.TextField(),
        db_persist=True,
        help_text="What the desk's list is searched by.",
    )

    objects: ClassVar[models.Manager["Article"]] = DeskQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-pk")
        # What each is for, and which role has it, says articles/roles.py.
        permissions = (
            ("view_others_article", "Can view articles of others"),
            ("change_others_article", "Can work on articles of others"),
            ("change_submitted_article", "Can change own articles after submitting them"),
            ("submit_article", "Can submit articles for review"),
            ("assign_article", "Can assign articles"),
            ("approve_article", "Can approve articles and send them back"),
            ("publish_article", "Can publish, schedule and withdraw articles"),
            ("correct_article", "Can write corrections"),
            ("take_down_article", "Can take articles down and bring them back"),
            ("override_gate", "Can publish against the house rules, with a reason"),
        )
        indexes = (
            models.Index(fields=["-updated_at", "-id"], name="article_last_changed"),
            models.Index(fields=["stage", "-updated_at"], name="article_stage"),
            models.Index(fields=["created_at"], name="article_begun"),
            # Walked whole by a search, but without the bodies that stand beside it in the table.
            models.Index(fields=["words"], name="article_words"),
            models.Index(fields=["due_at"], name="article_due", condition=models.Q(due_at__isnull=False)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["slug"],
                name="article_slug_once",
                violation_error_code="unique",
                violation_error_message="Another article has this address. Choose another, or leave it empty.",
            ),
        )

    @property
    def key(self) -> str:
        return f"article:{self.pk}"

    def get_absolute_url(self) -> str:
        """Where readers find it once it is out. Raises ValueError while it has no section."""
        if self.section is None:
            raise ValueError("An article has no address before it has a section.")
        return path_to("article", self.section.slug, self.slug)

    def clean(self) -> None:
        self.tidy()
        if not self.headline:
            raise ValidationError({"headline": "Give it a headline; you can change it at any time."})
        if self.slug and not article_slug_is_free(self.slug):
            raise ValidationError({"slug": f"“{self.slug}” is an address of the site itself. Choose another."})
        if self.slug and gate.address_is_taken(self):
            raise ValidationError({"slug": "Readers know another article by this address. Choose another."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Tidies the text, counts the version up when the content changed, finds a slug when there is none, or one under
        which nobody could read it.
        """
        self.tidy()
        before = Article.objects.filter(pk=self.pk).first() if self.pk else None
        if before is not None and before.content() != self.content():
            self.version = before.version + 1
        elif before is not None:
            self.version = before.version
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version", "updated_at"}
        with transaction.atomic(savepoint=False):
            if self.slug and article_slug_is_free(self.slug):
                super().save(*args, **kwargs)
            else:
                self._save_with_a_free_slug(*args, **kwargs)
            keep_article_pictures(self, before.body if before else "")

    def _save_with_a_free_slug(self, *args: Any, **kwargs: Any) -> None:
        """Claimed by saving: when twenty people save the same headline at once, each gets an address."""
        base = self.slug or slugs.slug_for(self.headline, fallback="article")
        for slug in filter(article_slug_is_free, slugs.free_slugs(Article.objects.all(), base)):
            self.slug = slug
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
                return
            except IntegrityError:
                if not Article.objects.filter(slug=slug).exclude(pk=self.pk).exists():
                    raise  # it was not the slug

    def touch(self) -> None:
        """Count a change of what belongs to the article but is not in its row."""
        row = Article.objects.filter(pk=self.pk)
        row.update(version=F("version") + 1)
        self.version = row.values_list("version", flat=True).get()
