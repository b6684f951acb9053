"""manage.py tags: merge, rename, split, retire, undo, list. What the desk's pages do, for a terminal."""

import argparse
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from articles.models import Article, ArticleTag, PublishedTag, Tag, TagAct, TagName
from articles.models.tags.names import folded
from articles.models.tags.order.merging import begin_merge, check_merge
from articles.models.tags.order.renaming import rename
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.splitting import begin_split
from articles.models.tags.order.undoing import begin_undo
from articles.models.tags.order.working import go_on

RECENT = 30


class _OnlyTried(Exception):
    """Takes the transaction of a dry run back."""


class Command(BaseCommand):
    help = (
        "Keep tags in order. Tags are called by their names or aliases. Every act can be undone; one that was "
        "interrupted goes on with `tags go-on`. Ends with 1, and a sentence, when it can't be done."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

        def verb(name: str, words: str, *, dry: bool = True) -> argparse.ArgumentParser:
            made: argparse.ArgumentParser = verbs.add_parser(name, help=words)
            if dry:
                made.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
                made.add_argument("--by", metavar="LOGIN", help="who does it, for the log; else it is the site itself")
            return made

        merge = verb("merge", "one or several tags into another: articles, names and addresses lead to it")
        merge.add_argument("tags", nargs="+", metavar="TAG")
        merge.add_argument("--into", required=True, metavar="TAG")
        named = verb("rename", "another name; the old one stays as an alias")
        named.add_argument("tag", metavar="TAG")
        named.add_argument("name", metavar="NAME")
        named.add_argument("--slug", default="", help="the last part of the address, if that shall change too")
        split = verb("split", "a tag of their own for some of a tag's articles")
        split.add_argument("tag", metavar="TAG")
        split.add_argument("name", metavar="NAME")
        split.add_argument("--articles", nargs="+", type=int, default=[], metavar="NUMBER")
        split.add_argument("--search", default="", help="all whose headline, standfirst or address has these words")
        split.add_argument("--keep-old", action="store_true", help="beside the old tag, not in its place")
        verb("retire", "used no more: its page answers 410").add_argument("tag", metavar="TAG")
        verb("undo", "an act, by its number in the list").add_argument("act", type=int, metavar="ACT")
        verb("go-on", "with acts that were interrupted", dry=False)
        verb("list", f"the last {RECENT} acts, the newest first", dry=False)

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        self.is_dry = bool(options.get("dry_run"))
        self.by = _person(options.get("by"))
        try:
            getattr(self, f"_{verb.replace('-', '_')}")(options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except PermissionDenied as error:
            raise CommandError(str(error)) from None

    # --- verbs --------------------------------------------------------------------------------------------------

    def _merge(self, options: dict[str, Any]) -> None:
        tags, into = list(dict.fromkeys(_tag(name) for name in options["tags"])), _tag(options["into"])
        for tag in tags:
            check_merge(tag, into)
            self.stdout.write(f"{tag} → {into}: {_counts(tag, into)}")
        if self.is_dry:
            self._try(lambda: begin_merge(tags, into, by=self.by))
            self._nothing_done()
            return
        for tag in tags:
            (act,) = begin_merge([tag], into, by=self.by)
            self._to_the_end(act)

    def _rename(self, options: dict[str, Any]) -> None:
        tag = _tag(options["tag"])
        act = self._try(lambda: rename(tag, options["name"], slug=options["slug"], by=self.by))
        said = f"{act.said}, at {tag.get_absolute_url()}" if act else f"It is called {tag} already."
        self.stdout.write(said)
        self._nothing_done() if self.is_dry else self._done(act)

    def _split(self, options: dict[str, Any]) -> None:
        tag = _tag(options["tag"])
        articles: Any = Article.objects.all()
        if bool(options["articles"]) == bool(options["search"]):
            raise CommandError("Say which articles: either --articles NUMBER … or --search WORDS.")
        if options["articles"]:
            articles = articles.filter(pk__in=options["articles"])
        for word in options["search"].lower().split():
            articles = articles.filter(words__contains=word)
        act = self._try(
            lambda: begin_split(tag, options["name"], articles, keep_old=options["keep_old"], by=self.by),
        )
        where = "beside the old one" if options["keep_old"] else "in place of the old one"
        self.stdout.write(f"{act.said}: {act.data['of']:,} articles, {where}")
        if self.is_dry:
            self._nothing_done()
        else:
            self._to_the_end(act)

    def _retire(self, options: dict[str, Any]) -> None:
        tag = _tag(options["tag"])
        act = self._try(lambda: retire(tag, by=self.by))
        self.stdout.write(f"{act.said}: stays on {_counts(tag)}, but can't be added, and readers find it gone")
        self._nothing_done() if self.is_dry else self._done(act)

    def _undo(self, options: dict[str, Any]) -> None:
        act = TagAct.objects.filter(pk=options["act"]).first()
        if act is None:
            raise CommandError(f"There is no act number {options['act']}: `tags list` shows them.")
        self.stdout.write(f"Undoing “{act}”: {act.rows.count():,} rows to put back")
        self._try(lambda: begin_undo(act, by=self.by))
        if self.is_dry:
            self._nothing_done()
            return
        self._to_the_end(act)
        if skipped := act.data.get("skipped"):
            self.stdout.write(f"{skipped:,} stay as they are: somebody has changed or deleted them since.")

    def _go_on(self, options: dict[str, Any]) -> None:
        waiting = list(TagAct.objects.at_work().order_by("pk"))
        for act in waiting:
            self.stdout.write(f"{act}")
            self._to_the_end(act)
        if not waiting:
            self.stdout.write("No act was interrupted.")

    def _list(self, options: dict[str, Any]) -> None:
        acts = list(TagAct.objects.select_related("by", "undone_by")[:RECENT])
        for act in acts:
            done, of = act.progress
            state = f"at work: {done:,} of {of:,}" if act.is_at_work else "undone" if act.undone_at else "done"
            who = act.by.get_username() if act.by else "the site"
            self.stdout.write(f"{act.pk:>6}  {timezone.localtime(act.at):%Y-%m-%d %H:%M}  {act}  ({who}, {state})")
        if not acts:
            self.stdout.write("Nothing was done to the order of tags yet.")

    # --- around them ---------------------------------------------------------------------------------------------

    def _try(self, verb: Callable[[], Any]) -> Any:
        """Do it; on a dry run take it back again: it is refused then as it would be."""
        found = None
        try:
            with transaction.atomic():
                found = verb()
                if self.is_dry:
                    raise _OnlyTried
        except _OnlyTried:
            pass
        return found

    def _to_the_end(self, act: TagAct) -> None:
        def tell(act: TagAct) -> None:
            done, of = act.progress
            self.stdout.write(f"  {done:,} of {of:,}")
            self.stdout.flush()

        go_on(act, tell=tell)
        self._done(act)

    def _done(self, act: TagAct | None) -> None:
        if act is not None:
            undo = "" if act.undone_at else f" Back with: manage.py tags undo {act.pk}"
            self.stdout.write(self.style.SUCCESS("Done.") + undo)

    def _nothing_done(self) -> None:
        self.stdout.write("A dry run: nothing was changed.")


def _tag(name: str) -> Tag:
    found = TagName.tags_of([folded(name)]).get(folded(name))
    if found is None:
        raise CommandError(f"There is no tag “{name}”.")
    return found


def _person(login: str | None) -> Any:
    if not login:
        return None
    people = get_user_model()
    found = people._default_manager.filter(**{people.USERNAME_FIELD: login}).first()
    if found is None:
        raise CommandError(f"There is no login “{login}”.")
    return found


def _counts(tag: Tag, into: Tag | None = None) -> str:
    """How many rows, and how many of them are doubles of the target's."""
    desk, readers = ArticleTag.objects.filter(tag=tag), PublishedTag.objects.filter(tag=tag)
    said = f"{desk.count():,} articles at the desk, {readers.count():,} versions that readers have or had"
    if into is None:
        return said
    twins = [
        rows.filter(content_object__in=rows.model.objects.filter(tag=into).values("content_object")).count()
        for rows in (desk, readers)
    ]
    return f"{said}; of these {sum(twins):,} have both"
