"""The body's editor: django-prose-editor (Tiptap) with our own modules, resolved by an import map, without a bundler.

The modules lie in articles/static/articles/editor/; each is `newsroom-editor/<its name>` to the others. What the
editor can do stands in EXTENSIONS and must be exported by extensions.js under the same name. What it may store is
decided elsewhere: by `richtext.sanitise`, whatever a browser sends.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.html import format_html
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget, importmap, prose_editor_js
from js_asset import ImportMap, Media, Script

from newsroom import csp

from .block_options import block_extensions

FOLDER = Path(__file__).parents[2] / "static" / "articles" / "editor"
MODULES = sorted(path.stem for path in FOLDER.glob("*.js"))
IMPORT_MAP = {f"newsroom-editor/{name}": f"articles/editor/{name}.js" for name in MODULES}
MODULE_MEDIA = Media(importmap=ImportMap(IMPORT_MAP))
_IMPORT = re.compile(r'^(?:import|export) .*"newsroom-editor/([\w-]+)"', re.MULTILINE)


def needed_at_once(*names: str) -> list[str]:
    """These modules and all that they import, and so on; without those that are fetched when a dialog opens."""
    found, open_ends = set(), list(names)
    while open_ends:
        name = open_ends.pop()
        if name not in found:
            found.add(name)
            open_ends += _IMPORT.findall((FOLDER / f"{name}.js").read_text(encoding="utf-8"))
    return sorted(found)


@dataclass(frozen=True)
class Preload:
    """Tells the browser of a module before it finds the import: all are fetched at once, not one layer after another."""

    name: str

    def __html__(self) -> str:
        return format_html('<link rel="modulepreload" href="{}">', static(f"articles/editor/{self.name}.js"))

    def __str__(self) -> str:
        return self.__html__()


CONFIGURABLE = Script("django_prose_editor/configurable.js", type="module")

# Where the picture chooser asks; for the body and for the lead picture's field.
PICTURE_URLS = {
    "listUrl": reverse_lazy("admin:images_image_picker"),
    "uploadUrl": reverse_lazy("admin:images_image_picker_upload"),
    "infoUrl": reverse_lazy("admin:images_image_picker_info"),
}


def picture_urls(may_upload: bool) -> dict[str, str]:
    """For who may not add pictures without the address that takes them: the chooser shows the library alone then."""
    return {name: str(url) for name, url in PICTURE_URLS.items()} | ({} if may_upload else {"uploadUrl": ""})


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
    "NewsPicture": PICTURE_URLS,
    "NewsGallery": True,
    "NewsTable": True,
    "TableRow": True,
    "NewsTableHeader": True,
    "TableCell": True,
    "NewsFullscreen": True,
    "TrailingNode": True,
    "Placeholder": {"placeholder": "Write here. Paste an address of a video on a line of its own to embed it."},
}


class BodyEditor(AdminProseEditorWidget):
    """A textarea that becomes the editor; without JavaScript it stays one, for HTML or plain paragraphs."""

    may_upload = True  # else pictures are only chosen from the library

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, config={"extensions": EXTENSIONS}, preset="configurable")

    @cached_property
    def media(self) -> Media:
        """The package's scripts, our modules, and only our own style sheet: the package's fetches an icon font and
        fights the admin's colours with !important."""
        return (
            Media(importmap=importmap, js=[prose_editor_js, CONFIGURABLE])
            + MODULE_MEDIA
            + Media(
                css={"all": ["articles/editor/editor.css", "articles/editor/blocks.css"]},
                js=[
                    *[Preload(name) for name in needed_at_once("extensions", "names")],
                    Script("articles/editor/extensions.js", type="module"),
                    Script("articles/editor/names.js", type="module"),
                ],
            )
        )

    def get_config(self) -> dict[str, Any]:
        pictures = {"NewsPicture": picture_urls(self.may_upload)}
        return {
            "extensions": expand_extensions(EXTENSIONS | block_extensions() | pictures),
            "js_modules": [static("articles/editor/extensions.js")],
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """With the line ends that are stored, and none after the text: browsers and the editor send others, and an
        untouched text would count as changed."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


_INLINE = re.compile(r"<script type=\"importmap\"[^>]*>(.*?)</script>", re.DOTALL)


def allow_import_map(response: HttpResponse, media: Any) -> None:
    """Let this page's import map run: browsers take it only inline, which the site's policy forbids otherwise."""
    for text in _INLINE.findall("".join(media.render_importmap()) if isinstance(media, Media) else ""):
        csp.allow(response, script_src=[csp.script_hash(text)])
