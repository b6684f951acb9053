"""The article's form: what it asks, and what it refuses in words that stand at the field."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models import Article, gate
from articles.models.fixing import fix_errors
from articles.richtext import sanitise
from newsroom.slugs import CONTROL_CHARACTERS
from newsroom.zoned_field import ZonedDateTimeField

from .kind_fields import KindFields
from .moving import PUBLISH, SCHEDULE, SEND_BACK, move_in
from .related.fields import FIELDS, ChoosingFields
from .saving.posted import content_posted
from .sections import FiledWithinLimits
from .tag_field.field import TagsInOrder
from .writing.editor import BodyEditor
from .writing.own_addresses import with_numbered_links


class ArticleForm(FiledWithinLimits, TagsInOrder, ChoosingFields, KindFields, forms.ModelForm):
    publish_at = ZonedDateTimeField(
        label="Goes live",
        required=False,
        help_text="For Schedule. Until then readers see what they see now.",
    )
    publish_until = ZonedDateTimeField(
        label="Until",
        required=False,
        help_text="For Publish and Schedule. Empty: for good.",
    )
    # Of a new version of what readers know: are they told?
    weight = forms.ChoiceField(
        required=False,
        initial="auto",
        widget=forms.RadioSelect,
        choices=[
            ("auto", "If it is more than a few words"),
            ("minor", "No: a minor fix, and no date moves"),
            ("substantive", "Yes: the article says that it was updated"),
        ],
    )
    change_note = forms.CharField(required=False, max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"}))
    # The words that go with a move over the desk; and why it goes out against the house rules; asked for when they have said no.
    move_note = forms.CharField(required=False, max_length=300)
    override_reason = forms.CharField(required=False, max_length=gate.LONGEST_REASON)
    # What this form began from, for a save that comes after somebody else's (see stale.py).
    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)
    # Which opened form this is: the key of its autosave, and what makes a second post of a new article harmless.
    form_name = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    refusal: ClassVar[str] = ""  # why this save can't go through, whatever the fields hold

    ABOUT_THE_FORM = (
        "opened_version",
        "base",
        "form_name",
        "move_note",
        "override_reason",
        "weight",
        "change_note",
        *FIELDS,
    )
    # Changed by the verb `assign`, not by saving; the brief is no part of what is kept in revisions.
    ABOUT_THE_WORK = ("assignee", "due_at", "priority", "brief")

    class Meta:
        model = Article
        fields = "__all__"  # which are shown, and so accepted, the fieldsets of the desk say
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField headline"}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "lead_image_caption": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "seo_description": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "body": BodyEditor(attrs={"rows": 28, "class": "vLargeTextField body"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_version"] = self.instance.version
        self.initial["form_name"] = str(self.instance.pk or uuid4())
        if self.instance.pk:
            self.initial["tags"] = [tag.pk for tag in self.instance.tags.all()]
            self.initial["publish_at"] = self.instance._annotated("planned_from")
            self.initial["publish_until"] = self._planned_end()

    def _planned_end(self) -> Any:
        """The end of what is live or planned last, so that publishing again does not forget it."""
        last = self.instance.published_versions.order_by("live_from").last()
        return last.live_until if last and last.live_until and last.live_until > timezone.now() else None

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields in which it differs from the article. What the form says of itself is no change, nor is what
        tidying takes away again, like a browser's line ends.
        """
        tidied = content_posted(type(self), self.data) if self.is_bound and self.instance.pk else {}
        same = {
            name.removesuffix("_id")
            for name, value in tidied.items()
            if value == self.initial.get(name.removesuffix("_id"))
        }
        return [
            name for name in super().changed_data if name not in {*self.ABOUT_THE_FORM, *self.ABOUT_THE_WORK, *same}
        ]

    @property
    def work_changed(self) -> list[str]:
        """Of who works on it, until when and how urgent: what this form's person changed."""
        return [
            name
            for name in ("assignee", "due_at", "priority")
            if name in self.fields and self[name]._has_changed()  # type: ignore[attr-defined]  # Django has it, its types not
        ]

    @property
    def act(self) -> str | None:
        """The move that the pressed button asks for (moving.py)."""
        return move_in(self.data)

    def clean_body(self) -> str:
        return with_numbered_links(sanitise(CONTROL_CHARACTERS.sub("", self.cleaned_data["body"])))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.refusal:
            self.add_error(None, self.refusal)
        if self.act == SEND_BACK and not values.get("move_note", "").strip():
            self.add_error(None, "Not sent back: say what should be changed, then press Send back again.")
        if self.act == SCHEDULE:
            self._check_schedule(values)
        if self.act:
            self.refuse_to_send_out_elsewhere(values)
        if self.act in {PUBLISH, SCHEDULE} and self.instance.pk:
            for sentence in fix_errors(self.instance, plans=self.act == SCHEDULE):
                self.add_error(None, sentence)
        if self.act in {PUBLISH, SCHEDULE}:
            start = values.get("publish_at") if self.act == SCHEDULE else timezone.now()
            for field, messages in gate.window_errors(start or timezone.now(), values.get("publish_until")).items():
                self.add_error(field, messages)
        return values

    def _post_clean(self) -> None:
        """After the fields have gone into the article: may it go out like this?"""
        super()._post_clean()  # type: ignore[misc]
        if self.act in {PUBLISH, SCHEDULE}:
            for field, messages in gate.content_errors(self.instance).items():
                if field not in self.errors:
                    self.add_error(field, messages)

    def _check_schedule(self, values: dict[str, Any]) -> None:
        at = values.get("publish_at")
        if "publish_at" in self.errors:
            return
        if at is None:
            self.add_error("publish_at", "When? Give a day and a time, then press Schedule again.")
        elif at <= timezone.now():
            self.add_error("publish_at", "This time has passed. Choose a later one, or press Publish.")
