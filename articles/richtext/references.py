"""Which numbers a stored body names, without parsing it: our own sanitiser wrote it, so its attributes are regular."""

import re

_IMAGE = re.compile(r'<figure [^>]*data-image="([1-9]\d{0,17})"')


def image_ids(html: str) -> set[int]:
    """The pictures in a sanitised body. Linear, some microseconds."""
    return {int(number) for number in _IMAGE.findall(html)}
