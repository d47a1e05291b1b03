"""Numbers and dates of papers (发文字号、成文日期)."""

from __future__ import annotations

import re

import regex

from extractor.segment import labels

# 插办发〔2023〕13号    沪府办规〔2025〕15号    国发[2015]43号    青农计（种植）〔2024〕6号
NUMBER = regex.compile(
    r"(?P<number>[\u4e00-\u9fffXxＸ×#]{1,16}(?:（[\u4e00-\u9fff]{1,8}）)?[ ]?[〔\[（【][ ]?(?:(?:19|20)\d{2}|20[xX×*]{2}|[xX×*]{4})[ ]?[〕\]）】][ ]?第?[ ]?(?:\d{1,4}|[xX×#*]{1,3})[ ]?号)"
)
# 文号：青医保发〔2022〕7号    （青发改农〔2022〕41号）    特急  青应急明电〔2025〕4号
NUMBER_LINE = regex.compile(
    rf"(?:(?:特急|加急|平急|特提)[ ]*)?(?:文[ ]*号|发文字号|字号)?[： ]*{NUMBER.pattern}(?:[ ]*签发人：.*)?|（{NUMBER.pattern.replace('P<number>', 'P<bracketed>')}）"
)
# 石政发〔2021〕30号 石桥乡2021年爱国卫生运动实施方案
NUMBER_AND_TITLE = regex.compile(rf"{NUMBER.pattern}[ ]+(?P<title>[^。；]{{6,60}})")
# 石桥乡2021年重点工作任务（石政发〔2021〕3号）
TITLE_AND_NUMBER = regex.compile(rf"(?P<title>[^。；：]{{6,80}}?)[ ]?（{NUMBER.pattern}）")
# 府農務字第1120012345號
TAIWAN_NUMBER = regex.compile(r"发文字号[：: ]*(?P<number>[\u4e00-\u9fff]{1,12}字第\d{4,12}号)")
# 青環區民政事務處通告第8/2024號
CIRCULAR = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,24}?)"
    r"(?P<number>(?:通告|公告|通函|令|批示)(?:第)?[ ]?\d{1,4}(?:/\d{4})?[ ]?号|第[ ]?\d{1,4}/\d{4}[ ]?号.{0,6}(?:批示|公告))"
)
# 〔2024〕第21期: the issue of a paper that comes out time and again (会议纪要、简报), counted by the year
ISSUE_OF_YEAR = regex.compile(r"[（]?(?P<number>〔(?:19|20)\d{2}〕[ ]?(?:第?[ ]?\d{1,4}[ ]?期|\d{1,4}[ ]?号))[）]?")
# （第5期）    2024年第3期: the issue alone is no 发文字号
BARE_ISSUE = regex.compile(r"[（]?(?:(?:19|20)\d{2}年[ ]?|总)?第[ ]?\d{1,4}[ ]?期[）]?")
# 荔灣區議會文件第17/2025號
COUNCIL_PAPER = regex.compile(r"(?P<number>[\u4e00-\u9fff]{2,20}文件第?[ ]?\d{1,4}/\d{2,4}[ ]?号)")
_YEAR = (
    r"(?:(?:19|20)\d{2}|20[xX×*]{2}|[xX×*]{4}|[二一][〇○O零一二三四五六七八九]{3}|中华民国[ ]?\d{2,3}|民国[ ]?\d{2,3})"
)
_MONTH_DAY = r"[ ]?年[ ]?(?:\d{1,2}|[xX×*]{1,2}|[一二三四五六七八九十]{1,2})[ ]?月[ ]?(?:\d{1,2}|[xX×*]{1,2}|[一二三四五六七八九十]{1,3})[ ]?日"
DATE = rf"(?P<date>{_YEAR}{_MONTH_DAY})"
# 中華民國113年2月27日府工水字第1130021456號函訂定: of several such lines the last is in force
ENACTED = regex.compile(
    rf"{DATE}[ ]?(?P<number>[\u4e00-\u9fff]{{1,14}}字第\d{{4,12}}号)(?:函|令)?[\u4e00-\u9fff]{{0,16}}"
)
PASSED = regex.compile(rf"（{DATE}[^（）。；]{{2,40}}通过）")  # （2026年4月28日村民代表会议通过） below a title
DATE_LINE = re.compile(rf"[（]?{DATE}[）]?(?:印发)?")
# 2023/9/30 under a signature
FIGURE_DAY = regex.compile(r"(?:19|20)\d{2}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2}")
# 9月1日 under a signature: a day of issue without its year
BARE_DAY = regex.compile(r"\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日")
SIGNED_LINE = regex.compile(
    rf"(?P<issuer>[^，。；：]{{3,40}}?)[ ]+{DATE}(?:[ ]*(?:关[ ]*键[ ]*词|主[ ]*题[ ]*词)[：:].*)?"
)
# 中共青溪县委办公室　　2024年4月19日    县防汛办编　　2024年7月2日: who brings an issue out, and when
MASTHEAD = regex.compile(rf"(?P<issuer>[^，。；：\s]{{3,40}}?)(?:[ ]?编印?)?[ ]+{DATE}(?:[ ]?印发)?")
# 2024-03-15    2024/3/15    2024.03.15: as the table of a government site writes the day of issue
_DATE_IN_FIGURES = regex.compile(r"(?P<year>(?:19|20)\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_DATE_PARTS = regex.compile(r"(?P<year>.+?)[ ]?年[ ]?(?P<month>.+?)[ ]?月[ ]?(?P<day>.+?)[ ]?日")
_REPUBLIC_YEAR = regex.compile(r"民国[ ]?(\d{2,3})")
_ARABIC_YEAR = regex.compile(r"\d{4}")
_ZERO = regex.compile(r"[○O零]")


def iso_date(match: str) -> str | None:
    """二〇二三年三月十六日, 2023年3月16日, 民國112年3月1日 -> ISO; nothing where a part is masked or no date is there."""
    found = _DATE_PARTS.search(match) or _DATE_IN_FIGURES.match(match)
    if not found:
        return None
    year_text = found["year"].strip("（ ")
    roc = _REPUBLIC_YEAR.search(year_text)
    if roc:
        year = int(roc[1]) + 1911
    elif arabic := _ARABIC_YEAR.search(year_text):
        year = int(arabic[0])
    else:
        digits = "".join(
            str("〇一二三四五六七八九".index(c)) for c in _ZERO.sub("〇", year_text) if c in "〇一二三四五六七八九"
        )
        if len(digits) != 4:
            return None
        year = int(digits)
    month, day = labels.chinese_number(found["month"].strip()), labels.chinese_number(found["day"].strip())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
