"""Which of many articles may this person decide about? What `may` answers for one, as a condition of a query."""

from typing import TYPE_CHECKING, Any

from articles.roles import ARTICLES, OTHERS_CHANGE, Act

from .permits import own
from .section_limits import limits_of

if TYPE_CHECKING:
    from .status import DeskQuerySet


def decidable_by(user: Any, act: Act, articles: "DeskQuerySet") -> "DeskQuerySet":
    """Those to which `user` may do this: assign, publish or another act that is decided rather than written, for which
    a limit to sections holds on one's own articles, too. One query, for the limits.
    """
    if not user.has_perm(ARTICLES[act].permission):
        return articles.none()
    if user.is_superuser:
        return articles
    if limits := limits_of(user):
        articles = articles.filter(section__in=limits)
    return articles if user.has_perm(OTHERS_CHANGE) else articles.filter(own(user))
