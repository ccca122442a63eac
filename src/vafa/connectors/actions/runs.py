"""Imports that are remembered: who imported which file when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from vafa.accounts.models import User
from vafa.connectors import storage
from vafa.connectors.actions.goods import GoodsOutcome, import_products
from vafa.connectors.actions.importing import Outcome, Progress, import_source
from vafa.connectors.facts import Source
from vafa.connectors.guessing import guess
from vafa.connectors.mapping import Mapping
from vafa.connectors.models import ImportKind, ImportRun, ImportState
from vafa.connectors.olist import OlistSource
from vafa.connectors.queries.goods import product_source
from vafa.connectors.queries.sources import table_source
from vafa.connectors.tables import open_table
from vafa.jobs.actions import enqueue
from vafa.kit import clock
from vafa.kit.problems import Problem

TASKS = {ImportKind.ORDERS: "connectors.import", ImportKind.PRODUCTS: "connectors.products"}
KEPT_FOR = timedelta(days=7)


def receive_file(*, name: str, portions: Iterable[bytes], by: User, at: datetime | None = None) -> ImportRun:
    """Keep an uploaded file and guess what its columns mean.

    Problem, and nothing kept, when it is no table or holds nothing but headings (`no-rows`).
    """
    stored, digest, size = storage.keep_upload(portions)
    shown = Path(name.replace("\\", "/")).name[:200] or "file"
    try:
        table = open_table(storage.folder() / stored, name=shown)
        if next(iter(table.lines()), None) is None:
            raise Problem("no-rows", _("“%s” holds headings only and not a single order.") % shown)
        guessed = guess(table)
    except Problem:
        storage.forget_file(stored)
        raise
    return ImportRun.objects.create(
        file_name=shown,
        digest=digest,
        size=size,
        stored_as=stored,
        mapping=guessed.mapping.as_json(),
        guesses={name: [each.heading, each.confidence] for name, each in guessed.columns.items()},
        known_as=guessed.known_as,
        created_by=by,
        created_at=at or clock.now(),
    )


def receive_products(*, name: str, portions: Iterable[bytes], by: User, at: datetime | None = None) -> ImportRun:
    """Keep an uploaded table of products. Problem, and nothing kept, when no product can be read from it."""
    stored, digest, size = storage.keep_upload(portions)
    shown = Path(name.replace("\\", "/")).name[:200] or "file"
    try:
        source = product_source(storage.folder() / stored, name=shown)
        if next(source.products(lambda _lost: None), None) is None:
            raise Problem("no-products", _("“%s” holds no product that can be used.") % shown, status=422)
    except Problem:
        storage.forget_file(stored)
        raise
    return ImportRun.objects.create(
        kind=ImportKind.PRODUCTS,
        file_name=shown,
        digest=digest,
        size=size,
        stored_as=stored,
        created_by=by,
        created_at=at or clock.now(),
    )


def keep_mapping(run: ImportRun, mapping: Mapping) -> None:
    """What the owner says of the columns. Problem `import-started` (409) when it is too late."""
    changed = ImportRun.objects.filter(pk=run.pk, state=ImportState.DRAFT).update(mapping=mapping.as_json())
    if not changed:
        raise _started()
    run.mapping = mapping.as_json()


def start_import(run: ImportRun, *, at: datetime | None = None) -> None:
    """Ask a worker for it. Started already: nothing happens."""
    with transaction.atomic():
        if not ImportRun.objects.filter(pk=run.pk, state=ImportState.DRAFT).update(state=ImportState.WAITING):
            return
        task = TASKS[ImportKind(run.kind)]
        job = enqueue(task, arguments={"run": str(run.public_id)}, unique_key=f"{task}:{run.public_id}", at=at)
        ImportRun.objects.filter(pk=run.pk).update(job_id=job.pk)


def drop_import(run: ImportRun) -> None:
    """Forget an import that was never started, and its file. Problem `import-started` (409) otherwise."""
    deleted, _by_model = ImportRun.objects.filter(pk=run.pk, state=ImportState.DRAFT).delete()
    if not deleted:
        raise _started()
    storage.forget_file(run.stored_as)


def forget_old_files(*, at: datetime | None = None) -> int:
    """Forget files that were given a week ago and never imported, with what was said of them; how many went."""
    old = (at or clock.now()) - KEPT_FOR
    forgotten = 0
    for run in ImportRun.objects.filter(state__in=[ImportState.DRAFT, ImportState.FAILED], created_at__lt=old):
        storage.forget_file(run.stored_as)
        forgotten += bool(run.stored_as)
        if run.state == ImportState.DRAFT:
            run.delete()
        else:
            ImportRun.objects.filter(pk=run.pk).update(stored_as="")
    return forgotten


def carry_out(
    run: ImportRun, *, progress: Progress | None = None, at: datetime | None = None
) -> Outcome | GoodsOutcome:
    """Do a started import; may be run again from the start at any time. The upload is removed when it is done."""
    at = at or clock.now()
    rejects = run.rejects or storage.random_name(".csv")
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.RUNNING, rejects=rejects, problem="")
    try:
        outcome = _read(run, storage.folder() / rejects, progress, at)
    except Problem as refused:
        ImportRun.objects.filter(pk=run.pk).update(
            state=ImportState.FAILED, problem=str(refused)[:400], rejects="", finished_at=clock.now()
        )
        raise
    ImportRun.objects.filter(pk=run.pk).update(
        state=ImportState.DONE, counts=outcome.as_json(), finished_at=clock.now(), stored_as=""
    )
    storage.forget_file(run.stored_as)
    return outcome


def _read(run: ImportRun, rejects: Path, progress: Progress | None, at: datetime) -> Outcome | GoodsOutcome:
    path = storage.folder() / run.stored_as
    if run.kind == ImportKind.PRODUCTS:
        return import_products(product_source(path, name=run.file_name), rejects=rejects, progress=progress, at=at)
    source = table_source(path, Mapping.from_json(run.mapping), name=run.file_name)
    return import_source(source, rejects=rejects, progress=progress, at=at)


def import_and_remember(
    path: Path,
    source: Source,
    mapping: Mapping,
    *,
    rejects: Path | None = None,
    progress: Progress | None = None,
    at: datetime | None = None,
) -> tuple[Outcome, Path]:
    """Import from the command line; the figures, and the file of rejects.

    The same file with the same mapping again leaves no second entry in the list of imports when it changed nothing.
    """
    at = at or clock.now()
    digest, size = storage.digest_of(source.files.values() if isinstance(source, OlistSource) else [path])
    before = ImportRun.objects.filter(digest=digest, mapping=mapping.as_json(), state=ImportState.DONE).first()
    kept = storage.name_for(digest, mapping.as_json())
    target = rejects or storage.folder() / kept
    outcome = import_source(source, rejects=target, progress=progress, at=at)
    if before is None or not outcome.changed_nothing:
        ImportRun.objects.create(
            file_name=source.name[:200],
            digest=digest,
            size=size,
            mapping=mapping.as_json(),
            state=ImportState.DONE,
            counts=outcome.as_json(),
            rejects="" if rejects else kept,
            created_at=at,
            finished_at=clock.now(),
        )
    return outcome, target


def _started() -> Problem:
    return Problem("import-started", _("This import has been started already."), status=409)
