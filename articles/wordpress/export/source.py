"""The bytes of an export file, made fit for the XML parser: unpacked, decoded, mended, as a stream."""

import codecs
import gzip
import io
import os
import zlib
from typing import Self

from articles.wordpress.export.errors import ExportError
from articles.wordpress.export.mending import Mender
from articles.wordpress.export.sniffing import HEAD, encoding_of, refuse_other_text

PIECE = 65_536


class Source:
    """A file-like object: `read()` gives clean UTF-8 XML, whatever encoding and compression the file has.

    Constant memory. Raises ExportError for what is no XML at all or has a DOCTYPE, OSError as `open` does.
    """

    def __init__(self, path: str | os.PathLike[str]):
        self._file = _opened(path)
        self._head = b""
        self._mender = Mender()
        self._ended = False
        self._tail = b""
        try:
            self._head = self._read_head()
            encoding = encoding_of(self._head)
            start = codecs.getincrementaldecoder(encoding)("ignore").decode(self._head)
            refuse_other_text(start)
            self._encoding = "utf-8" if encoding == "utf-8-sig" else encoding
            self._decoder = codecs.getincrementaldecoder(encoding)("strict")
            self._lines = 1
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def atom_declared(self) -> bool:
        """Whether `atom:` had to be declared for the file."""
        return self._mender.atom_declared

    def repairs(self) -> tuple[str, ...]:
        return self._mender.repairs()

    def read(self, size: int = -1) -> bytes:
        """The next piece, of any length; b"" at the end only."""
        while not self._ended:
            raw, self._head = (self._head, b"") if self._head else (self._unpacked(PIECE), b"")
            self._ended = not raw
            if clean := self._mender.feed(self._decoded(raw), final=self._ended):
                self._tail = (self._tail + clean)[-100:]
                return clean
        return b""

    def ends_at(self, line: int) -> bool:
        """Whether the file just stops in this line, before its last end tag. To be asked after an error."""
        return self._ended and line >= self._lines and not self._tail.rstrip().endswith(b"</rss>")

    def _read_head(self) -> bytes:
        head = b""
        while len(head) < HEAD and (more := self._unpacked(HEAD - len(head))):
            head += more
        return head

    def _unpacked(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except EOFError:
            raise ExportError("The compressed file is cut off; export or upload it again") from None
        except (gzip.BadGzipFile, zlib.error):
            raise ExportError("The compressed file is damaged; export or upload it again") from None

    def _decoded(self, raw: bytes) -> bytes:
        try:
            text = self._decoder.decode(raw, not raw)
        except UnicodeDecodeError as error:
            if not raw:
                raise ExportError("The file is cut off; export or upload it again", self._lines) from None
            good = error.object[: error.start].decode(self._encoding, "ignore")
            raise ExportError(
                f"A character is not valid {self._encoding.upper()}, the encoding the file claims to have",
                self._lines + good.count("\n"),
            ) from None
        self._lines += text.count("\n")
        return text.encode("utf-8")


def _opened(path: str | os.PathLike[str]) -> io.BufferedIOBase:
    file = open(path, "rb")  # noqa: SIM115 - closed by Source.close
    return _Gzip(file) if file.peek(2)[:2] == b"\x1f\x8b" else file  # by its first bytes: names lie


class _Gzip(gzip.GzipFile):
    """A GzipFile that also closes the file it reads from."""

    def __init__(self, file: io.BufferedReader):
        super().__init__(fileobj=file)
        self._packed = file

    def close(self) -> None:
        super().close()
        self._packed.close()
