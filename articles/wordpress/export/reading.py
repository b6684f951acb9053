"""The parser: clean XML in, one whole element of the channel at a time out, in constant memory."""

import os
import re
from collections.abc import Iterator

from lxml import etree

from articles.wordpress.export.errors import ExportError
from articles.wordpress.export.names import ITEM_PARTS, META_KEYS, is_wordpress, short
from articles.wordpress.export.source import Source

MOST_PARTS = 20_000
_CUT_OFF = "The file is cut off; export or upload it again"
_TOO_LONG = "The file has a text of more than 10 million characters, which is no article; refused"
_SENTENCES = (
    (r"Premature end of data|CData section not finished|AttValue: ' expected|no element found", _CUT_OFF),
    (
        r"Couldn't find end of Start Tag|expected '>'|Document is empty|Start tag expected",
        "The file is not whole XML",
    ),
    (r"Text node too long|CData section too big|Buffer size limit|[Hh]uge", _TOO_LONG),
    (r"Excessive depth", "The file nests elements more than 250 deep, which no export does; refused"),
    (
        r"Extra content at the end",
        "Something follows after the end of the export; it was changed by hand or joined",
    ),
)


class Reading:
    """One pass over an export: `elements()` yields each child of the channel with its short name; gone then.

    Raises ExportError, OSError. `repairs` is complete when the pass is.
    """

    def __init__(self, path: str | os.PathLike[str]):
        self._path = path
        self.repairs: tuple[str, ...] = ()

    def elements(self) -> Iterator[tuple[str, etree._Element]]:
        with Source(self._path) as source:
            events = etree.iterparse(
                source,
                events=("end",),
                remove_comments=True,
                remove_pis=True,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                dtd_validation=False,
                huge_tree=False,
                encoding="utf-8",
            )
            atom = 0
            try:
                for name, element in _children_of_channel(events):
                    atom += name.startswith("atom:")
                    yield name, element
            except etree.XMLSyntaxError as error:
                if source.ends_at(error.lineno or 0):
                    raise ExportError(_CUT_OFF, error.lineno) from None
                raise ExportError(*_in_plain_words(error)) from None
            self.repairs = source.repairs()
            if atom and source.atom_declared:
                self.repairs += (f"undeclared prefix atom: read as Atom's ({atom} times)",)


def line_of(element: etree._Element) -> int:
    """The line the element begins in."""
    line = element.sourceline or 0
    # libxml2 keeps 16 bits; beyond, lxml takes the line from the text inside, which ends some lines later.
    return line - (element.text or "").count("\n") if line >= 65_535 else line


def _children_of_channel(events: etree.iterparse) -> Iterator[tuple[str, etree._Element]]:
    root: etree._Element | None = None
    useless: etree._Element | None = None
    parts = depths = 0
    for _, element in events:
        if root is None:
            root = element.getroottree().getroot()
            _check(root)
        parent = element.getparent()
        if parent is None or parent is root:
            _forget(element)
        elif parent.tag == "item":
            # An element may not be removed at its own end, only when the next one has come.
            if useless is not None and useless.getparent() is parent:
                parent.remove(useless)
            useless, depths = None if _is_useful(element) else element, 0
            parts += useless is None
        elif parent.getparent() is root:
            useless, parts, depths = None, 0, 0
            yield short(element.tag), element
            _forget(element)
        else:
            depths += 1
        if parts > MOST_PARTS or depths > MOST_PARTS:
            raise ExportError("An element has more parts than any post; refused", line_of(element))
    if root is None:
        raise ExportError(_CUT_OFF)


def _is_useful(part: etree._Element) -> bool:
    name = short(part.tag)
    if name == "wp:postmeta":
        keys = [child.text or "" for child in part if short(child.tag) == "wp:meta_key"]
        return any(key.strip() in META_KEYS for key in keys)
    return name in ITEM_PARTS


def _forget(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear(keep_tail=False)
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _check(root: etree._Element) -> None:
    """Refuse, at the first element, XML that is something else."""
    line = line_of(root)
    if root.tag == "item":
        raise ExportError("The file is one item cut out of an export; export the whole site again", line)
    if root.tag != "rss":
        name = etree.QName(root).localname[:40]
        raise ExportError(f"The file begins with <{name}>; a WordPress export begins with <rss>", line)
    declared = {uri for element in root.iter() for uri in element.nsmap.values()}
    if not any(is_wordpress(uri) for uri in declared if uri):
        raise ExportError("The file is an RSS feed without the wp: namespace, so no WordPress export", line)


def _in_plain_words(error: etree.XMLSyntaxError) -> tuple[str, int]:
    line = error.lineno or 0
    for pattern, sentence in _SENTENCES:
        if re.search(pattern, error.msg or ""):
            return sentence, line
    if unbound := re.search(r"Namespace prefix (\S+) on (\S+) is not defined", error.msg or ""):
        return f"The file uses the prefix {unbound[1]}: on <{unbound[2]}> without declaring it", line
    told = (error.msg or "unknown error").partition("\n")[0]
    detail = re.sub(r",? line \d+(?:, column \d+)?|\s+", " ", told)
    return f"The file is not well-formed XML: {' '.join(detail.split()).strip(' ,')}", line
