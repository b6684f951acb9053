"""Lines of the log: an address or a host can be 100 KB long, and who asks for it again and again shall not fill the disk."""

import logging

LONGEST = 2_000  # characters


class ShortLines(logging.Formatter):
    """Cuts each line, those of a traceback, too, and says so."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(_short(line) for line in super().format(record).split("\n"))


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}… ({len(line):,} characters)"
