"""Many files (批量处理): which files to read, reading them in worker processes, storing them in the parent.

Files go into the store in the order of their paths, whatever the number of workers, so that the same files give the same
database; those that a worker has read together are stored together. A file that cannot be read, or that brings a worker down, is recorded as a failure
and the rest goes on.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from extractor import __version__
from extractor.errors import ExtractorError, ReadError, UsageError
from extractor.memory import settle
from extractor.model import Document, Extraction

Progress = Callable[[int, int, str], None]
"""Called in the parent after each file: how many are done, of how many, and the file's path as it is shown."""

_MAGIC = frozenset("*?[")
_FEW = 12  # files; for fewer, starting worker processes takes longer than they save
_LITTLE = 1_000_000  # bytes in all; they are read as soon as worker processes have loaded what they need
_MOST_WORKERS = 8
_LARGEST_BATCH = 16  # files handed to a worker at once
_AHEAD = 3  # batches a worker, read and not yet stored: bounds the memory that waiting results take


# -- which files -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to read. ``shown`` is its path as the database and all messages name it, with forward slashes.

    ``annexes`` are the files beside it that by their names are its annexes: with it they are one notice.
    """

    shown: str
    path: Path
    annexes: tuple[File, ...] = ()

    @property
    def parts(self) -> tuple[File, ...]:
        """The file and its annexes."""
        return (self, *self.annexes)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file of a folder that is no notice, and why."""

    shown: str
    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Collected:
    """The files that a call names, by path, and those passed over."""

    files: tuple[File, ...]
    passed_over: tuple[PassedOver, ...]


def collect(arguments: Sequence[str]) -> Collected:
    """The files that ``arguments`` name: files as they are, folders with all below them, patterns such as ``*.docx``.

    A file named by itself is always read; in folders and patterns those that are no notices are passed over. Raises
    :class:`UsageError` where a path does not exist or a pattern fits nothing.
    """
    from extractor.readers import is_notice_candidate

    files: dict[Path, File] = {}
    passed_over: dict[str, PassedOver] = {}
    for argument in arguments:
        for path, root, named in _files_of(argument):
            shown = path.relative_to(root).as_posix()
            candidate = is_notice_candidate(path)
            if named or candidate:
                files.setdefault(path.resolve(), File(shown, path))
            else:
                passed_over.setdefault(shown, PassedOver(shown, candidate.chinese, candidate.english))
    return Collected(_with_annexes(_told_apart(files)), tuple(passed_over[shown] for shown in sorted(passed_over)))


def _files_of(argument: str) -> Iterator[tuple[Path, Path, bool]]:
    """(file, folder that its shown path counts from, whether it was named by itself) for one argument."""
    path = Path(argument)
    if path.is_file():
        yield path, path.parent, True
    elif path.is_dir():
        for below in sorted(p for p in path.rglob("*") if p.is_file()):
            yield below, path.parent if path.name not in {"", ".."} else path, False
    elif found := _fitting(path):
        base, files = found
        for file in files:
            yield file, base, False
    else:
        raise UsageError(
            "path_missing", where=argument, chinese="找不到这个文件或文件夹", english="no such file or folder"
        )


def _fitting(pattern: Path) -> tuple[Path, list[Path]] | None:
    """The folder before the first part with ``* ? [`` in it, and the files below that fit; nothing where none does."""
    plain = list(takewhile(lambda part: not _MAGIC.intersection(part), pattern.parts))
    if len(plain) == len(pattern.parts):
        return None
    base = Path(*plain)
    files = sorted(p for p in base.glob(str(Path(*pattern.parts[len(plain) :]))) if p.is_file())
    return (base, files) if files else None


def _told_apart(files: dict[Path, File]) -> tuple[File, ...]:
    """The files by shown path; where two would be shown alike, both are shown with their whole path."""
    seen: dict[str, int] = {}
    for file in files.values():
        seen[file.shown] = seen.get(file.shown, 0) + 1
    return tuple(
        sorted(
            file if seen[file.shown] == 1 else File(resolved.as_posix(), file.path) for resolved, file in files.items()
        )
    )


def _with_annexes(files: Sequence[File]) -> tuple[File, ...]:
    """The files, those that by their names are annexes of another of their folder put to it."""
    from extractor.readers import attached

    folders: dict[Path, list[File]] = {}
    for file in files:
        folders.setdefault(file.path.parent, []).append(file)
    out: list[File] = []
    for members in folders.values():
        owned = attached([file.path.name for file in members])
        taken = {k for found in owned.values() for k in found}
        for k, file in enumerate(members):
            if k not in taken:
                out.append(replace(file, annexes=tuple(members[j] for j in owned.get(k, ()))))
    return tuple(sorted(out))


# -- the work on one file ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run asks of every file: the day that relative dates count from (ISO), the region of a bare 112年
    (CN, TW, HK, MO), and a folder of own dictionaries."""

    reference_date: str | None = None
    region: str | None = None
    dictionaries: Path | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of which no text could be read, or that the program failed on."""

    shown: str
    code: str
    chinese: str
    english: str

    def __str__(self) -> str:
        return f"{self.shown}：{self.chinese} / {self.english}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: an extraction for it (for each document in an archive), or a failure.

    ``lost`` are those of its annexes that could not be read.
    """

    file: File
    extractions: tuple[Extraction, ...] = ()
    failure: Failure | None = None
    lost: tuple[Failure, ...] = ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All files that could not be read."""
        return (self.failure, *self.lost) if self.failure is not None else self.lost


def work(file: File, settings: Settings) -> Outcome:
    """Reads and extracts one file with its annexes. Never raises: what goes wrong is in the outcome."""
    from extractor.errors import SecretError

    try:
        documents, failed = _documents(file)
        extractions = tuple(_extracted(documents, settings))
    except SecretError as error:  # a notice and its annexes are one paper: where one is secret, none is read
        lost = tuple(_failure(annex, error) for annex in file.annexes)
        return Outcome(file, failure=_failure(file, error), lost=lost)
    except ExtractorError:
        raise  # a broken dictionary or a wrong setting concerns every file
    except Exception as error:  # one bad file must not stop the rest
        return Outcome(file, failure=_fault(file, f"{type(error).__name__}: {error}"))
    return Outcome(
        file,
        extractions,
        next((failure for failure in failed if failure.shown == file.shown), None),
        tuple(failure for failure in failed if failure.shown != file.shown),
    )


def _documents(file: File) -> tuple[list[tuple[str, Document]], list[Failure]]:
    """The documents of a file and its annexes by shown path, an annex joined to the notice that speaks of it; and what
    could not be read. Raises :class:`extractor.errors.SecretError`."""
    from extractor.errors import SecretError
    from extractor.readers import joined, label_of, read_all, speaks_of_annex

    read: list[tuple[File, list[Document]]] = []
    failed: list[Failure] = []
    for part in file.parts:
        try:
            read.append((part, read_all(part.path)))
        except SecretError:
            raise
        except ReadError as error:
            failed.append(_failure(part, error))
    if len(read) > 1 and read[0][0] is file and len(read[0][1]) == 1 and speaks_of_annex(read[0][1][0]):
        annexes = [(label_of(part.path.name), annex) for part, found in read[1:] for annex in found]
        read = [(file, [joined(read[0][1][0], annexes)])]
    return [(_shown(part, document, found), document) for part, found in read for document in found], failed


def _shown(file: File, document: Document, found: Sequence[Document]) -> str:
    """The path of a document: its file's, in an archive of several with the member's."""
    return file.shown if len(found) == 1 else f"{file.shown}/{document.name.removeprefix(file.path.name + '/')}"


def _extracted(documents: Sequence[tuple[str, Document]], settings: Settings) -> Iterator[Extraction]:
    from extractor.lexicon import load
    from extractor.pipeline import extract

    lexicon = load(settings.dictionaries)
    for shown, document in documents:
        found = extract(document, lexicon, reference_date=settings.reference_date, region=settings.region)
        yield replace(found, source=replace(found.source, path=shown))


def _failure(file: File, error: ReadError) -> Failure:
    return Failure(file.shown, error.code, error.chinese, error.english)


def _fault(file: File, detail: str) -> Failure:
    return Failure(
        file.shown,
        "internal_error",
        f"程序处理这个文件时出错，已跳过，请把文件交给维护人员（{detail}）",
        f"the program failed on this file and went on; please report it ({detail})",
    )


Work = Callable[[File, Settings], Outcome]
Batch = Sequence[File]


def _work_batch(task: Work, batch: Batch, settings: Settings) -> list[Outcome]:
    """The outcomes of a batch, in a worker process.

    With its first batch a worker loads dictionaries and patterns for good.
    """
    found = [task(file, settings) for file in batch]
    settle()
    return found


# -- many files --------------------------------------------------------------------------------------------------------


class Taken(Protocol):
    """What a task database says of one extraction that it took in: how many tasks are new, changed, gone."""

    @property
    def new(self) -> int:
        """Tasks that were not known."""

    @property
    def changed(self) -> int:
        """Tasks that say something else than before."""

    @property
    def vanished(self) -> int:
        """Tasks that the notice no longer has."""


class Keeper(Protocol):
    """What the engine asks of a task database: see :class:`extractor.store.Store`."""

    def known(self, sha256: str, *, generator: str | None = None) -> bool:
        """True where this content was read before, by this version of the program."""

    def text(self, sha256: str) -> str | None:
        """The text of a file with this content; nothing where none was read."""

    def seen(self, files: Iterable[tuple[str, str]]) -> None:
        """Notes where known contents lie now: (path, sha256)."""

    def put_many(self, extractions: Sequence[Extraction]) -> Sequence[Taken]:
        """Stores the extractions of some files, each of them whole or not at all."""

    def put_failure(self, path: str, code: str, message: str) -> None:
        """Records a file that could not be read."""


@dataclass(slots=True)
class Report:
    """What a run did: paths as shown, in order."""

    read: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    passed_over: tuple[PassedOver, ...] = ()
    new: int = 0
    changed: int = 0
    vanished: int = 0


def run(
    collected: Collected,
    store: Keeper,
    settings: Settings,
    *,
    workers: int | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Reads the files that the store does not know yet (all of them with ``again``) and stores what they hold.

    A file that an earlier version of the program read is read again.
    """
    report = Report(passed_over=collected.passed_over)
    fresh: list[File] = []
    known: list[tuple[str, str]] = []
    for file in collected.files:
        if not again and (before := _known(file, store)):
            known += before
            report.known += [part.shown for part in file.parts]
        else:
            fresh.append(file)
    store.seen(known)
    done = 0
    for heap in _heaps(fresh, settings, workers, work):
        for taken in store.put_many([extraction for outcome in heap for extraction in outcome.extractions]):
            report.new += taken.new
            report.changed += taken.changed
            report.vanished += taken.vanished
        for outcome in heap:
            failed = {failure.shown for failure in outcome.failures}
            report.read += [part.shown for part in outcome.file.parts if part.shown not in failed]
            for failure in outcome.failures:
                store.put_failure(failure.shown, failure.code, failure.chinese)
                report.failures.append(failure)
            done += 1
            if progress is not None:
                progress(done, len(fresh), outcome.file.shown)
    return report


def _known(file: File, store: Keeper) -> tuple[tuple[str, str], ...]:
    """(path, sha256) of the contents that the store knows this file by: as one notice with its annexes, or each by
    itself; nothing where any of them is to be read, or a notice is to be joined with the annexes that it speaks of."""
    from extractor.readers import digest, text_speaks_of_annex

    prints: list[tuple[str, str]] = []
    for part in file.parts:
        found = fingerprint(part.path)
        if found is None:
            return ()
        prints.append((part.shown, found))
    if file.annexes:
        whole = digest([found for _, found in prints])
        if store.known(whole, generator=__version__):
            return ((file.shown, whole),)
        if text_speaks_of_annex(store.text(prints[0][1]) or ""):
            return ()
    return tuple(prints) if all(store.known(found, generator=__version__) for _, found in prints) else ()


def fingerprint(path: Path) -> str | None:
    """The SHA-256 of a file's bytes; nothing where it cannot be read or is larger than any reader takes."""
    from extractor.readers.limits import MAX_FILE

    try:
        if path.stat().st_size > MAX_FILE:
            return None
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while block := file.read(1 << 20):
                digest.update(block)
            return digest.hexdigest()
    except OSError:
        return None


def outcomes(
    files: Sequence[File], settings: Settings, workers: int | None = None, *, task: Work = work
) -> Iterator[Outcome]:
    """The outcome of every file, in the order of ``files``. ``task`` is a function of a module, to reach the workers."""
    return chain.from_iterable(_heaps(files, settings, workers, task))


def _heaps(files: Sequence[File], settings: Settings, workers: int | None, task: Work) -> Iterator[list[Outcome]]:
    """The outcomes of all files in their order: those that a worker process handed back together are together."""
    count = min(workers or min(os.cpu_count() or 1, _MOST_WORKERS), max(len(files), 1))
    if count == 1 or (workers is None and (len(files) < _FEW or _are_little(files))):
        return ([task(file, settings)] for file in files)
    size = max(1, min(_LARGEST_BATCH, len(files) // (count * 4)))
    batches = [files[k : k + size] for k in range(0, len(files), size)]
    return _pooled(batches, settings, count, task)


def _are_little(files: Iterable[File]) -> bool:
    size = 0
    for file in files:
        try:
            size += file.path.stat().st_size
        except OSError:
            continue  # what it is will be said when it is read
        if size > _LITTLE:
            return False
    return True


def _pooled(batches: Iterable[Batch], settings: Settings, workers: int, task: Work) -> Iterator[list[Outcome]]:
    waiting: deque[tuple[Batch, Future[list[Outcome]]]] = deque()
    rest = iter(batches)
    pool = _pool(workers)
    try:
        while True:
            while len(waiting) < workers * _AHEAD and (batch := next(rest, None)) is not None:
                waiting.append((batch, _submitted(pool, task, batch, settings)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                found = future.result()
            except BrokenProcessPool:
                # One of the files under way brought its worker down, and the pool with it: read this batch file by
                # file in processes of their own, and hand the others out anew.
                pool.shutdown()
                found = list(_one_by_one(task, batch, settings))
                pool = _pool(workers)
                waiting = deque((other, _submitted(pool, task, other, settings)) for other, _ in waiting)
            yield found
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, task: Work, batch: Batch, settings: Settings) -> Future[list[Outcome]]:
    """The batch handed out; where another file has brought the pool down by then, a future that says so."""
    try:
        return pool.submit(_work_batch, task, batch, settings)
    except BrokenProcessPool as error:
        broken: Future[list[Outcome]] = Future()
        broken.set_exception(error)
        return broken


def _one_by_one(task: Work, batch: Batch, settings: Settings) -> Iterator[Outcome]:
    for file in batch:
        with _pool(1) as pool:
            try:
                yield pool.submit(task, file, settings).result()
            except BrokenProcessPool:
                yield Outcome(file, failure=_fault(file, "the process ended"))


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
