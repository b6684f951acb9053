"""The scripts of the article's form, beside the body's editor: modules in static/articles/desk/, by the import map."""

from pathlib import Path

from js_asset import ImportMap, Media, Script

from ..writing.editor import IMPORT_MAP

_FOLDER = Path(__file__).parents[2] / "static" / "articles" / "desk"
MODULES = {f"newsroom-desk/{path.stem}": f"articles/desk/{path.name}" for path in sorted(_FOLDER.glob("*.js"))}


def desk_media(script: str) -> Media:
    """For `context["media"]` of a form, not for an admin's `media`: Django's lists render that without import map."""
    return Media(
        importmap=ImportMap(IMPORT_MAP | MODULES),
        css={"all": ["articles/editor/editor.css", "articles/desk/saving.css"]},
        js=[Script(f"articles/desk/{script}.js", type="module")],
    )
