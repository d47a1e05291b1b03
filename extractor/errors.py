"""One family of errors (错误).

A flaw in a document is not an error: it is a :class:`extractor.model.Problem` that the reviewer sees. An error is
something this package will not or cannot do, with the place and what to do about it, in Chinese and English.
"""

from __future__ import annotations


class ExtractorError(Exception):
    """Something this package will not do.

    ``where`` is a file name, with a line, page or span where one is known; ``code`` is the stable name of the error;
    ``chinese`` and ``english`` each say what is wrong and what to do, in one line without the place.
    """

    exit_code = 1

    def __init__(self, code: str, *, where: str, chinese: str, english: str) -> None:
        super().__init__(f"{where}：{chinese} / {english}")
        self.code = code
        self.where = where
        self.chinese = chinese
        self.english = english

    def __reduce__(self) -> tuple[object, ...]:
        """Keeps the keyword arguments when an error crosses a process border."""
        return (_rebuild, (type(self), self.code, self.where, self.chinese, self.english))


def _rebuild(kind: type[ExtractorError], code: str, where: str, chinese: str, english: str) -> ExtractorError:
    return kind(code, where=where, chinese=chinese, english=english)


class ReadError(ExtractorError):
    """A file whose text cannot be read (无法读取): corrupt, encrypted, empty, image only, too large, of an unknown kind."""


class SecretError(ReadError):
    """A document with a secrecy mark (涉密标志): nothing of its text is kept."""


class DictionaryError(ExtractorError):
    """A bad row in a dictionary; ``where`` is file and line."""

    exit_code = 2


class StoreError(ExtractorError):
    """A database that is not ours, is newer than this program, is in use, or cannot be written."""

    exit_code = 2


class UsageError(ExtractorError):
    """A wrong call: a path that does not exist, an output folder that cannot be written, a missing gold document."""

    exit_code = 2
