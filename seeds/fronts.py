"""The demo's fronts: laid out and published by the verbs that an editor's desk uses."""

from typing import Any

from articles.models import Article, Section
from articles.models.fronts import Front, laying_out
from articles.models.fronts.layout import Layout
from images.models import Image


def lay_out(row: dict[str, Any]) -> bool:
    """Whether anything was made: a front that has been laid out stays as it is. Raises DoesNotExist for what it names."""
    front = Front.objects.of(Section.objects.get(slug=row["section"]) if "section" in row else None)
    if front.versions.exists():
        return False
    layout = Layout.read({"containers": [_container(one) for one in row["container"]]})
    draft = laying_out.save_draft(front, layout, by=None, number=0)
    laying_out.publish(front, by=None, number=draft.number, note=row.get("note", ""))
    return True


def _container(row: dict[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in row.items() if name not in {"slots", "fill"}}
    said["slots"] = [_slot(one) for one in row.get("slots", [])]
    if "fill" in row:
        said["backfill"] = _backfill(row["fill"])
    return said


def _slot(row: dict[str, Any]) -> dict[str, Any]:
    said = {**row, "article": Article.objects.get(import_key=f"seed:{row['article']}").pk}
    if "picture" in row:
        said["picture"] = Image.objects.get(import_key=f"seed:{row['picture']}").pk
    return said


def _backfill(row: dict[str, Any]) -> dict[str, Any]:
    return {"section": Section.objects.get(slug=row["section"]).pk} if "section" in row else {}
