"""What is known about shortcodes: `[name key="value"]` … `[/name]`.

WordPress knows which names plugins have registered; an export does not say. A bracket is taken for a
shortcode when its name is known, when it has `key=value`, when `[/name]` follows, or when its name has an
underscore. Everything else ("[sic]", "[the minister]") is what somebody wrote, and stays.
"""

import html
import re
from typing import NamedTuple

# In the text between these, only what they enclose matters, not as HTML.
_EMBEDDED = "embed embedyt youtube vimeo soundcloud spotify instagram tweet twitter tiktok bluesky"
_LINKED = "dailymotion facebook ted wpvideo videopress"
EMBEDS = frozenset(f"{_EMBEDDED} {_LINKED}".split())
PLAYERS = frozenset({"video", "audio"})
CODE = frozenset({"code", "sourcecode", "source", "php", "python", "js", "javascript", "css", "xml", "sql"})
SWALLOWING = EMBEDS | PLAYERS | CODE
# These surround text that is converted like the rest.
CAPTIONS = frozenset({"caption", "wp_caption"})
FOOTNOTES = frozenset({"footnote", "fn", "ref", "efn_note", "mfn"})
PULL_QUOTES = frozenset({"pullquote", "pull_quote", "pull-quote", "pullquotes"})
SURROUNDING = CAPTIONS | FOOTNOTES | PULL_QUOTES
GALLERIES = frozenset({"gallery"})
# Bare names that are surely no prose.
_PLUGINS = frozenset({"playlist", "toc", "contact-form", "contact-form-7", "sitemap", "recent-posts"})
# Common words: without an address they are somebody's remark ("[audio]", "[source]").
_ALSO_WORDS = (EMBEDS | PLAYERS | CODE | FOOTNOTES | PULL_QUOTES) - {"embed"}

_VALUE = r"""(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
_ATTRIBUTE = re.compile(rf"""([A-Za-z_][\w-]*)\s*=\s*{_VALUE}|"([^"]*)"|'([^']*)'|(\S+)""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_KEY = re.compile(r"(?:^|\s)[A-Za-z_][\w-]*=\S")
_CURLY = "“”″\u2018\u2019\u2032»«"


class Tag(NamedTuple):
    name: str  # in lower case
    kind: str  # "open" (perhaps never closed), "close" or "void" ([name /])
    attributes: str  # as written
    raw: str

    def arguments(self) -> tuple[dict[str, str], list[str]]:
        """What has a key, and what has none (`[youtube https://…]`)."""
        named: dict[str, str] = {}
        bare: list[str] = []
        text = html.unescape(self.attributes).replace("\u00a0", " ")
        for key, double, single, unquoted, *rest in _ATTRIBUTE.findall(text):
            if key:
                named.setdefault(key.lower(), (double or single or unquoted.strip(_CURLY)).strip())
            elif value := "".join(rest).strip(_CURLY).strip():
                bare.append(value.lstrip("="))
        return named, bare

    def is_shortcode(self, *, paired: bool) -> bool:
        """Whether this is a shortcode rather than bracketed prose. `paired`: it has its other half."""
        name = self.name
        if paired or "_" in name or self.kind == "void":
            return True
        if name in CAPTIONS | GALLERIES | _PLUGINS:
            return True
        if self.kind == "close":
            return name in SWALLOWING | SURROUNDING or "-" in name
        if name in _ALSO_WORDS and re.search(r"https?://|^\s+[\w-]{6,}\s*$|^=", self.attributes):
            return True
        unquoted = _QUOTED.sub("=…", self.attributes)
        return "<" not in unquoted and bool(_KEY.search(unquoted))


def ids(text: str, most: int) -> list[int]:
    """The numbers of `ids="1,2,3"`, at most so many."""
    return [int(number) for number in re.findall(r"\d{1,18}", text[: most * 20])][:most]
