"""What stands in a page's <head>: for browsers, search engines, and whoever shares its address. See docs/metadata.md."""

from .head import Crumb, Head
from .lists import head_of_author, head_of_home, head_of_list
from .preview import head_of_preview
from .published import head_of_article

__all__ = [
    "Crumb",
    "Head",
    "head_of_article",
    "head_of_author",
    "head_of_home",
    "head_of_list",
    "head_of_preview",
]
