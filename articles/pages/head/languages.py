"""Languages as the web writes them: en-GB, zh-Hant, where the settings say en-gb, zh-hant."""

from functools import lru_cache

from django.conf import settings

# Django knows those that it is translated into.
_RIGHT_TO_LEFT = {language.partition("-")[0] for language in settings.LANGUAGES_BIDI} | {"dv", "ps", "sd", "yi"}


@lru_cache(maxsize=256)
def tag_of(language: str) -> str:
    """The tag after BCP 47; of the site's own language for ''."""
    first, *rest = (language or settings.LANGUAGE_CODE).replace("_", "-").split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)])


def direction_of(language: str) -> str:
    """`rtl` or `ltr`; of the site's own language for ''."""
    first, *rest = tag_of(language).split("-")
    return "rtl" if first in _RIGHT_TO_LEFT and "Latn" not in rest else "ltr"
