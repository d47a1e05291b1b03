"""``dictionaries/`` as checked, frozen objects (词典).

A dictionary is a CSV file in UTF-8 with a header row, one row a word, each row with its ``source``. A module that needs
one declares a frozen dataclass whose fields are the columns it reads (all ``str``; a field with a default may be left
out of the file). A user's own folder is laid over the shipped one: its rows come first.

This is the only reader of those files; a bad row raises :class:`extractor.errors.DictionaryError` naming file and line.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Hashable, Iterable
from dataclasses import MISSING, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from extractor.errors import DictionaryError

Row = TypeVar("Row")
Value = TypeVar("Value")

OVERLAY_VARIABLE = "EXTRACTOR_DICTIONARIES"


def shipped_folder() -> Path:
    """The folder of the dictionaries that come with the program: in a checkout, else inside the installed package."""
    here = Path(__file__).resolve().parent
    packaged = here / "_dictionaries"
    return packaged if packaged.is_dir() else here.parent / "dictionaries"


class Lexicon:
    """The dictionaries of one run, read lazily and once."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self._rows: dict[tuple[str, type], tuple[Any, ...]] = {}
        self._derived: dict[Hashable, Any] = {}

    def rows(self, name: str, kind: type[Row]) -> tuple[Row, ...]:
        """The rows of ``name``.csv as objects of ``kind``, the user's first."""
        key = (name, kind)
        if key not in self._rows:
            out: list[Row] = []
            seen = False
            for folder in self.folders:
                path = folder / f"{name}.csv"
                if path.is_file():
                    seen = True
                    out += _read(path, kind)
            if not seen:
                raise DictionaryError(
                    "dictionary_missing",
                    where=f"{name}.csv",
                    chinese="缺少这个词典文件，请重新安装程序",
                    english="this dictionary is missing; install the program again",
                )
            self._rows[key] = tuple(out)
        return self._rows[key]

    def derived(self, key: Hashable, build: Callable[[Lexicon], Value]) -> Value:
        """What ``build`` makes of this lexicon (a compiled pattern, an index), made once for each ``key``."""
        try:
            return self._derived[key]  # type: ignore[no-any-return]
        except KeyError:  # asked thousands of times and missing once
            pass
        made = self._derived[key] = build(self)
        return made


def _read(path: Path, kind: type[Row]) -> list[Row]:
    columns = fields(kind)  # type: ignore[arg-type]
    needed = {c.name for c in columns if c.default is MISSING and c.default_factory is MISSING}
    out: list[Row] = []
    with io.StringIO(_text(path), newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            header = [h.strip() for h in reader.fieldnames or ()]
        except csv.Error as error:
            raise _malformed(path, 1, error) from error
        missing = needed - set(header)
        if missing:
            raise _bad(
                path, 1, f"缺少列：{'、'.join(sorted(missing))}", f"missing columns: {', '.join(sorted(missing))}"
            )
        reader.fieldnames = header
        try:
            for record in reader:
                line = reader.line_num
                if None in record or any(v is None for v in record.values()):
                    raise _bad(path, line, "这一行的列数与表头不符", "the row has not as many cells as the header")
                values = {k: v.strip() for k, v in record.items() if k is not None and v is not None}
                if not any(values.values()):
                    continue
                empty = [c.name for c in columns if c.name in needed and not values.get(c.name)]
                if empty:
                    raise _bad(path, line, f"{empty[0]} 一列不能为空", f"column {empty[0]} must not be empty")
                out.append(kind(**{c.name: values[c.name] for c in columns if c.name in values}))
        except csv.Error as error:
            raise _malformed(path, reader.line_num, error) from error
    return out


def _text(path: Path) -> str:
    """A dictionary's text: UTF-8, or GB18030 as Excel saves a .csv on a Chinese Windows."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _bad(
        path,
        1,
        "既不是 UTF-8 也不是 GBK 编码，请另存为 UTF-8 的 CSV",
        "neither UTF-8 nor GB18030: save it as UTF-8 CSV",
    )


def _malformed(path: Path, line: int, error: csv.Error) -> DictionaryError:
    return _bad(path, line, f"不是合格的 CSV（多为引号没有成对）：{error}", f"not a well-formed CSV: {error}")


def _bad(path: Path, line: int, chinese: str, english: str) -> DictionaryError:
    return DictionaryError("dictionary_row", where=f"{path.name}:{line}", chinese=chinese, english=english)


@lru_cache(maxsize=8)
def load(overlay: Path | None = None) -> Lexicon:
    """The shipped dictionaries, with ``overlay`` (or the folder named by EXTRACTOR_DICTIONARIES) laid over them."""
    named = overlay or (Path(os.environ[OVERLAY_VARIABLE]) if os.environ.get(OVERLAY_VARIABLE) else None)
    folders = [shipped_folder()]
    if named is not None:
        if not named.is_dir():
            raise DictionaryError(
                "dictionary_folder",
                where=str(named),
                chinese="自备词典的文件夹不存在",
                english="the folder of own dictionaries does not exist",
            )
        folders.insert(0, named)
    return Lexicon(folders)
