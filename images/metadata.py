"""The words in a picture's file: what photographers and agencies wrote there, and the credit that we write. Pure.

XMP is asked first, then IPTC, then EXIF: the younger standard knows every script, and the older ones are often left as
a camera made them. All of it may have been made by a stranger: it is text, cleaned and cut, or it is nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from newsroom.slugs import one_line
from newsroom.uploads import Embedded

# A packet of words is some kilobytes. Larger ones hold a program's history of the picture.
LARGEST_XMP = 512 * 1024

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "iptc": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
_RDF = f"{{{NAMESPACES['rdf']}}}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# What cameras write where a caption should stand.
_NO_CAPTION = re.compile(
    r"(olympus|sony|samsung|minolta|kodak|nikon|canon)\b.{0,24}|dcim.*|untitled|default", re.IGNORECASE
)


@dataclass(frozen=True)
class Words:
    """What a file says of its picture; '' where it says nothing. One line each, of any length."""

    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    usage: str = ""


def read(found: Embedded) -> Words:
    """Never raises: what can't be read says nothing."""
    packet = parsed_xmp(found.xmp)
    xmp: Callable[[str], str] = lambda name: _xmp(packet, name)  # noqa: E731
    iptc: Callable[[int], str] = lambda number: _iptc(found, number)  # noqa: E731
    exif: Callable[[int], str] = lambda tag: _exif(found, tag)  # noqa: E731
    creator = xmp("dc:creator") or iptc(80) or exif(0x013B)
    line = xmp("photoshop:Credit") or iptc(110)
    copyright = xmp("dc:rights") or iptc(116) or exif(0x8298)
    caption = xmp("dc:description") or iptc(120) or exif(0x010E)
    return Words(
        title=xmp("dc:title") or xmp("photoshop:Headline") or iptc(5) or iptc(105),
        alt=xmp("iptc:AltTextAccessibility"),
        caption="" if _NO_CAPTION.fullmatch(caption) else caption,
        credit=_together(creator, line, " / "),
        usage=_together(copyright, xmp("xmpRights:UsageTerms"), ". "),
    )


def _together(first: str, second: str, between: str) -> str:
    """Both, unless one says what the other says."""
    if first.casefold() in second.casefold():
        return second
    return first if second.casefold() in first.casefold() else f"{first.rstrip('.')}{between}{second}"


# --- XMP --------------------------------------------------------------------------------------------------------


def parsed_xmp(data: bytes) -> Any:
    """The root of an XMP packet, or None for what is none. Nothing is fetched, nothing is expanded; whoever brings
    a DOCTYPE, in whatever encoding, brings no words.
    """
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):  # in UTF-16 every other byte is NUL
        data = data.strip(b"\0 \r\n\t")
    if not data or len(data) > LARGEST_XMP or b"<!DOCTYPE" in data.replace(b"\0", b""):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    return None if root.getroottree().docinfo.doctype else root


def _xmp(root: Any, name: str) -> str:
    """A property's text: an attribute, an element, or the items of its list; of several languages the default one."""
    if root is None:
        return ""
    prefix, _, local = name.partition(":")
    tag = f"{{{NAMESPACES[prefix]}}}{local}"
    for description in root.iter(f"{_RDF}Description"):
        if text := one_line(description.get(tag) or ""):
            return text
        element = description.find(tag)
        if element is not None and (text := _text_of(element)):
            return text
    return ""


def _text_of(element: Any) -> str:
    languages = element.findall(f"{_RDF}Alt/{_RDF}li")
    if languages:
        best = next((one for one in languages if one.get(_LANGUAGE) == "x-default"), languages[0])
        return one_line("".join(best.itertext()))
    items = element.findall(f"{_RDF}Seq/{_RDF}li") or element.findall(f"{_RDF}Bag/{_RDF}li")
    if items:
        return ", ".join(filter(None, (one_line("".join(item.itertext())) for item in items)))
    return one_line("".join(element.itertext()))


def credit_as_xmp(credit: str) -> bytes:
    """The smallest packet that says whose picture it is, for every public file; nothing for no credit."""
    if not credit:
        return b""
    return (
        f'<x:xmpmeta xmlns:x="{NAMESPACES["x"]}"><rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">'
        f'<rdf:Description rdf:about="" xmlns:photoshop="{NAMESPACES["photoshop"]}"'
        f" photoshop:Credit={quoteattr(credit)}/></rdf:RDF></x:xmpmeta>"
    ).encode()


# --- IPTC and EXIF ----------------------------------------------------------------------------------------------


def _iptc(found: Embedded, number: int) -> str:
    return ", ".join(filter(None, (_decoded(value) for value in found.iptc.get(number, ()))))


def _exif(found: Embedded, tag: int) -> str:
    """Pillow takes its bytes for Latin 1; most programs write UTF-8."""
    value = found.exif.get(tag)
    if isinstance(value, str):
        value = value.encode("latin-1", "ignore")
    return _decoded(value) if isinstance(value, bytes) else ""


def _decoded(value: bytes) -> str:
    try:
        return one_line(value.decode())
    except UnicodeDecodeError:
        return one_line(value.decode("cp1252", "replace"))
