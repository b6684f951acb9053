"""Planning: an idea with a brief, for somebody, until some time. It becomes an article when it is taken up."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme

from articles.models import Article, Priority, Section, Stage
from articles.models.permits import may
from articles.roles import Act
from newsroom.slugs import CONTROL_CHARACTERS, one_line
from newsroom.zoned_times import written

from ..saving import once
from ..view import ArticleDesk
from .moving import DUE_AT, on_the_clock
from .wanted import all_people, all_sections, person_name


class PlanForm(forms.Form):
    headline = forms.CharField(label="Idea", max_length=200, help_text="A working headline; it can change at any time.")
    brief = forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What it should be about, how long, with whom to talk. Never published.",
    )  # fmt: skip
    section = forms.ChoiceField(required=False)
    assignee = forms.ChoiceField(label="Who", required=False)
    due_date = forms.DateField(label="Due on", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    due_time = forms.TimeField(label="Time", required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    priority = forms.TypedChoiceField(choices=Priority.choices, coerce=int, initial=Priority.NORMAL)
    form_name = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Any, sections: list[Section], **kwargs: Any) -> None:
        kwargs["auto_id"] = "plan_%s"  # the calendar's page has other forms
        super().__init__(*args, **kwargs)
        self.by = by
        section, assignee = self.fields["section"], self.fields["assignee"]
        assert isinstance(section, forms.ChoiceField) and isinstance(assignee, forms.ChoiceField)
        section.choices = [("", "None yet"), *((str(one.pk), one.name) for one in sections)]
        # Who may not assign may still propose what he would write himself.
        people = [one for one in all_people() if one.pk != by.pk] if may(by, Act.ASSIGN) else []
        others = [(str(one.pk), person_name(one)) for one in people]
        assignee.choices = [("", "Nobody yet"), (str(by.pk), "Me"), *others]
        self.people = {str(one.pk): one for one in [*people, by]}
        self.fields["due_time"].initial = DUE_AT
        self.fields["form_name"].initial = str(uuid4())

    def clean_headline(self) -> str:
        headline = one_line(CONTROL_CHARACTERS.sub("", self.cleaned_data["headline"]))
        if not headline:
            raise ValidationError("Give the idea a few words.")
        return headline

    def clean_brief(self) -> str:
        return CONTROL_CHARACTERS.sub("", self.cleaned_data["brief"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        day = values.get("due_date")
        if day and "due_time" not in self.errors:
            try:
                # Of an hour that comes twice the first: half an hour earlier harms nobody who has to deliver.
                values["due_at"] = on_the_clock(day, values.get("due_time") or DUE_AT, which=0)
            except ValidationError as error:
                for name, sentences in error.message_dict.items():
                    self.add_error(f"due_{name}", sentences)
        return values

    def plan_once(self) -> Article:
        """As `plan`; the same form with the same words in it, posted again, answers the idea that it made. With other
        words it is another idea: somebody went back and wrote on.
        """
        values = self.cleaned_data
        if not values["form_name"]:
            return self.plan()
        digest = hashlib.blake2b(repr(sorted(values.items(), key=str)).encode(), digest_size=16).hexdigest()
        with transaction.atomic():
            name = f"plan-{digest}"
            idea = once.made(once.claimed(self.by, name))
            if idea is None:
                idea = self.plan()
                once.close(self.by, name, idea)
        return idea

    def plan(self) -> Article:
        """The idea as an article. Raises PermissionDenied when it may not be given to that person."""
        values = self.cleaned_data
        return plan_idea(
            values["headline"],
            by=self.by,
            brief=values["brief"],
            section_id=int(values["section"]) if values["section"] else None,
            assignee=self.people.get(values["assignee"]),
            due_at=values.get("due_at"),
            priority=values["priority"],
        )


def plan_idea(
    headline: str,
    *,
    by: Any,
    brief: str = "",
    section_id: int | None = None,
    assignee: Any = None,
    due_at: datetime | None = None,
    priority: int = Priority.NORMAL,
) -> Article:
    """A proposal says until when and how urgent; to give it to somebody else is `assign`, which asks and tells."""
    if not may(by, Act.ADD):
        raise PermissionDenied
    is_own = assignee is None or assignee.pk == by.pk
    with transaction.atomic():
        idea = Article(
            headline=headline, brief=brief, section_id=section_id, stage=Stage.IDEA, created_by=by,
            due_at=due_at, priority=priority, assignee=assignee if is_own else None,
        )  # fmt: skip
        idea.save()
        idea.record("saved", by=by, note="Idea planned")
        if not is_own:
            idea.assign(assignee, by=by, due_at=due_at, priority=priority)
    return idea


class Planning(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        plan, take_up = (self.admin_site.admin_view(view) for view in (self.plan_view, self.take_up_view))
        return [
            path("calendar/plan/", plan, name="articles_article_calendar_plan"),
            path("calendar/<int:pk>/take-up/", take_up, name="articles_article_calendar_take_up"),
            *super().get_urls(),
        ]

    def plan_view(self, request: HttpRequest) -> HttpResponse:
        """The form on a page of its own; the calendar's dialog posts here, too."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PlanForm(request.POST or None, by=request.user, sections=all_sections(), initial=_from_address(request))
        back = _back(request)
        if request.method == "POST" and form.is_valid():
            try:
                idea = form.plan_once()
            except PermissionDenied:
                form.add_error(
                    "assignee", "You may not give work of this section to others. Choose “Me” or “Nobody yet”."
                )
            else:
                when = (
                    f", due on {written(idea.due_at)}" if idea.due_at else ". It waits beside the calendar for its day"
                )
                self.message_user(request, f"“{idea.headline}” is planned{when}.", messages.SUCCESS)
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": "Plan an idea", "opts": self.opts, "form": form, "back": back,
        }  # fmt: skip
        return render(request, "admin/articles/article/calendar/plan.html", context, status=400 if form.errors else 200)

    def take_up_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The verb, and then the form: who takes it up begins to write."""
        article = self.article_or_404(request, pk)
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        try:
            article.take_up(by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
        else:
            self.message_user(request, f"“{article.headline}” is yours to write.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))


def _from_address(request: HttpRequest) -> dict[str, Any]:
    try:
        day = parse_date(request.GET.get("date", ""))
    except ValueError:
        day = None
    return {"due_date": day}


def _back(request: HttpRequest) -> str:
    """To the calendar as it was; never off this site."""
    asked = request.POST.get("back", "")
    here = reverse("admin:articles_article_calendar")
    is_ours = asked.startswith(here) and url_has_allowed_host_and_scheme(asked, None)
    return asked if is_ours else here
