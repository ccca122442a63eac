"""The index on disk: opened by every process, written by the worker alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from vafa.catalog.search.documents import EDITION, Entry, build_schema, document_of

MEMORY = 50_000_000  # bytes of words a writer gathers before it writes them down


class Index:
    """Entries in a folder. Reading goes on while another process writes; what is committed is seen by the next reading.

    A folder of another edition, or a broken one, is opened empty and says so (`is_new`): it is made from the database.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / EDITION
        self.schema = build_schema()
        self.is_new = not tantivy.Index.exists(str(self.folder)) if self.folder.is_dir() else True
        self._index = self._open()
        self._seen = self._committed()

    def searcher(self) -> tantivy.Searcher:
        """What is committed now; cheap to ask for again and again."""
        committed = self._committed()
        if committed != self._seen:
            self._index.reload()
            self._seen = committed
        return self._index.searcher()

    def write(self, entries: Iterable[Entry], *, gone: Sequence[str] = ()) -> None:
        """Put entries in the place of those with the same code, and take the codes of `gone` out; all or nothing.

        OSError or ValueError while another process writes: then try again later.
        """
        writer = self._index.writer(MEMORY, 1)
        for entry in entries:
            writer.delete_documents_by_term("code", entry.code)
            writer.add_document(document_of(entry))
        for code in gone:
            writer.delete_documents_by_term("code", code)
        writer.commit()
        writer.wait_merging_threads()
        self.is_new = False

    def replace(self, entries: Iterable[Entry]) -> None:
        """Everything anew, seen as a whole or not at all."""
        writer = self._index.writer(MEMORY, 1)
        writer.delete_all_documents()
        for entry in entries:
            writer.add_document(document_of(entry))
        writer.commit()
        writer.wait_merging_threads()
        self.is_new = False

    def _open(self) -> tantivy.Index:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            return tantivy.Index(self.schema, path=str(self.folder))
        except ValueError:  # written by something else, or cut off by a full disk
            shutil.rmtree(self.folder)
            self.folder.mkdir(parents=True)
            self.is_new = True
            return tantivy.Index(self.schema, path=str(self.folder))

    def _committed(self) -> int:
        """A number that changes with every commit: the file that a commit puts in place of the one before."""
        try:
            return (self.folder / "meta.json").stat().st_mtime_ns
        except FileNotFoundError:
            return 0
