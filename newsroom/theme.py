"""What a site changes about our look: its accent colour and its typefaces, as custom properties alone.

Nothing else can be said here, so nothing can break a page. A site with a look of its own has one stylesheet, as a site
with ours has: our rules and behind them these properties, for a second file would be one round trip more before anything is
painted. Its address holds a digest of what it says, so it is kept for ever.
"""

import hashlib
import re
from typing import TYPE_CHECKING

from newsroom import contrast, stylesheet
from newsroom.static_texts import text_of

if TYPE_CHECKING:
    from newsroom.models import SiteIdentity

# As in css/tokens.css: our accent colour, and what text in it stands on.
ACCENT = "#bd2a13"
LIGHT = ("#fdfbf6", "#f4efe4")
DARK = ("#141210", "#211e1a")
LEAST = 4.5  # of contrast, for text: WCAG 2.2, 1.4.3

STACKS = {
    "serif": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif',
    "old-style": '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, Palatino, "Book Antiqua", serif',
    "sans": 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif',
    "slab": 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif',
}


def css(site: "SiteIdentity") -> str:
    """What the site says otherwise. Empty when it has our own look."""
    both = {f"--{name}-font": STACKS.get(getattr(site, f"{name}_font"), "") for name in ("headline", "text")}
    light, dark = accents(site)
    both |= {"--mark": light, "--mark-on-paper": light}
    return _rule(both) + _dark(dark)


def accents(site: "SiteIdentity") -> tuple[str, str]:
    """The accent on light pages and on dark ones. Without a second one the first is made light enough to be read."""
    light, dark = _colour(site.accent), _colour(site.accent_dark)
    if light and not dark:
        dark = contrast.readable_on(light, DARK, LEAST)
    return light, dark


def whole(site: "SiteIdentity") -> str:
    """The stylesheet of a site with a look of its own."""
    return text_of(stylesheet.NAME) + css(site)


def address(site: "SiteIdentity") -> str:
    """Of the whole; empty when the site has our own look, which is a static file."""
    return f"/theme-{digest(whole(site))}.css" if css(site) else ""


def digest(said: str) -> str:
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def _rule(properties: dict[str, str]) -> str:
    said = ";".join(f"{name}:{value}" for name, value in properties.items() if value)
    return f"@layer theme{{:root{{{said}}}}}" if said else ""


def _dark(colour: str) -> str:
    """On dark pages, and on what is dark on all pages. On paper it is as it is on light ones."""
    if not colour:
        return ""
    always = f"@layer theme{{:root{{--mark-on-slab:{colour}}}}}"
    return f"{always}@media (prefers-color-scheme:dark){{{_rule({'--mark': colour})}}}"


def _colour(text: str) -> str:
    """Only what is a colour gets into a stylesheet, whatever path it came by."""
    return text.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else ""
