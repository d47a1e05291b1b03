"""Readers (读取): bytes to a Document, one module a format.

A reader writes everything printed, in reading order, and only marks what it knows about it; it removes nothing. The
format is told by the first bytes, not by the suffix, which only breaks ties.

``read`` and ``read_bytes`` give one :class:`extractor.model.Document`; ``read_all`` gives those of an archive as well.
All of them raise :class:`extractor.errors.ReadError` for what cannot be read, and
:class:`extractor.errors.SecretError` for a document with a secrecy mark, before anything of its text is kept.
"""

from __future__ import annotations

from extractor.readers.annexes import attached, digest, joined, label_of, speaks_of_annex, text_speaks_of_annex
from extractor.readers.candidates import Candidate, is_notice_candidate
from extractor.readers.dispatch import read, read_all, read_archive, read_bytes, read_pictures, read_stream
from extractor.readers.doctor import OptionalReader, readers_available
from extractor.readers.sniffing import sniff

__all__ = [
    "Candidate",
    "OptionalReader",
    "attached",
    "digest",
    "is_notice_candidate",
    "joined",
    "label_of",
    "read",
    "read_all",
    "read_archive",
    "read_bytes",
    "read_pictures",
    "read_stream",
    "readers_available",
    "sniff",
    "speaks_of_annex",
    "text_speaks_of_annex",
]
