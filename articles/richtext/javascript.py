"""Our patterns for the browser, so that the editor knows an address by the same rule as the sanitiser."""

import re

# What the two languages read alike, given the flag "u" there and re.ASCII here, once the differences below are gone.
_ONLY_PYTHON = re.compile(r"\\[AZ]|(?<!\[)(?<!\[\^)\\s|\(\?P[=>]|\(\?[#aiLmsux(]|[*+?}]\+|\(\?>")
_NEEDLESS_ESCAPE = re.compile(r"""\\(["'/\-<>=&@#%:;, ])""")


def javascript_source(pattern: re.Pattern[str]) -> str:
    """The source of a JavaScript RegExp (flag "u") that matches what `pattern.fullmatch` does.

    Raises ValueError for what the two don't have in common, so that nobody finds it out from a reader.
    """
    source = pattern.pattern
    if not pattern.flags & re.ASCII or pattern.flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE):
        raise ValueError(f"Only re.ASCII and no other flag: {source}")
    if unknown := _ONLY_PYTHON.search(source):
        raise ValueError(f"JavaScript has no {unknown[0]!r}: {source}")
    source = source.replace("(?P<", "(?<")
    source = source.replace(r"\s", r" \t\n\r\f\v")  # only within brackets: JavaScript's own knows more spaces
    source = _NEEDLESS_ESCAPE.sub(lambda match: r"\-" if match[1] == "-" else match[1], source)
    return f"^(?:{source})$"
