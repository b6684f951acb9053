"""Acting: what all verbs of the order of tags have in common. Who may, one at a time, what is written down."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Q

from newsroom import pagecache
from newsroom.models import Redirect
from newsroom.models.redirects import decoded

from ..acts import TagAct
from ..tagging import Tag
from ..vocabulary import Vocabulary

CHANGE, DELETE = "articles.change_tag", "articles.delete_tag"
RIGHTS = {
    TagAct.Kind.MERGE: (CHANGE, DELETE),
    TagAct.Kind.RENAME: (CHANGE,),
    TagAct.Kind.SPLIT: (CHANGE,),
    TagAct.Kind.RETIRE: (CHANGE, DELETE),
}
# Any number, as long as nobody else takes the same: PostgreSQL's advisory locks are known by it.
_GUARD = 7_426_001


def may_order(by: Any, kind: str) -> bool:
    """None is the site itself, which may."""
    return by is None or all(by.has_perm(one) for one in RIGHTS[TagAct.Kind(kind)])


def may_split(by: Any) -> bool:
    """Who splits makes a new tag, and must be one whom the vocabulary lets. Taking it back makes none."""
    return by is None or (may_order(by, TagAct.Kind.SPLIT) and Vocabulary.current().may_create(by))


def require_order(by: Any, kind: str) -> None:
    if not may_order(by, kind):
        what = {"merge": "merge tags", "rename": "rename tags", "split": "split tags", "retire": "retire tags"}[kind]
        raise PermissionDenied(f"Your login may not {what}.")


def one_at_a_time() -> None:
    """Within a transaction, before any row is locked: the next act waits until it ends. So two acts never look at each
    other's tags half done, and never wait for each other in a ring. SQLite has one writer at a time anyway.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act on tags is one transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GUARD])


def locked(pk: int) -> Tag:
    """FOR UPDATE: waits for everybody who is putting it on an article (resolving.py). Raises Tag.DoesNotExist."""
    found: Tag = Tag.objects.select_for_update(of=("self",)).get(pk=pk)
    return found


def lock_in_order(numbers: Iterable[int]) -> None:
    """For changes of several tags: in the order in which publishing locks them, so that nobody waits in a ring."""
    rows = Tag.objects.filter(pk__in=list(numbers)).order_by("pk").select_for_update(of=("self",), no_key=True)
    list(rows.values_list("pk"))


def about(tags: Iterable[int]) -> Q:
    numbers = list(tags)
    return Q(tag__in=numbers) | Q(other__in=numbers)


def refuse_while_at_work(tag: Tag, *, as_target: bool = False) -> None:
    """Raises ValidationError (code "at-work") while articles still move from or to it. As a target it may be that of
    other merges, too.
    """
    for act in TagAct.objects.at_work().filter(about([tag.pk])):
        is_alike = act.other_id == tag.pk and act.kind == TagAct.Kind.MERGE and not act.is_undoing
        if not (as_target and is_alike):
            raise ValidationError(
                f"“{act}” is still at work: articles move. Let it come to its end first.", code="at-work"
            )


def purge(*tags: Tag) -> None:
    """Every page that shows one of these, or may show it from now on, and the lists of their articles."""
    pagecache.purge(*(tag.key for tag in tags), *(tag.list_key for tag in tags))
    pagecache.purge(*(f"parts-tag:{tag.parent_id}" for tag in tags if tag.parent_id))


# --- addresses that readers have seen --------------------------------------------------------------------------------


def remember(tag: Tag) -> list[list[Any]]:
    """Its page's address and its feed's lead to the tag from now on, whatever becomes of it. What there was before, for
    `forget`: path, key, since.
    """
    kept: list[list[Any]] = []
    for address, key in tag.addresses().items():
        path = decoded(address)
        before = Redirect.objects.filter(path=path, key=key).values_list("since", flat=True).first()
        kept.append([path, key, before.isoformat() if before else None])
        Redirect.remember([address], key)
    return kept


def forget(kept: Iterable[list[Any]]) -> None:
    for path, key, since in kept:
        rows = Redirect.objects.filter(path=path, key=key)
        if since is None:
            rows.delete()
        else:
            rows.update(since=since)
