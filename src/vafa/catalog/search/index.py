"""The index on disk: opened by every process, written by the worker alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar, cast

import tantivy

from vafa.catalog.search.documents import EDITION, Entry, build_schema, document_of
from vafa.kit.locks import locked

T = TypeVar("T")
Stamp = tuple[int, ...]
BROKEN = ("Schema error", "Data corrupted")  # written by something else, or cut off by a full disk
MOST_KEPT = 128  # answers, of some kilobytes each
MEMORY = 50_000_000  # bytes of words a writer gathers before it writes them down


class Index:
    """Entries in a folder. Reading goes on while another process writes; what is committed is seen by the next reading.

    A folder of another edition, one that is gone or a broken one is opened empty, by whoever comes first; until it is
    made from the database it says so (`is_new`) to every process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / EDITION
        self.schema = build_schema()
        self._index = self._open()
        self._seen: Stamp | None = self._committed()
        self._kept: tuple[Stamp, dict[Hashable, object]] = ((), {})

    @property
    def is_new(self) -> bool:
        """Whether it has still to be made from the database."""
        return not self._made.exists()

    def searcher(self) -> tantivy.Searcher:
        """What is committed now; cheap to ask for again and again."""
        self._look_again()
        return self._index.searcher()

    def remembered(self, question: Hashable, answer: Callable[[tantivy.Searcher], T]) -> T:
        """What `answer` finds in what is committed now; kept for this question until anything else is committed.

        Whoever gets it changes nothing of it.
        """
        self._look_again()
        seen = self._seen  # before the searcher is taken: it may know more than this, never less
        searcher = self._index.searcher()
        if seen is None:  # this process is writing
            return answer(searcher)
        if self._kept[0] != seen or len(self._kept[1]) >= MOST_KEPT:
            self._kept = (seen, {})
        of, answers = self._kept
        if of != seen:  # another thread has seen more meanwhile
            return answer(searcher)
        if question not in answers:
            answers[question] = answer(searcher)
        return cast("T", answers[question])

    def write(self, entries: Iterable[Entry], *, gone: Sequence[str] = ()) -> None:
        """Take the codes of `gone` out, then put entries in the place of those with the same code; all or nothing.

        `entries` are asked for once no other process can write, so that what is read last is also written last. While
        another one writes it is waited for; never in a transaction, which the other may be waiting for.
        """
        with self._alone():
            writer = self._writer()
            for code in gone:
                writer.delete_documents_by_term("code", code)
            for entry in entries:
                writer.delete_documents_by_term("code", entry.code)
                writer.add_document(document_of(entry))
            writer.commit()
            writer.wait_merging_threads()

    def replace(self, entries: Iterable[Entry], *, wait: bool = True) -> None:
        """Everything anew, seen as a whole or not at all. Locked while another process writes, where that is not
        waited for.
        """
        with self._alone(wait=wait):
            writer = self._writer()
            writer.delete_all_documents()
            for entry in entries:
                writer.add_document(document_of(entry))
            writer.commit()
            writer.wait_merging_threads()
            self._made.touch()

    def _alone(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """The only one that writes, of all threads and processes; where there are no locks the index itself refuses a
        second writer.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        return locked(self.folder.parent / f"{self.folder.name}.lock", wait=wait)

    @property
    def _made(self) -> Path:
        return self.folder / "made"

    def _writer(self) -> tantivy.IndexWriter:
        self._look_again()
        self._seen = None  # what this process writes it reads next, however quickly
        return self._index.writer(MEMORY, 1)

    def _look_again(self) -> None:
        committed = self._committed()
        if committed == self._seen:
            return
        try:
            self._index.reload()
        except ValueError:  # thrown away or broken while this process had it open
            self._index = self._open()
            committed = self._committed()
        self._seen = committed

    def _open(self) -> tantivy.Index:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            return tantivy.Index(self.schema, path=str(self.folder))
        except ValueError as fault:
            if not str(fault).startswith(BROKEN):
                raise  # no more files may be opened, a disk is away: the index itself may be sound
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            return tantivy.Index(self.schema, path=str(self.folder))

    def _committed(self) -> Stamp:
        """What changes with every commit, which puts another file in the place of the one before; the time alone may
        stay the same for some milliseconds.
        """
        try:
            found = (self.folder / "meta.json").stat()
        except FileNotFoundError:
            return ()
        return found.st_mtime_ns, found.st_ino, found.st_size
