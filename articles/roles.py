"""Who may do what: the one table of the newsroom's rights.

Everything that asks or tells about rights is made from it: the groups (`manage.py setup_roles`), the check `may`
(models/permits.py), the table in docs/roles.md and the tests of every address of the desk. A right is one of Django's
permissions, so a site may give its groups others; the words "own" and "any" then hold as they do here.

An article is somebody's *own* who began it, is assigned to it or stands in its byline. "Any" means: within the sections
that a person is limited to, if there are such limits (models/section_limits.py).
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Role(StrEnum):
    """The names of the groups, from the least to the most that one may do."""

    CONTRIBUTOR = "Contributor"
    WRITER = "Writer"
    EDITOR = "Editor"
    PUBLISHER = "Publisher"
    ADMINISTRATOR = "Administrator"


class Reach(Enum):
    NONE = ""
    OWN = "own"
    ANY = "any"


class Act(StrEnum):
    """What can be done to an article."""

    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    SUBMIT = "submit"
    ASSIGN = "assign"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"
    TAKE_DOWN = "take_down"
    OVERRIDE = "override"


@dataclass(frozen=True)
class Right:
    """A row of the table: what it allows in words, the permission behind it, and how far each role reaches."""

    sentence: str
    permission: str
    contributor: Reach
    writer: Reach
    editor: Reach
    publisher: Reach
    administrator: Reach

    def reach(self, role: Role) -> Reach:
        found: Reach = getattr(self, role.name.lower())
        return found

    def roles(self) -> list[Role]:
        return [role for role in Role if self.reach(role) is not Reach.NONE]


_NONE, _OWN, _ANY = Reach.NONE, Reach.OWN, Reach.ANY

ARTICLES: dict[Act, Right] = {
    Act.VIEW: Right("See an article at the desk, with its past", "articles.view_article", _OWN, _ANY, _ANY, _ANY, _ANY),
    Act.ADD: Right("Begin an article, or propose an idea", "articles.add_article", _OWN, _OWN, _ANY, _ANY, _ANY),
    Act.CHANGE: Right("Write in it", "articles.change_article", _OWN, _OWN, _ANY, _ANY, _ANY),
    Act.DELETE: Right("Delete what readers never saw", "articles.delete_article", _OWN, _OWN, _ANY, _ANY, _ANY),
    Act.SUBMIT: Right("Submit it for review", "articles.submit_article", _OWN, _OWN, _ANY, _ANY, _ANY),
    Act.ASSIGN: Right(
        "Assign it, say when it is due and how urgent it is", "articles.assign_article", _NONE, _NONE, _ANY, _ANY, _ANY
    ),
    Act.APPROVE: Right("Approve it or send it back", "articles.approve_article", _NONE, _NONE, _ANY, _ANY, _ANY),
    Act.PUBLISH: Right(
        "Publish, schedule and withdraw it", "articles.publish_article", _NONE, _NONE, _NONE, _ANY, _ANY
    ),
    Act.CORRECT: Right("Write corrections under it", "articles.correct_article", _NONE, _NONE, _NONE, _ANY, _ANY),
    Act.TAKE_DOWN: Right(
        "Take it down, and bring it back", "articles.take_down_article", _NONE, _NONE, _NONE, _ANY, _ANY
    ),
    Act.OVERRIDE: Right(
        "Publish against the house rules, with a reason", "articles.override_gate", _NONE, _NONE, _NONE, _ANY, _ANY
    ),
}

# What makes "own" into "any": without it a permission on articles reaches only as far as one's own.
OTHERS_VIEW, OTHERS_CHANGE = "articles.view_others_article", "articles.change_others_article"
# A contributor's own article is out of his hands once it is submitted, until it is sent back.
AFTER_SUBMISSION = "articles.change_submitted_article"


@dataclass(frozen=True)
class Thing:
    """A row of the second table: a kind of thing, and from which role on it may be looked at, added, changed, deleted.

    None: nobody but a superuser. The roles above have what the roles below have.
    """

    model: str
    label: str
    view: Role | None
    add: Role | None
    change: Role | None
    delete: Role | None

    def from_role(self, verb: str) -> Role | None:
        found: Role | None = getattr(self, verb)
        return found


_CON, _WRI, _EDI, _PUB, _ADM = Role

THINGS = [
    Thing("images.image", "Pictures", _CON, _WRI, _WRI, _EDI),
    Thing("articles.byline", "Bylines of articles that one may write in", _CON, _CON, _CON, _CON),
    Thing("articles.correction", "Corrections", _CON, _PUB, _PUB, _PUB),
    Thing("articles.tag", "Tags", _CON, _EDI, _EDI, _EDI),
    Thing("authors.author", "Authors", _CON, _EDI, _EDI, _ADM),
    Thing("articles.section", "Sections", _CON, _PUB, _PUB, _ADM),
    Thing("articles.front", "Fronts: laying out the home page and the sections", _CON, None, _EDI, None),
    Thing("articles.frontversion", "What readers see of a front: publishing it", _CON, _PUB, None, None),
    Thing("articles.standingpage", "Pages of the paper itself, like About", _CON, _PUB, _PUB, _PUB),
    Thing("newsroom.redirect", "Redirects", _PUB, _PUB, _PUB, _PUB),
    Thing("newsroom.siteidentity", "The site's name, words and look", _PUB, _ADM, _ADM, None),
    Thing("newsroom.menulink", "Menus", _PUB, _ADM, _ADM, _ADM),
    Thing("articles.houserules", "House rules", _WRI, None, _ADM, None),
    Thing("articles.relatedsettings", "Settings of related articles", _PUB, None, _ADM, None),
    Thing("articles.vocabulary", "Vocabulary: who makes new tags", _ADM, None, _ADM, None),
    Thing("newsroom.auditentry", "The log of who did what", _PUB, None, None, None),
    Thing(
        "articles.announcement", "What others are told of publications, and telling it again", _PUB, None, _PUB, None
    ),
    Thing("auth.user", "People", _ADM, _ADM, _ADM, None),
    Thing("articles.sectionlimit", "Whose reach ends at which sections", _ADM, _ADM, _ADM, _ADM),
]


def permissions_of(role: Role) -> set[str]:
    """Every permission of a role, as "app.codename"."""
    found = set()
    for act, right in ARTICLES.items():
        reach = right.reach(role)
        if reach is not Reach.NONE:
            found.add(right.permission)
        if reach is Reach.ANY and act in OTHERS:
            found.add(OTHERS[act])
    if role is not Role.CONTRIBUTOR:
        found.add(AFTER_SUBMISSION)
    order = list(Role)
    for thing in THINGS:
        app, model = thing.model.split(".")
        for verb in ("view", "add", "change", "delete"):
            least = thing.from_role(verb)
            if least is not None and order.index(role) >= order.index(least):
                found.add(f"{app}.{verb}_{model}")
    return found


OTHERS = {Act.VIEW: OTHERS_VIEW, Act.CHANGE: OTHERS_CHANGE}
