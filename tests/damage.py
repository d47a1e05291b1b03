"""Makes annotated copies with byte damage out of sound text, the way web copies come about.

The text becomes traditional, one form a character, in GBK; for each character of a table its two bytes are replaced by
themselves and ``(pinyin)`` at any byte offset; junk put before the bytes of ， 、 ！ ？ ； (here at some of them) is taken
away after decoding; a lead byte before an ASCII byte below 0x40 is one ``?``; undefined pairs vanish; full-width ASCII
becomes half width.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from extractor.normalise.script import traditional_character

_ANNOTATED = """
業:yè 縣:xiàn 鄉:xiāng 環:huán 數:shù 們:men 農:nóng 產:chǎn 發:fā 設:shè 計:jì 劃:huà 實:shí 進:jìn 級:jí 創:chuàng
協:xié 調:diào 經:jīng 驗:yàn 標:biāo 規:guī 導:dǎo 動:dòng 務:wù 項:xiàng 強:qiáng 組:zǔ 織:zhī 長:zhǎng 對:duì 機:jī 關:guān
領:lǐng 責:zé 單:dān 統:tǒng 點:diǎn 類:lèi 準:zhǔn 確:què 際:jì 構:gòu 議:yì 讓:ràng 記:jì 認:rèn 識:shí 護:hù 資:zī 評:píng
輔:fǔ 檢:jiǎn 查:chá 時:shí 間:jiān 區:qū 鎮:zhèn 應:yīng 當:dāng 該:gāi 個:gè 隊:duì 內:nèi 冊:cè 範:fàn 堅:jiān 驅:qū 聯:lián
績:jì 獎:jiǎng 專:zhuān 職:zhí 無:wú 為:wèi 門:mén 運:yùn 營:yíng 質:zhì 優:yōu 勢:shì 態:tài
"""
#: Characters that such sites annotate.
TABLE = {entry[0]: entry[2:] for entry in _ANNOTATED.split()}
_JUNK_BEFORE = ("，", "、", "！", "？", "；")


def traditional(text: str) -> str:
    """One traditional form a character, where GBK has it."""
    out = []
    for character in text:
        form = traditional_character(character)
        try:
            form.encode("gbk")
        except UnicodeEncodeError:
            form = character
        out.append(form)
    return "".join(out)


def damaged(text: str, seed: int = 0, table: Mapping[str, str] = TABLE, share: float = 0.5) -> str:
    """The damaged copy of traditional ``text`` (one that GBK can write); ``share`` of the marks get junk before them."""
    chance = random.Random(seed)
    return "\n".join(_line(line, table, chance, share) for line in text.split("\n"))


def _line(line: str, table: Mapping[str, str], chance: random.Random, share: float) -> str:
    data = line.encode("gbk")
    for character, reading in table.items():
        code = character.encode("gbk")
        data = data.replace(code, code + f"({reading})".encode("gbk"))
    for mark in _JUNK_BEFORE:
        code = mark.encode("gbk")
        parts = data.split(code)
        joined = parts[0]
        for part in parts[1:]:
            joined += (b"\x01" if chance.random() < share else b"") + code + part
        data = joined
    return _decoded(data)


def _decoded(data: bytes) -> str:
    out = []
    at = 0
    while at < len(data):
        first = data[at]
        if first < 0x80:
            out.append("" if first == 1 else chr(first))
            at += 1
            continue
        if at + 1 >= len(data):
            out.append("?")
            break
        second = data[at + 1]
        at += 2
        if second < 0x40:
            out.append("?")
            continue
        try:
            character = bytes((first, second)).decode("gbk")
        except UnicodeDecodeError:
            continue
        if character == "\u3000":
            continue
        out.append(chr(ord(character) - 0xFEE0) if "\uff01" <= character <= "\uff5e" else character)
    return "".join(out)
