"""Plain text and Markdown (.txt, .md): the decoded bytes as they are, with the tables typed into them."""

from __future__ import annotations

import hashlib

from extractor.errors import ReadError
from extractor.model import Document, Table
from extractor.readers import barred_tables, encoding, failures, stacked_tables, typed_tables


def read(data: bytes, name: str) -> Document:
    """The text of ``data``, byte-order mark removed, line ends kept. Raises ``ReadError``."""
    decoded = encoding.decode(data)
    if decoded is None:
        if not any(b >= 0x80 for b in data[:100_000]):
            raise failures.no_chinese(name)
        raise ReadError(
            "encoding_unknown",
            where=name,
            chinese="文字编码无法识别，请用原来的软件另存为 UTF-8",
            english="the encoding of the text is unknown; save it as UTF-8",
        )
    return Document(
        name=name,
        media_type="text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
        text=decoded.text,
        encoding=decoded.encoding,
        tables=_tables(decoded.text),
        problems=decoded.problems,
    )


def _tables(text: str) -> tuple[Table, ...]:
    typed = (*typed_tables.find(text), *barred_tables.find(text))
    stacked = [table for table in stacked_tables.find(text) if not any(table.span.meets(t.span) for t in typed)]
    return tuple(sorted((*typed, *stacked), key=lambda table: table.span))
