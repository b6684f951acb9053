"""What the elements of running text mean: marks, links, headings, quotations, preformatted text."""

import re

from articles.wordpress.content import pictures
from articles.wordpress.content.figures import Figure, Pictures
from articles.wordpress.content.frames import Attribution, Caption, Heading, Pre, Quote, Verse
from articles.wordpress.content.inline import Mark
from articles.wordpress.content.output import Html, Image
from articles.wordpress.content.reader import Attributes, Handler, Reader, Undo

_MARKS = {
    **dict.fromkeys(("strong", "b"), Mark("strong", "<strong>")),
    **dict.fromkeys(("em", "i", "var", "dfn"), Mark("em", "<em>")),
    **dict.fromkeys(("s", "strike", "del"), Mark("s", "<s>")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Mark("code", "<code>")),
    "sub": Mark("sub", "<sub>"),
    "sup": Mark("sup", "<sup>"),
}
# They begin and end a paragraph, and mean nothing else.
_BOUNDARIES = """
    div section article aside header footer main nav center address fieldset details dl dd hgroup legend
    dialog
"""
# Gone with all they hold, and nobody misses it.
_DROPPED = """
    noscript template canvas select textarea button datalist title head noembed noframes frameset meter
    progress map rp
"""
_NOTED = {"style": "style", "svg": "drawing (svg)", "math": "formula (math)"}
_SOCIAL = {
    "twitter-tweet": "x",
    "twitter-video": "x",
    "instagram-media": "instagram",
    "tiktok-embed": "tiktok",
    "bluesky-embed": "bluesky",
}
_LOADERS = re.compile(r"platform\.twitter\.com|instagram\.com/embed|tiktok\.com/embed|embed\.bsky\.app")
_BLUESKY = re.compile(r"at://([^/]+)/app\.bsky\.feed\.post/(\w+)")
_BACKGROUND = re.compile(r"""background(?:-image)?:\s*url\(\s*["']?([^"')]+)""", re.IGNORECASE)


def _mark(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    top, mark = reader.writer.top, _MARKS[tag]
    if isinstance(top, Pre):
        top.is_code = top.is_code or (tag == "code" and not top.pieces)
        return None
    if tag == "sup" and reader.markers.footnote(attributes.get("data-fn") or ""):
        return reader.drop(tag)
    reader.writer.mark(mark)
    return lambda: reader.writer.unmark(mark)


def _link(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    writer = reader.writer
    if "wp-block-file__button" in (attributes.get("class") or ""):
        return reader.drop(tag)
    url = attributes.get("href") or ""
    quote = writer.nearest("quote") if writer.within("quote") else None
    if isinstance(quote, Quote) and quote.provider:
        quote.addresses.append(url)
    if not url or isinstance(writer.top, Pre) or not (mark := writer.link(url)):
        return None
    writer.mark(mark)
    return lambda: writer.unmark(mark)


def _boundary(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    classes = attributes.get("class") or ""
    names = classes.split()
    if "wp-block-cover" in classes and (found := _BACKGROUND.search(attributes.get("style") or "")):
        alt = attributes.get("aria-label") or ""
        reader.writer.media(Image(reader.markers.image_id(), found[1].strip(), alt))
    if "wp-caption" in names:
        return reader.open(Figure(align=pictures.alignment(classes), text_is_caption=True))
    if pictures.is_gallery(classes) and not reader.writer.within("gallery"):
        return reader.open(Pictures())
    if "wp-block-image" in names and not reader.writer.within("figure"):
        return reader.open(Figure(align=pictures.alignment(classes)))
    return reader.boundary()


def _paragraph(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    reader.writer.end_paragraph()
    reader.open_paragraphs += 1

    def end() -> None:
        reader.open_paragraphs -= 1
        reader.writer.end_paragraph()

    return end


def _bold_paragraph(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    """The term of a definition list, the summary of details."""
    mark = _MARKS["strong"]
    reader.writer.end_paragraph()
    reader.writer.mark(mark)

    def end() -> None:
        reader.writer.unmark(mark)
        reader.writer.end_paragraph()

    return end


def _heading(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    return reader.open(Heading(int(tag[1])))


def _cite(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    if reader.writer.top.kind == "quote" and not reader.open_paragraphs:
        return reader.open(Attribution())
    return _mark(reader, "em", attributes)


def _quotation_marks(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    reader.writer.text("“")
    return lambda: reader.writer.text("”")


def _line_break(reader: Reader, tag: str, attributes: Attributes) -> None:
    reader.writer.line_break()


def _rule(reader: Reader, tag: str, attributes: Attributes) -> None:
    if reader.writer.top.kind == "root":
        reader.writer.put(Html("hr", ""))
    else:
        reader.writer.end_paragraph()


def _quote(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    if reader.writer.within("quote"):
        return reader.boundary()
    classes, figure = (attributes.get("class") or "").lower(), reader.writer.top
    pull = bool(re.search("pull-?quote", classes)) or (isinstance(figure, Figure) and figure.is_pull_quote)
    provider = next((name for social, name in _SOCIAL.items() if social in classes.split()), "")
    address = attributes.get("data-instgrm-permalink") or attributes.get("cite") or ""
    if post := _BLUESKY.fullmatch(attributes.get("data-bluesky-uri") or ""):
        address = f"https://bsky.app/profile/{post[1]}/post/{post[2]}"
    return reader.open(Quote(pull=pull, provider=provider, address=address))


def _pre(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    return reader.open(Verse() if "wp-block-verse" in (attributes.get("class") or "") else Pre())


def _caption(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    return reader.open(Caption())


def _form(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    reader.writer.end_paragraph()
    return reader.drop(tag, "form", then=reader.writer.end_paragraph)


def _script(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    # The loaders that come with embedded posts are no loss.
    return reader.drop(tag, "" if _LOADERS.search(attributes.get("src") or "") else "script")


def _drop(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    return reader.drop(tag, _NOTED.get(tag, ""))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_MARKS, _mark),
    **dict.fromkeys(_BOUNDARIES.split(), _boundary),
    **dict.fromkeys(_DROPPED.split(), _drop),
    **dict.fromkeys(_NOTED, _drop),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("dt", "summary"), _bold_paragraph),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), _pre),
    **dict.fromkeys(("figcaption", "caption"), _caption),
    "a": _link,
    "blockquote": _quote,
    "br": _line_break,
    "cite": _cite,
    "form": _form,
    "hr": _rule,
    "p": _paragraph,
    "q": _quotation_marks,
    "script": _script,
}
