"""Nothing but the verbs writes what readers see: every line that could is found by its form, and written down here.

What this can't see: a row that comes out of another object's attribute and is saved or deleted. Such lines stand in
articles/models/shown.py, which the verbs alone use, under the article's lock.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MODEL, RELATED = "PublishedArticle", "published_versions"
WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete", "save",
    "save_base", "add", "set", "remove", "clear", "_raw_delete", "_insert", "_update",
}  # fmt: skip
WRITES |= {f"a{name}" for name in WRITES}
MADE = "made"

# Each with its reason. A new line here is a new way to the readers: it has to ask the gate.
KNOWN = {
    "articles/models/publishing.py": {MADE, "bulk_create"},  # publish, which asks the gate
    "articles/models/rescheduling.py": {"update"},  # its times, after the gate was asked
    "articles/models/takedowns.py": {"update"},  # its end: taken down; and back, after the gate was asked
    "articles/models/shown.py": {"update"},  # ends of what is replaced or withdrawn, for the verbs
    "articles/models/beside.py": {"update"},  # what was just published goes into the plan, too
    "articles/models/rebuilding.py": {"bulk_update"},  # key terms, which no reader sees
    "articles/models/fixing.py": {"update"},  # the number of the version
    "articles/desk/previews/preview.py": {MADE},  # to be looked at, never saved
    "articles/desk/past/looking.py": {MADE},  # so is this
    "articles/desk/related/typed.py": {MADE},  # to be asked about, never saved
    "articles/management/commands/related.py": {MADE},  # so is this
}


def written(source: str) -> set[str]:
    """How this source could write rows of PublishedArticle."""
    tree = ast.parse(source)
    names = {MODEL} | {
        one.asname or one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.name == MODEL
    }
    return {found for scope in _scopes(tree) for found in _written_in(scope, names)}


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    yield tree
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _written_in(scope: ast.AST, models: set[str]) -> Iterator[str]:
    rows = _rows_in(scope, models)
    for node in ast.walk(scope):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in models:
            yield MADE
        elif (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            and _leads_to(node.func.value, models, rows)
        ):
            yield node.func.attr


def _rows_in(scope: ast.AST, models: set[str]) -> set[str]:
    """Names that hold rows, or a query for rows, in this function; found anew until no more are."""
    rows: set[str] = set()
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        for argument in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs):
            if argument.annotation is not None and any(model in ast.unparse(argument.annotation) for model in models):
                rows.add(argument.arg)
    while True:
        more = {
            target.id
            for node in ast.walk(scope)
            for target, value in _given(node)
            if isinstance(target, ast.Name) and _leads_to(value, models, rows)
        } - rows
        if not more:
            return rows
        rows |= more


def _given(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield node.target, node.iter


def _leads_to(node: ast.AST, models: set[str], rows: set[str]) -> bool:
    """Does this chain of calls, attributes and places begin at the model, at a relation to it, or at known rows?"""
    if isinstance(node, ast.Name):
        return node.id in models | rows
    if isinstance(node, ast.Attribute):
        return node.attr in {RELATED, MODEL} or _leads_to(node.value, models, rows)
    if isinstance(node, ast.Subscript | ast.Await):
        return _leads_to(node.value, models, rows)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "get_model":
            return any(isinstance(one, ast.Constant) and MODEL.lower() in str(one.value).lower() for one in node.args)
        wrapped = isinstance(node.func, ast.Name) and node.func.id in {"list", "sorted", "reversed", "next", "cast"}
        return _leads_to(node.func, models, rows) or (
            wrapped and any(_leads_to(one, models, rows) for one in node.args)
        )
    return False


def test_nothing_but_the_verbs_writes_what_readers_see() -> None:
    found = {}
    for app in ("newsroom", "images", "authors", "articles", "seeds"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts and (ways := written(path.read_text("utf-8"))):
                found[path.relative_to(ROOT).as_posix()] = ways
    assert found == KNOWN


@pytest.mark.parametrize(
    "line",
    [
        "PublishedArticle.objects.create(article=article)",
        "PublishedArticle(article=article).save()",
        "PublishedArticle.objects.bulk_create([one])",
        "PublishedArticle._base_manager.get_or_create(article=article)",
        "await PublishedArticle.objects.acreate(article=article)",
        "article.published_versions.create(version=1)",
        "article.published_versions.bulk_create([one])",
        "article.published_versions.update_or_create(version=1)",
        "article.published_versions.filter(version=1).update(live_until=None)",
        "article.published_versions.all().delete()",
        "article.published_versions.add(one)",
        "PublishedArticle.objects.filter(pk=1).update(live_from=now)",
        "PublishedArticle.objects.live().exclude(pk=2)[:3].update(live_from=now)",
        "rows = PublishedArticle.objects.all()\nrows.update(live_until=None)",
        "rows = article.published_versions\nmore = rows.live()\nmore.update(live_until=None)",
        "for one in list(article.published_versions.all()):\n    one.save()",
        "if (one := PublishedArticle.objects.first()):\n    one.delete()",
        "def put(plan: PublishedArticle | None) -> None:\n    plan.save()",
        "from articles.models import PublishedArticle as Seen\nSeen.objects.create()",
        "models.PublishedArticle.objects.create()",
        'apps.get_model("articles", "PublishedArticle").objects.create()',
        'apps.get_model("articles.publishedarticle").objects.update(live_until=None)',
    ],
)
def test_each_way_to_write_is_seen(line: str) -> None:
    assert written(line), line


@pytest.mark.parametrize(
    "line",
    [
        "PublishedArticle.objects.filter(pk=1).first()",
        "PublishedTag.objects.filter(content_object__in=PublishedArticle.objects.all()).update(published_at=now)",
        "article.published_versions.exists()",
        "rows = article.tags\nrows.set([])",
    ],
)
def test_reading_and_writing_something_else_are_not(line: str) -> None:
    assert written(line) == set(), line
