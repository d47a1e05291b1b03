"""The door to jieba: loaded late, and its words joined are the text."""

from __future__ import annotations

import subprocess
import sys

from extractor import words


def test_cut_loses_nothing() -> None:
    text = "到2025年底前完成，国家发展改革委牵头。"
    assert "".join(words.cut(text)) == text
    assert words.frequencies()["农村"] > 0
    assert words.total() > 1_000_000


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, extractor.normalise, extractor.words; sys.exit('jieba' in sys.modules or 'opencc' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
