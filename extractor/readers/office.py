"""Files that only LibreOffice reads (旧格式): saved as .docx in a folder of their own, then read as such."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path, PurePath

from extractor.model import Document
from extractor.readers import docx, failures, programs, sniffing

TIMEOUT = 120
"""Seconds for one file; a file of usual size takes two."""


def read(data: bytes, name: str) -> Document:
    """The text of a file by way of LibreOffice. Raises ``ReadError`` where it is not installed or cannot read it."""
    office = programs.libreoffice()
    if office is None:
        advice = (
            "请安装 LibreOffice（见 extractor doctor），或另存为 .docx",
            "install LibreOffice (see extractor doctor) or save it as .docx",
        )
        raise failures.unsupported(name, "这种旧格式的文档", "this old format of document", advice=advice)
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        source = Path(folder) / f"source{PurePath(name).suffix.lower() or '.doc'}"
        source.write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            str(Path(folder) / "out"),
            str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
            converted = (Path(folder) / "out" / "source.docx").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise failures.corrupt(name, PurePath(name).suffix.lstrip(".").upper() or "Office") from error
    return replace(
        docx.read(converted, name), media_type=sniffing.sniff(data, name), sha256=hashlib.sha256(data).hexdigest()
    )
