"""The body's editor: django-prose-editor (Tiptap) with our own modules, resolved by an import map, without a bundler.

The modules lie in articles/static/articles/editor/; each is `newsroom-editor/<its name>` to the others. What the
editor can do stands in EXTENSIONS and must be exported by extensions.js under the same name. What it may store is
decided elsewhere: by `richtext.sanitise`, whatever a browser sends.
"""

import re
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.templatetags.static import static
from django.utils.functional import cached_property
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media, Script

from newsroom import csp

from .block_options import block_extensions

MODULES = sorted(path.stem for path in (Path(__file__).parents[1] / "static" / "articles" / "editor").glob("*.js"))
IMPORT_MAP = {f"newsroom-editor/{name}": f"articles/editor/{name}.js" for name in MODULES}

# Not in DJANGO_PROSE_EDITOR_EXTENSIONS, which would change every prose field of a project that adopts us.
EXTENSIONS: dict[str, Any] = {
    "EditorChrome": {"label": "Body"},
    "NewsMenu": True,
    "Menu": False,
    "NoSpellCheck": False,  # on by default; a newsroom wants the browser's spelling
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "NewsCode": True,
    "NewsCodeBlock": True,
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "HorizontalRule": True,
    "NewsTable": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Fullscreen": True,
    "TrailingNode": True,
    "Placeholder": {"placeholder": "Write here. Paste an address of a video on a line of its own to embed it."},
}


class BodyEditor(AdminProseEditorWidget):
    """A textarea that becomes the editor; without JavaScript it stays one, for HTML or plain paragraphs."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, config={"extensions": EXTENSIONS}, preset="configurable")

    @cached_property
    def media(self) -> Media:
        return super().media + Media(
            importmap=ImportMap(IMPORT_MAP),
            css={"all": ["articles/editor/editor.css", "articles/editor/blocks.css"]},
            js=[Script("articles/editor/extensions.js", type="module")],
        )

    def get_config(self) -> dict[str, Any]:
        return {
            "extensions": expand_extensions(EXTENSIONS | block_extensions()),
            "js_modules": [static("articles/editor/extensions.js")],
        }


_INLINE = re.compile(r"<script type=\"importmap\"[^>]*>(.*?)</script>", re.DOTALL)


def allow_import_map(response: HttpResponse, media: Any) -> None:
    """Let this page's import map run: browsers take it only inline, which the site's policy forbids otherwise."""
    for text in _INLINE.findall("".join(media.render_importmap()) if isinstance(media, Media) else ""):
        csp.allow(response, script_src=[csp.script_hash(text)])
