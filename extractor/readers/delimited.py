"""Task tables as text (.csv, .tsv): one table, the encoding told as for plain text."""

from __future__ import annotations

import csv
import io

from extractor.model import Document
from extractor.readers import encoding, failures, plain, sniffing
from extractor.readers.build import TextBuilder
from extractor.readers.sheets import Sheet, write_sheet

SAMPLE = 20_000


def read(data: bytes, name: str) -> Document:
    """The table in ``data``; text that is no table after all is read as plain text. Raises ``ReadError``."""
    decoded = encoding.decode(data)
    if decoded is None:
        raise failures.corrupt(name, "CSV")
    head = decoded.text[:SAMPLE]
    delimiter = max(("\t", ",", ";"), key=head.count)
    sheet = Sheet("")
    try:
        for r, row in enumerate(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter)):
            for c, text in enumerate(row):
                if text.strip():
                    sheet.cells[r, c] = text
    except csv.Error:
        return plain.read(data, name)
    builder = TextBuilder()
    write_sheet(sheet, builder)
    for problem in decoded.problems:
        builder.problem(problem.code, problem.message)
    kind = sniffing.TSV if delimiter == "\t" else sniffing.CSV
    return builder.document(data, name, kind, encoding=decoded.encoding)
