"""Words for a post that has none of its own: a headline, an excerpt. All plain text."""

import html
import re

from articles.wordpress.body import Context, convert

_NO_PICTURES = Context(image=lambda ref: None)
_TEASER = re.compile(r"<!--\s*more\b.*?-->", re.DOTALL)
_TEXT_BLOCK = re.compile(r"<(p|h2|h3|li)>(.*?)</\1>", re.DOTALL)
_NOTE = re.compile(r'<span data-footnote="">.*?</span>')
_SENTENCE_END = re.compile("[.!?…\u3002\uff01\uff1f][\"'”\u2019»)]*(?=\\s|$)")
# Enough for any headline or excerpt; a novel need not be converted for its first words.
_ENOUGH = 20_000


def plain_text(content: str) -> str:
    """The text of some WordPress content (a post, an excerpt, a caption), one block a line."""
    body = _NOTE.sub("", convert(content, context=_NO_PICTURES).html)
    blocks = (
        " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", _joined(text))).split())
        for _, text in _TEXT_BLOCK.findall(body)
    )
    return "\n".join(filter(None, blocks))


def plain_excerpt(content: str, limit: int = 300) -> str:
    """What stands before the "more" tag, else the first paragraph; cut at a word, "" if there is no text."""
    teaser = _TEASER.split(content, maxsplit=1)
    text = plain_text(teaser[0][:_ENOUGH])
    if len(teaser) == 1 or not text:
        text = plain_text(content[:_ENOUGH]).partition("\n")[0]
    return shortened(text.replace("\n", " "), limit)


def headline_from(content: str, limit: int = 80) -> str:
    """A headline for a post without title: its first sentence if that is short, else its first words."""
    first = plain_text(content[:_ENOUGH]).partition("\n")[0]
    end = _SENTENCE_END.search(first)
    sentence = first[: end.end()] if end else first
    return shortened(sentence, limit).removesuffix(".")


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words and with an ellipsis if it was cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:\u2013\u2014-") + "…"


def _joined(text: str) -> str:
    # Marks stand inside words ("<em>un</em>do"), breaks between them.
    return re.sub(r"</?(?:a|strong|em|s|sub|sup|code)(?:\s[^<>]*)?>", "", text)
