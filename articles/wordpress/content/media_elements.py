"""What the elements of pictures, players and frames mean."""

from articles.wordpress.content import embeds, links, pictures
from articles.wordpress.content.figures import Figure, Pictures
from articles.wordpress.content.output import Embed, Image
from articles.wordpress.content.reader import Attributes, Handler, Reader, Undo


def _figure(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    classes = attributes.get("class") or ""
    if pictures.is_gallery(classes) and not reader.writer.within("gallery"):
        return reader.open(Pictures())
    around = reader.writer.nearest("figure", "gallery")
    if isinstance(around, Figure):
        around.align = around.align or pictures.alignment(classes)
        return reader.boundary()
    figure = Figure(align=pictures.alignment(classes))
    figure.is_pull_quote = "wp-block-pullquote" in classes
    return reader.open(figure)


def _image(reader: Reader, tag: str, attributes: Attributes) -> None:
    writer = reader.writer
    of_block = reader.markers.image_id()
    url = pictures.address(attributes)
    alt = " ".join((attributes.get("alt") or "").split())
    if pictures.is_emoji(attributes, url):
        writer.text(alt)
    elif pictures.is_pixel(attributes):
        writer.notes.append("counting pixel")
    elif url.lower().startswith("data:"):
        writer.notes.append("picture inside the text (data:)")
    elif (number := pictures.attachment_id(attributes) or of_block) or links.safe(url):
        writer.media(Image(number, url, alt, pictures.alignment(attributes.get("class") or "")))
    else:
        writer.notes.append("picture without address")


def _iframe(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    url = pictures.address(attributes)
    if found := embeds.match(url):
        reader.writer.media(Embed(*found))
        return reader.drop(tag)
    return reader.drop(tag, f"iframe: {links.host(url) or 'without address'}")


def _object(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    """Flash players and the like: the address of what we can embed is somewhere in their parameters."""
    if "wp-block-file__embed" in (attributes.get("class") or ""):
        return reader.drop(tag)
    seen = [attributes.get("data") or attributes.get("src") or ""]

    def watch(tag: str, attributes: Attributes) -> None:
        seen.append(attributes.get("src") or attributes.get("value") or "")

    def finish() -> None:
        if found := next(filter(None, map(embeds.match, seen)), None):
            reader.writer.media(Embed(*found))
        else:
            reader.writer.notes.append("object")

    if tag == "embed":  # has no content, but the parser does not know that
        finish()
        return None
    return reader.drop(tag, watch=watch, then=finish)


def _player(reader: Reader, tag: str, attributes: Attributes) -> Undo | None:
    seen = [attributes.get("src") or ""]

    def watch(tag: str, attributes: Attributes) -> None:
        if tag == "source":
            seen.append(attributes.get("src") or "")

    def finish() -> None:
        reader.markers.file_link(next(filter(None, seen), ""), tag)

    return reader.drop(tag, watch=watch, then=finish)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("object", "embed", "applet"), _object),
    **dict.fromkeys(("audio", "video"), _player),
    "figure": _figure,
    "iframe": _iframe,
    "img": _image,
}
