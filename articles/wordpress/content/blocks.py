"""What is known about Gutenberg's blocks: `<!-- wp:name {"json"} -->` … `<!-- /wp:name -->`."""

import json
import re
from typing import Any, NamedTuple

# Blocks whose saved HTML says all: the elements are converted, the delimiters need no more attention.
_STATIC = re.compile(
    r"paragraph|heading|subhead|image|gallery|quote|pullquote|list|list-item|table|code|preformatted|verse|"
    r"separator|spacer|buttons?|columns?|text-columns|group|row|stack|cover|cover-image|media-text|embed|html|"
    r"more|nextpage|freeform|missing|audio|video|file|details|shortcode|footnotes|accordion(?:-[a-z]+)?|"
    r"jetpack/(?:tiled-gallery|slideshow|markdown|image-compare)"
)
# Blocks that WordPress fills in when it shows the page. The export has nothing, or only their skeleton.
_DYNAMIC = re.compile(
    r"latest-(?:posts|comments)|archives|calendar|categories|rss|search|tag-cloud|page-list(?:-item)?|"
    r"social-links?|navigation(?:-link|-submenu)?|loginout|home-link|avatar|template-part|block|pattern|"
    r"legacy-widget|widget-group|table-of-contents|read-more|(?:site|post|comment|comments|query|term)-[a-z-]+|"
    r"query|comments"
)
_NAME = re.compile(r"(/?)wp:([a-z][a-z0-9_-]*+(?:/[a-z][a-z0-9_-]*+)?)(?![^\s/{])")


class Delimiter(NamedTuple):
    name: str  # without "core/"
    kind: str  # "open", "close" or "void"
    json: str

    @property
    def is_dynamic(self) -> bool:
        return bool(_DYNAMIC.fullmatch(self.name))

    @property
    def note(self) -> str:
        """What to report about the block; "" for one that is converted whole."""
        if self.name == "block":
            return "reusable block"
        if self.is_dynamic:
            return f"dynamic block: {self.name}"
        return "" if _STATIC.fullmatch(self.name) else f"unknown block: {self.name}"

    def attributes(self) -> dict[str, Any]:
        try:
            found = json.loads(self.json) if self.json else {}
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def delimiter(comment: str) -> Delimiter | None:
    """What a comment's text says about a block, or None. Linear time."""
    comment = comment.strip()
    found = _NAME.match(comment)
    if not found:
        return None
    rest = comment[found.end() :].strip()
    void = rest.endswith("/")
    kind = "close" if found[1] else "void" if void else "open"
    name = found[2].removeprefix("core/")
    if name.startswith("core-embed/"):
        name = "embed"
    return Delimiter(name, kind, rest.removesuffix("/").strip())


def footnotes(meta: str) -> dict[str, str]:
    """The notes of Gutenberg's `footnotes` meta field, HTML by id. Whatever else it holds is no note."""
    try:
        found = json.loads(meta)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, list):
        return {}
    return {
        note["id"]: note["content"]
        for note in found
        if isinstance(note, dict) and isinstance(note.get("id"), str) and isinstance(note.get("content"), str)
    }
