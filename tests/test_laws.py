"""The laws that hold for every document: real ones, the sample notices, and texts made to do harm.

Every value points back at its words; nothing raises; the same files give the same bytes whatever their order and the
number of workers; no line takes long; what is ordered is a task or is said to have been passed over.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import engine, pipeline
from extractor.assemble import assemble
from extractor.evaluate import plain
from extractor.exports.json_export import json_pieces
from extractor.extractors import responsibilities
from extractor.lexicon import Lexicon, load
from extractor.model import Document, Evidence, Extraction, Plan, Problem, Register, Repair, Span
from extractor.normalise import normalise
from extractor.readers import read
from extractor.segment import letterhead, several
from extractor.segment import plans as segment
from extractor.segment.lines import lines as read_lines
from extractor.text import PlanText

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


LINES = (
    "柳溪县2024年河道整治实施方案", "柳溪县人民政府办公室文件", "柳政办发〔2024〕17号", "各乡镇人民政府：", "一、总体目标", "二、主要任务",
    "（一）清理河道。各村要清理垃圾。", "（二）加强巡查", "1.各村要每周巡查，做好记录，发现问题及时报告。", "1）建档。", "①公示", "——水质改善。",
    "各村要在6月底前完成清理；逾期通报。", "一是宣传。二是督查。", "责任单位：县水利局", "（责任单位：各村）", "完成时限：6月底前", "第一章 总则",
    "第一条 各村应当值守。", "壹、依據", "## 保障措施", "**（三）督查。**", "附件", "附件：1.任务表", "2.名单", "柳溪县水利局", "2024年2月6日",
    "抄送：县委办公室。", "（联系人：李某）", "篇一：防汛方案", "篇二：抗旱方案", "（此页无正文）", "", "　　缩进的一段话，没有句号", "**", "表1",
    "序号\t任务\t单位", "1\t清理\t各村",
)  # fmt: skip


# -- real notices and sample notices ---------------------------------------------------------------------------------


def notices(folders: Sequence[Path]) -> list[engine.File]:
    return list(engine.collect([str(folder) for folder in folders]).files)


def outcomes(files: Sequence[engine.File], workers: int) -> list[engine.Outcome]:
    return list(engine.outcomes(files, engine.Settings(), workers))


@pytest.fixture(scope="module")
def sample_files() -> list[engine.File]:
    return notices([CORPUS])


@pytest.fixture(scope="module")
def real_files(shared: Path) -> list[engine.File]:
    return notices([shared / "notices", shared / "notices_unlabelled"])


@pytest.fixture(scope="module")
def sample(sample_files: list[engine.File]) -> list[engine.Outcome]:
    return outcomes(sample_files, 1)


@pytest.fixture(scope="module")
def real(real_files: list[engine.File]) -> list[engine.Outcome]:
    return outcomes(real_files, 1)


def extractions(found: Sequence[engine.Outcome]) -> list[Extraction]:
    return [extraction for outcome in found for extraction in outcome.extractions]


def exported(found: Sequence[engine.Outcome]) -> str:
    ordered = sorted(extractions(found), key=lambda e: e.source.path)
    return "".join(json_pieces(Register(tuple(ordered)), with_text=True))


def evidence_of(plan: Plan) -> Iterator[Evidence]:
    for task in plan.tasks:
        yield task.evidence
        yield from (measure.evidence for measure in task.measures)
    for goal in plan.goals:
        yield goal.evidence
    for owner in (*plan.tasks, *plan.goals):
        for value in (*owner.deadlines, *owner.targets):
            yield value.evidence
            yield from (basis.evidence for basis in value.basis)
    for task in plan.tasks:
        for unit in task.responsibilities:
            yield unit.evidence
            yield from (basis.evidence for basis in unit.basis)


def quoted(source: str, repairs: Sequence[Repair], pieces: Sequence[Span]) -> str:
    """The quote, character by character: what a reader of the contract would do, without the program's own way back."""
    out = []
    for piece in pieces:
        words, at = "", piece.start
        for repair in repairs:
            if piece.start <= repair.span.start and repair.span.end <= piece.end and repair.span.start >= at:
                words += source[at : repair.span.start] + repair.replacement
                at = repair.span.end
        out.append(words + source[at : piece.end])
    return "\n".join(out)


def check_evidence(extraction: Extraction) -> int:
    """Holds every value of an extraction against the law of provenance; gives how many there were."""
    source, repairs = extraction.source.text, extraction.source.repairs
    touched = {offset for r in repairs for offset in range(r.span.start + 1, r.span.end)}
    count = 0
    for plan in extraction.plans:
        for evidence in evidence_of(plan):
            count += 1
            assert evidence.pieces and evidence.quote.strip()
            assert all(before.end <= after.start for before, after in pairwise(evidence.pieces))
            for piece in evidence.pieces:
                assert 0 <= piece.start < piece.end <= len(source)
                assert piece.start not in touched and piece.end not in touched, "a piece ends inside a repair"
            near = [r for r in repairs if r.span.start >= evidence.pieces[0].start]
            assert quoted(source, near, evidence.pieces) == evidence.quote
    for problem in extraction.problems:
        assert all(0 <= p.start <= p.end <= len(source) for p in problem.pieces), problem
    return count


def check_ids(extraction: Extraction) -> None:
    """Every row has an id of its own; a deadline or target of a goal inside a task is the task's."""
    for plan in extraction.plans:
        tasks = {task.id: task for task in plan.tasks}
        assert plan.id and all(tasks) and len(tasks) == len(plan.tasks)
        children = [v.id for t in plan.tasks for v in (*t.measures, *t.responsibilities, *t.deadlines, *t.targets)]
        assert all(children) and len(set(children)) == len(children)
        for task in plan.tasks:
            measures = {measure.id for measure in task.measures}
            deadlines = {deadline.id for deadline in task.deadlines}
            assert {d.measure_id for d in task.deadlines} | {t.measure_id for t in task.targets} <= measures | {None}
            assert {t.deadline_id for t in task.targets} <= deadlines | {None}
        for goal in plan.goals:
            assert goal.task_id is None or goal.task_id in tasks


def test_every_value_of_the_sample_points_back_at_its_words(sample: list[engine.Outcome]) -> None:
    assert not [outcome.failure for outcome in sample if outcome.failure]
    assert sum(check_evidence(extraction) for extraction in extractions(sample)) > 1000


def test_every_value_of_real_notices_points_back_at_its_words(real: list[engine.Outcome]) -> None:
    assert not [outcome.failure for outcome in real if outcome.failure], "a real notice could not be read"
    assert sum(check_evidence(extraction) for extraction in extractions(real)) > 5000


def test_ids_hold_together(sample: list[engine.Outcome], real: list[engine.Outcome]) -> None:
    for extraction in extractions([*sample, *real]):
        check_ids(extraction)


def test_no_file_is_silently_empty(sample: list[engine.Outcome], real: list[engine.Outcome]) -> None:
    for extraction in extractions([*sample, *real]):
        holds = any(plan.tasks or plan.goals for plan in extraction.plans)
        assert holds != ("no_task" in {problem.code for problem in extraction.problems}), extraction.source.path


def test_the_same_bytes_whatever_the_order_and_the_workers(
    sample: list[engine.Outcome], sample_files: list[engine.File]
) -> None:
    """The workers are processes of their own, each with a hash seed of its own."""
    assert exported(outcomes(sample_files[::-1], 2)) == exported(sample)


def test_real_notices_give_the_same_bytes_again(real: list[engine.Outcome], real_files: list[engine.File]) -> None:
    assert exported(outcomes(real_files[::-1], 2)) == exported(real)


# -- nothing is lost ---------------------------------------------------------------------------------------------------


def left_out(document: Document, lexicon: Lexicon) -> list[str]:
    """Lines of plans of which a word stands neither in the letterhead nor in the tree, nor just before word for word."""
    clean = normalise(document, lexicon)
    parts = several.parts(clean, list(read_lines(clean)))
    out: list[str] = []
    for plan, own in zip(segment(clean, lexicon), parts, strict=True):
        taken: set[int] = set()
        title = plan.letterhead.title_span
        for node in plan.nodes():
            opening = [s.start for s in node.paragraphs[:1]] + [node.heading.end for _ in "." if node.heading]
            taken.update(range(node.span.start, max(opening, default=node.span.start + len(node.label))))
            taken.update(offset for s in node.sentences for offset in range(s.span.start, s.span.end))
            if node.kind == "table":
                taken.update(range(node.span.start, node.span.end))
        if title is not None:  # and a page number that stands before it in its line
            taken.update(range(clean.match.rfind("\n", 0, title.start) + 1, title.end))
        used = letterhead.read(clean, own, lexicon).used
        for k, line in enumerate(own):
            words = (at for at in range(line.span.start, line.span.end) if clean.match[at].isalnum())
            if k and line.span.of(clean.match) == own[k - 1].span.of(clean.match):
                continue  # a copy that holds the line twice in a row: once is read
            if k not in used and any(at not in taken for at in words):
                out.append(line.span.of(clean.text))
    return out


def test_every_line_is_letterhead_or_stands_in_the_tree(
    sample_files: list[engine.File], real_files: list[engine.File]
) -> None:
    for file in [*sample_files, *real_files]:
        assert left_out(read(file.path), load()) == [], file.shown


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
def test_every_line_of_any_order_of_lines_stands_somewhere(text: str) -> None:
    assert left_out(Document("made.txt", "text/plain", "0" * 64, text), load()) == []


def firm(measure: Any, task: dict[str, Any]) -> bool:
    return not task.get("optional") and not (isinstance(measure, dict) and measure.get("optional"))


def held(gold: Path, found: Sequence[Extraction]) -> tuple[int, int, int, list[str]]:
    """Measures of the gold; how many stand in a task or are said to be passed over; flags that gold knows nothing of."""
    by_name = {Path(extraction.source.path).name: extraction for extraction in found}
    asked = good = false = 0
    lost: list[str] = []
    for file in sorted(gold.glob("*.gold.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        extraction = by_name[document["source"]]
        source = extraction.source
        said = [plain(t.evidence.quote) for plan in extraction.plans for t in plan.tasks]
        flags = [
            plain(quoted(source.text, source.repairs, problem.pieces))
            for problem in extraction.problems
            if problem.code == "possible_omission"
        ]
        known: list[str] = []
        for task in (task for plan in document["plans"] for task in plan["tasks"]):
            for measure in task["measures"]:
                words = plain(measure if isinstance(measure, str) else measure["text"])
                known.append(words)
                if firm(measure, task):
                    asked += 1
                    if any(words in text for text in said) or any(words in flag or flag in words for flag in flags):
                        good += 1
                    else:
                        lost.append(f"{file.name}: {words}")
        if not document.get("partial"):
            false += sum(1 for flag in flags if not any(flag in words or words in flag for words in known))
    return asked, good, false, lost


def test_orders_of_real_notices_are_tasks_or_said_to_be_passed_over(shared: Path, real: list[engine.Outcome]) -> None:
    asked, good, false, lost = held(shared / "gold", extractions(real))
    assert good >= 0.99 * asked, lost
    assert false <= 3 * len(list((shared / "gold").glob("*.gold.json")))


def test_orders_of_the_sample_are_tasks_or_said_to_be_passed_over(sample: list[engine.Outcome]) -> None:
    asked, good, false, lost = held(CORPUS, extractions(sample))
    assert good >= 0.99 * asked, lost
    assert false <= 3 * len(list(CORPUS.glob("*.gold.json")))


# -- texts made to do harm ---------------------------------------------------------------------------------------------


def made_of(text: str, lexicon: Lexicon) -> Extraction:
    return pipeline.extract(Document("hostile.txt", "text/plain", "0" * 64, text), lexicon)


WORDS = """一、 （一） 1. 1.1 ① （1） 第一条 壹、 —— 一是 篇一 附件 附件： 各村 要 县水利局 负责 牵头 责任单位： （责任单位： 配合 由 请 会同 等
加强 清理河道 实现 达到 2025年 6月底前 3月-5月 每月28日前 48小时内 20xx年 年底 到 之日起30日内 95%以上 300户 三分之一 翻一番 全覆盖
不少于 分别达到 和 其中 。 ； ， 、 ： ！ （ ） “ ” 《 》 【 】 〔 〕 ( ) * # ## ** | \t \u3000 \u00a0 \r\n \n \n \n 表 通知 方案 抄送： 总体目标
指导思想 保障措施 柳溪县人民政府 2024年5月6日 柳政发〔2024〕3号 中華民國113年 各鄉鎮公所 應 報送 至 縣長 ---------- http://a.b/c 🙂 \u200b \ufeff \x00 \ue000"""
PIECES = st.sampled_from([*(w for w in WORDS.split(" ")), " "])
TEXTS = st.one_of(st.lists(PIECES, max_size=120).map("".join), st.text(max_size=300))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_no_text_makes_it_raise(text: str) -> None:
    found = made_of(text, load())
    check_evidence(found)
    check_ids(found)
    assert exported([engine.Outcome(engine.File("a", Path("a")), (found,))])
    assert made_of(text, load()) == found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=12).map("".join), min_size=1, max_size=12), st.integers(0, 11))
def test_a_line_cut_off_does_no_harm(lines: list[str], at: int) -> None:
    """A file that breaks off in the middle of a word, a bracket or a table."""
    text = "\n".join(lines)
    check_evidence(made_of(text[: len(text) * at // 12], load()))


LABELS = (
    "一、",
    "（一）",
    "1.",
    "1.1",
    "①",
    "（1）",
    "第一条",
    "壹、",
    "——",
    "一是",
    "篇一 ",
    "附件：",
    "（责任单位：",
    "##",
    "**",
    "：",
    "　",
)


@pytest.mark.parametrize("label", LABELS)
def test_a_line_of_one_label(label: str) -> None:
    text = (label * 5000)[:5000]
    check_evidence(made_of(text, load()))
    check_evidence(made_of("\n".join([label] * 500), load()))


HOSTILE = {
    "dates": "、".join(f"{m}月{d}日前" for m, d in zip([*range(1, 13)] * 3, range(1, 37), strict=True)),
    "ranges": "2023年3月-5月底至" * 40,
    "open brackets": "（" * 400,
    "nested brackets": "（" * 200 + "）" * 200,
    "nested quotation marks": "“《" * 100 + "》”" * 100,
    "closing brackets": "）" * 400,
    "units": "县水利局、" * 78 + "要负责",
    "brackets of units": "（责任单位：县水利局）" * 36,
    "commas": "，" * 400,
    "figures": "1234567890" * 40,
    "per cents": "95%" * 130,
    "Chinese figures": "一二三四五六七八九十百千万亿" * 28,
    "points": "1.1.1.1" * 57,
    "enumeration": "一是加强；二是完善；" * 40,
    "verbs": "加强完善实现" * 66,
    "full stops": "。" * 400,
    "order words": "要应须请" * 100,
    "spaces": "各村 " * 133,
    "wide spaces": "　" * 399 + "要",
    "hyphens": "-" * 400,
    "letters": "a" * 400,
    "percent ranges": "10%-20%至" * 50,
    "recurrences": "每月每季度每年每周" * 44,
    "reports": "报送镇党政办" * 66,
    "placeholders": "XX镇20xx年" * 50,
    "titles": "关于印发《" * 80,
    "colons": "：" * 400,
    "regions": "省市县区镇乡" * 66,
    "respectively": "分别达到" * 100,
    "lead-ins": "围绕" * 200 + "，",
    "adverbs": "进一步" * 133,
    "numbers of papers": "〔2024〕3号" * 44,
    "lines": "各村\n" * 130,
}


def steps(lexicon: Lexicon) -> dict[str, Callable[[PlanText], object]]:
    """Everything that reads a plan, each by itself."""
    made: dict[str, Callable[[PlanText], object]] = {
        find.__module__.rsplit(".", 1)[1]: (lambda plan, find=find: list(find(plan, lexicon)))  # type: ignore[misc]
        for find in pipeline.EXTRACTORS
    }
    made["segment"] = lambda plan: segment(plan.clean, lexicon)
    made["assemble"] = lambda plan: assemble(
        plan, [], responsibilities.bracket_spans(responsibilities.find(plan, lexicon)), lexicon
    )
    return made


def best_of(step: Callable[[PlanText], object], plan: PlanText, limit: float) -> float:
    """The shortest time that a step took, in seconds of this process: the machine may be busy with other things."""
    best = float("inf")
    for _ in range(12):
        start = time.process_time()
        step(plan)
        best = min(best, time.process_time() - start)
        if best < limit:
            break
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_takes_less_than_50_ms(name: str) -> None:
    lexicon = load()
    line = HOSTILE[name][:400]
    for text in (line, f"一、主要任务\n（一）清理河道。{line}\n"):
        clean = normalise(Document("line.txt", "text/plain", "0" * 64, text), lexicon)
        for plan in segment(clean, lexicon):
            for shown, step in steps(lexicon).items():
                taken = best_of(step, plan, 0.05)
                assert taken < 0.05, f"{shown} took {taken * 1000:.0f} ms"
    found = made_of(line, lexicon)
    check_evidence(found)


def test_work_grows_with_the_text_and_no_faster() -> None:
    """Ten times the items in less than thirty times the time."""
    lexicon = load()
    item = "（一）清理河道。各村要在2025年6月底前清理垃圾，清理率达到95%以上。（责任单位：县水利局、各乡镇）\n"

    def taken(items: int) -> float:
        text = "一、主要任务\n" + item * items
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            made_of(text, lexicon)
            best = min(best, time.process_time() - start)
        return best

    made_of(item, lexicon)
    assert taken(400) < 30 * taken(40)


def test_problems_are_said_once() -> None:
    """A fault met twice at one place is one problem."""
    found = made_of("一、工作要求\n具体分工详见附件。\n", load())
    assert len(set(found.problems)) == len(found.problems)
    assert replace(found, problems=()).problems == ()
    assert all(isinstance(problem, Problem) and problem.message for problem in found.problems)
