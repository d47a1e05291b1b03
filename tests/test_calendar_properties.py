"""What holds for every text: the calendar never raises, never overlaps and never takes long."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.calendar import counted, find, grammar, resolve
from extractor.calendar.words import acts, feasts
from extractor.lexicon import load

WORDS = [
    "年",
    "月",
    "日",
    "底",
    "前",
    "起",
    "至",
    "到",
    "-",
    "—",
    "~",
    "每",
    "一",
    "二",
    "三",
    "十",
    "半",
    "季度",
    "周",
    "旬",
    "内",
    "以内",
    "后",
    "左右",
    "时间",
    "自",
    "印发之日",
    "个",
    "工作日",
    "20xx",
    "2023",
    "2",
    "12",
    "30",
    "今",
    "明",
    "本",
    "下",
    "初",
    "末",
    "中",
    "上半",
    "期间",
    "“十四五”",
    "国庆节",
    "春节",
    "民国",
    "〇",
    "，",
    "、",
    "。",
    "（",
    "）",
    "为",
    "完成",
    "各",
    "按",
    "逐",
    "调度",
    "一次",
    "最迟",
    "不得超过",
    ".",
    "/",
    ":",
    "学年",
    "财政年度",
    "号",
    "天",
    "小时",
    "近",
    "未来",
    "\n",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map("".join) | st.text(max_size=60)

HOSTILE = [
    "一二三四五六七八九十", "2023.1.2-", "每年每月每日", "每年每月每日上午下午", "1月1日、2月2日、", "2023年", "十", "3-5-", "2021-", "2023年3月-", "x",
    "20xx年", "起", "自印发之日起", "目录更新后3天后", "每三十", "年底前", "一月一", "半年", "前三", "100天", "0", "1,000,", "至到", "——", "2018年、",
    "1日、2日、3日、", "民国一百", "近", "3个半月又", "每 ", "“十四五”", "12/1", "三月和", "从自由", "二〇", "2023年1月1日起至", "以上工作", "的，", "（", " ", "\t",
]  # fmt: skip


@given(TEXTS, st.sampled_from(["CN", "TW", "HK", "MO"]))
@settings(max_examples=300, deadline=None)
def test_never_raises_and_never_overlaps(text: str, region: str) -> None:
    end = 0
    for e in find(text, region=region, lexicon=load()):
        assert end <= e.span.start <= e.core.start < e.core.end <= e.span.end <= len(text)
        end = e.span.end
        for year, issued_on in ((None, None), ("2023", "2023-03-16"), ("20XX", None), ("9999", "9999-12-31")):
            r = resolve(e, year, issued_on, load())
            assert r.starts_on is None or r.ends_on is None or r.starts_on <= r.ends_on
            assert not (r.edtf and r.ends_on)
        if e.length is not None:
            later = counted(e.length, date(2023, 3, 16))
            assert e.length.iso.startswith("P") and (later is None or later >= date(2023, 3, 16))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_line_end_parts_texts(text: str) -> None:
    """What is read in a line does not depend on the lines after it."""
    line = text.replace("\n", "")
    alone = [(e.span, e.kind) for e in find(line)]
    assert [(e.span, e.kind) for e in find(line + "\n\n。") if e.span.end <= len(line)] == alone


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_lines_are_quick(shape: str) -> None:
    """400 characters in under 50 ms; the first call compiles the patterns and is not counted."""
    find("到2023年底", lexicon=load())
    line = (shape * 400)[:400]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        find(line, lexicon=load())
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


TAILS = (
    "",
    "年",
    "月",
    "日",
    "季度末",
    "个月内",
    "3月",
    "30天",
    "五期间",
    "于30天",
    "年底前",
    "之日起",
    "节前",
    "来2个月",
)


def test_what_opens_a_few_words_only_is_followed_by_nothing_else() -> None:
    known = acts(load()), tuple(sorted(feasts(load())))
    pattern, seconds = grammar.scan_pattern("CN", *known), grammar.seconds(*known)
    signs = {sign for sign in pattern.pattern if not sign.isascii()} | set("0123456789 -/.\t")
    for first, after in seconds.items():
        for second in signs - after:
            assert not any(pattern.match(first + second + tail) for tail in TAILS), first + second
