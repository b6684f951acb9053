"""May this person do this to this article? The one place that answers, for the verbs, the desk and its lists.

The table of rights is articles/roles.py. A verb asks with `require`, so that no view, action or command can forget to.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from articles.roles import AFTER_SUBMISSION, ARTICLES, OTHERS_CHANGE, OTHERS_VIEW, Act

from .bylines import Byline
from .section_limits import SectionLimit, limits_of

if TYPE_CHECKING:
    from .article import Article
    from .status import DeskQuerySet

# What one may not do to one's own article either, once it lies with the desk.
_WRITING = (Act.CHANGE, Act.DELETE)
# What is decided about an article rather than written: a limit to sections holds for one's own, too.
_DECIDING = (Act.ASSIGN, Act.APPROVE, Act.PUBLISH, Act.CORRECT, Act.TAKE_DOWN, Act.OVERRIDE)


def may(user: Any, act: Act, article: "Article | None" = None) -> bool:
    """Without an article: could there be one to which this person may do it?

    At most three queries for an article (its byline, the person's limits and, once an object, permissions); none for a
    superuser. Superusers may do everything, people who are not active nothing.
    """
    if not user.has_perm(ARTICLES[act].permission):
        return False
    if article is None or article.pk is None or user.is_superuser:
        return True
    within = _is_within_limits(user, article)
    if act in _DECIDING and not within:
        return False
    others = OTHERS_VIEW if act is Act.VIEW else OTHERS_CHANGE
    if within and user.has_perm(others):
        return True
    if not is_own(user, article):
        return False
    return act not in _WRITING or user.has_perm(AFTER_SUBMISSION) or article.is_in_first_hands


def require(user: Any, act: Act, article: "Article | None" = None) -> None:
    """Raise PermissionDenied, in a sentence, when `user` may not. None is the site itself, which may."""
    if user is not None and not may(user, act, article):
        raise PermissionDenied(
            f"Your login may not do this: {ARTICLES[act].sentence[0].lower()}{ARTICLES[act].sentence[1:]}."
        )


def is_own(user: Any, article: "Article") -> bool:
    """Began it, is assigned to it, or stands in its byline. One query at most."""
    if user.pk in (article.created_by_id, article.assignee_id):
        return True
    return Byline.objects.filter(article=article, author__user=user).exists()


def own(user: Any) -> Combinable | Q:
    """The condition for `is_own` in a query of articles."""
    in_byline = Byline.objects.filter(article=OuterRef("pk"), author__user=user)
    return Q(created_by=user) | Q(assignee=user) | Exists(in_byline)


def visible_to(user: Any, articles: "DeskQuerySet") -> "DeskQuerySet":
    """Those that this person may see at the desk: what `may(user, Act.VIEW, …)` answers, for a list. One query, for
    the limits.
    """
    if user.is_superuser:
        return articles
    if not user.has_perm(ARTICLES[Act.VIEW].permission):
        return articles.none()
    if not user.has_perm(OTHERS_VIEW):
        return articles.filter(own(user))
    limits = limits_of(user)
    return articles.filter(Q(section__in=limits) | own(user)) if limits else articles


def sees_all(user: Any) -> bool:
    """May see every article at the desk, and so whatever is planned anywhere. One query at most, for the limits."""
    return user.is_superuser or (
        user.has_perm(ARTICLES[Act.VIEW].permission) and user.has_perm(OTHERS_VIEW) and not limits_of(user)
    )


def of_visible(user: Any, rows: Any, article: str = "article") -> Any:
    """Those rows whose article this person may see; `article` is the path to it. One query at most, for the limits."""
    from .article import Article

    every = Article.objects.order_by()
    seen = visible_to(user, every)
    # Asked row by row: of few rows that is less than all of one's own articles.
    return rows if seen is every else rows.filter(Exists(seen.filter(pk=OuterRef(article))))


def who_sees(article: "Article") -> Any:
    """The active people who may see it: those for whom `may(user, Act.VIEW, article)` answers yes, as a query to filter
    further. No query by itself, and one whatever the number of people.
    """
    holders = ModelBackend().with_perm
    limits = SectionLimit.objects.filter(user=OuterRef("pk"))
    is_within = ~Exists(limits) | Exists(limits.filter(section=article.section_id))
    sees_others = Q(pk__in=holders(OTHERS_VIEW).order_by().values("pk")) & Q(is_within)
    its_own = Q(pk__in=[article.created_by_id or 0, article.assignee_id or 0]) | Q(
        pk__in=Byline.objects.filter(article=article).exclude(author__user=None).values("author__user")
    )
    people: Any = get_user_model()._default_manager
    viewers = people.filter(pk__in=holders(ARTICLES[Act.VIEW].permission).order_by().values("pk"))
    return viewers.filter(Q(is_superuser=True) | sees_others | its_own)


def may_file(user: Any, article: "Article", section: int | None) -> bool:
    """May this person put the article into the section of this number (None: into none)?

    One's own anywhere; those of others only where one's limits reach, or they would be lost from sight. Three queries
    at most.
    """
    limits = limits_of(user)
    return not limits or section in limits or article.pk is None or is_own(user, article)


def _is_within_limits(user: Any, article: "Article") -> bool:
    limits = limits_of(user)
    return not limits or article.section_id in limits
