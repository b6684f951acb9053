"""The one exception of reading an export."""


class ExportError(Exception):
    """The file cannot be imported. `str()` of it is one plain sentence for the person who chose the file.

    `message` is the sentence without its full stop, `line` the line of the file it is about, or None.
    """

    def __init__(self, message: str, line: int | None = None):
        super().__init__(message, line)
        self.message = message
        self.line = line or None

    def __str__(self) -> str:
        return f"{self.message} (line {self.line})." if self.line else f"{self.message}."
