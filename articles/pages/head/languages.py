"""Languages as the web writes them: en-GB, zh-Hant, where the settings say en-gb, zh-hant."""

from functools import lru_cache

from django.conf import settings


@lru_cache(maxsize=256)
def tag_of(language: str) -> str:
    """The tag after BCP 47; of the site's own language for ''."""
    first, *rest = (language or settings.LANGUAGE_CODE).replace("_", "-").split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)])
