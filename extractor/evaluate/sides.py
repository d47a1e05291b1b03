"""The two sides of a comparison: gold files, and what was extracted, in the shape of the JSON export."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.evaluate.comparison import PLAN_FIELDS
from extractor.evaluate.figures import Provenance
from extractor.evaluate.values import CONTRACT_NAMES, Json
from extractor.model import Evidence, Extraction, Plan, Repair, Span
from extractor.offsets import repaired


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The gold of one notice. ``partial`` where only some of its plans have gold; ``folder`` is the gold file's."""

    source: str
    plans: tuple[Json, ...]
    folder: Path
    partial: bool = False


@dataclass(frozen=True, slots=True)
class FoundPlan:
    """A plan in the shape of the JSON export, with its source (path, text, repairs)."""

    plan: Json
    source: Json

    @property
    def name(self) -> str:
        """The source's file name."""
        return Path(str(self.source["path"]).replace("\\", "/")).name


def read_gold(paths: Iterable[Path]) -> tuple[GoldDocument, ...]:
    """The gold of files, or of folders' ``*.gold.json`` (their own, not those of folders below).

    Raises :class:`UsageError` where a path does not exist, a file is no gold, or there is none.
    """
    documents: dict[str, GoldDocument] = {}
    for path in paths:
        if not path.exists():
            raise _wrong(path, "标准答案不存在", "this gold does not exist")
        for file in sorted(path.glob("*.gold.json")) if path.is_dir() else [path]:
            data = _load(file)
            try:
                name, plans = Path(data["source"]).name, tuple(data["plans"])
            except (KeyError, TypeError) as error:
                raise _wrong(file, "不是标准答案文件", "this is no gold file (no source or plans)") from error
            before = documents.get(name)
            partial = bool(data.get("partial")) or (before is not None and before.partial)
            documents[name] = GoldDocument(name, (before.plans if before else ()) + plans, file.parent, partial)
    if not documents:
        raise _wrong(Path(), "没有找到标准答案（*.gold.json）", "no gold was found (*.gold.json)")
    return tuple(documents.values())


def find_source(document: GoldDocument, sources: Path | None) -> Path:
    """The notice that gold is about: beside the gold, in ``sources``, or in the folder ``notices`` beside the gold's.

    Raises :class:`UsageError` where it is in none of them.
    """
    folders = [document.folder, *([sources] if sources else []), document.folder.resolve().parent / "notices"]
    for folder in folders:
        if (folder / document.source).is_file():
            return folder / document.source
    raise _wrong(
        document.folder / document.source,
        "找不到标准答案所对应的文件，请用 --sources 指明文件夹",
        "the document of this gold was not found; name its folder with --sources",
    )


def read_export(path: Path) -> tuple[FoundPlan, ...]:
    """The plans of a JSON export. Raises :class:`UsageError` where it is none."""
    data = _load(path)
    try:
        sources = {s["id"]: s for s in data["sources"]}
        return tuple(FoundPlan(p, sources[p["source_id"]]) for p in data["plans"])
    except (KeyError, TypeError) as error:
        raise _wrong(path, "不是本程序导出的 JSON", "this is no JSON export of this program") from error


def of_extraction(extraction: Extraction) -> tuple[FoundPlan, ...]:
    """The plans that the pipeline made, in the shape of the export as far as it is judged."""
    source = {
        "path": extraction.source.path,
        "text": extraction.source.text,
        "repairs": [[r.span.start, r.span.end, r.replacement, r.step] for r in extraction.source.repairs],
    }
    return tuple(FoundPlan(_plan_json(plan), source) for plan in extraction.plans)


def _plan_json(plan: Plan) -> Json:
    def values(items: Iterable[Any], *names: str, **renamed: str) -> list[Json]:
        columns = {n: n for n in names} | renamed
        return [
            {**{key: getattr(x, name) for key, name in columns.items()}, **_quote(x.evidence), "rule": x.rule}
            for x in items
        ]

    def fields_of(owner: Any) -> dict[str, Any]:
        dates = ("kind", "starts_on", "ends_on", "edtf", "recurrence", "duration", "inherited")
        numbers = ("indicator", "low", "high", "unit", "change")
        return {
            "text": owner.evidence.quote,
            "spans": _quote(owner.evidence)["spans"],
            "section": list(owner.section),
            "deadlines": values(owner.deadlines, *dates),
            "targets": values(owner.targets, *numbers, op="operator"),
        }

    return {
        **{name: getattr(plan, name) for name in PLAN_FIELDS},
        "goals": [fields_of(goal) for goal in plan.goals],
        "tasks": [
            {
                **fields_of(task),
                "title": task.title,
                "rule": task.rule,
                "measures": [{**_quote(m.evidence), "text": m.evidence.quote} for m in task.measures],
                "responsibilities": values(task.responsibilities, "unit", "role", "inherited"),
            }
            for task in plan.tasks
        ],
    }


def _quote(evidence: Evidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "spans": [[p.start, p.end] for p in evidence.pieces]}


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _wrong(path, "文件打不开", f"the file cannot be opened ({error.strerror})") from error
    except ValueError as error:
        raise _wrong(path, "不是合格的 JSON 文件", f"not well-formed JSON: {error}") from error


def _wrong(path: Path, chinese: str, english: str) -> UsageError:
    return UsageError("evaluate", where=str(path), chinese=chinese, english=english)


def provenance_of(plan: Json, source: Json) -> Provenance:
    """How many texts and quotes of a plan are what their pieces of the source give."""
    text = source.get("text")
    repairs = sorted(Repair(Span(r[0], r[1]), r[2], r[3] if len(r) > 3 else "") for r in source.get("repairs") or ())
    good = total = unchecked = 0
    bad: list[str] = []
    for owner in [*(plan.get("tasks") or ()), *(plan.get("goals") or ())]:
        claims = [(owner.get("text"), owner)]
        claims += [(m.get("text"), m) for m in owner.get("measures") or () if not isinstance(m, str)]
        claims += [(x.get("quote"), x) for name in CONTRACT_NAMES.values() for x in owner.get(name) or ()]
        for quote, claim in claims:
            if quote is None:
                continue
            total += 1
            pieces = [Span(start, end) for start, end in claim.get("spans") or ()]
            if text is None:
                unchecked += 1
            elif pieces and "\n".join(repaired(text, repairs, piece) for piece in pieces) == quote:
                good += 1
            else:
                bad.append(quote[:40])
    return Provenance(good, total, unchecked, tuple(bad[:5]))
