"""Languages as the web writes them: en-GB, zh-Hant, where the settings say en-gb, zh-hant."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language_info

# Of languages that Django has no words for, those that are written from right to left.
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"}


@lru_cache(maxsize=256)
def tag_of(language: str) -> str:
    """The tag after BCP 47; of the site's own language for ''."""
    first, *rest = (language or settings.LANGUAGE_CODE).replace("_", "-").split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)])


@lru_cache(maxsize=256)
def direction_of(language: str) -> str:
    """"rtl" or "ltr"; of a language that nobody knows, as most are written."""
    code = tag_of(language).lower()
    try:
        is_rtl = bool(get_language_info(code)["bidi"])
    except KeyError:
        is_rtl = bool({code, code.partition("-")[0]} & _RIGHT_TO_LEFT)
    return "rtl" if is_rtl else "ltr"
