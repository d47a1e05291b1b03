"""Names of agencies and of the posts that sign (发文机关)."""

from __future__ import annotations

import re

import regex

# 青竹縣政府　函
LETTER = regex.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,20}(?:政府|局|处|部|署|委员会|公所|院))[ ]+(?:函|书函|公告|令|开会通知单)"
)
# 青環區民政事務專員
SIGNING_POST = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:专员|处长|局长|署长|司长|县长|市长|镇长|乡长|区长|主任|院长)(?:[ ]+[\u4e00-\u9fff]{2,4})?"
)
ISSUER = regex.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fffXx#×*、 （）“”·]{1,40}(?:人民政府|委员会|办公室|政府|党委|局|厅|部|司|院|办|委|组|会|中心|室|署|队|站|所|公司|学校|学院|大学|总社|集团|处|公所|支部|总支|指挥部|党工委|管委会|街道办事处|办事处|国务院|中共中央)"
)

_WIDE_GAP = regex.compile(r"[ \u3000]{2,}")


def one_line(name: str) -> str:
    """Agencies that sign side by side, parted by wide gaps, as one list."""
    return _WIDE_GAP.sub("、", name.strip())
