"""What a conversion asks its surroundings, and the last step of it: asking for the pictures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from articles.wordpress.content.output import Block, Gallery, Image, one_block_per_line
from articles.wordpress.content.pictures import ImageRef
from articles.wordpress.export.records import Attachment


def _same(url: str) -> str:
    return url


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversion of a body asks its surroundings.

    `image` gives our id for a picture, or None if there is no such picture; `link` gives the address a link
    should have with us. `attachments` lends galleries their captions, and pictures their alt text where the
    post has none; `attached` are the attachments of this post, for a `[gallery]` without ids; `footnotes` is
    its meta field of that name.
    """

    image: Callable[[ImageRef], int | None]
    link: Callable[[str], str] = _same
    attachments: Mapping[int, Attachment] = field(default_factory=dict)
    attached: tuple[int, ...] = ()
    footnotes: str = ""


class Resolved:
    """The blocks of a body with their pictures asked for: what is missing is left out."""

    def __init__(self, blocks: Iterable[Block], context: Context):
        self._context = context
        self.images: list[ImageRef] = []
        self.missing: list[ImageRef] = []
        self.html = one_block_per_line(filter(None, map(self._written, blocks)))

    def _written(self, block: Block) -> str:
        if isinstance(block, Gallery):
            figures = "".join(map(self._figure, block.images))
            return f'<section data-gallery="grid">{figures}</section>' if figures else ""
        return self._figure(block) if isinstance(block, Image) else str(block)

    def _figure(self, image: Image) -> str:
        ref = image.reference(self._context.attachments)
        self.images.append(ref)
        image_id = self._context.image(ref)
        if image_id is None:
            self.missing.append(ref)
            return ""
        return image.figure(image_id, ref.alt)
