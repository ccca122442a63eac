"""A worker process of the tests: `python -m vafa.jobs.tests.crew_process FOLDER LEASE GRACE [PARENT]`.

Its tasks leave marks in FOLDER, so that a test sees from outside what happens.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django


def main(folder: Path, lease: float, grace: float, parent: int | None) -> None:
    django.setup()
    from vafa.jobs.crew import Crew

    def slow(work):
        """Runs until the file `go` is there."""
        (folder / f"started-{os.getpid()}").touch()
        while not (folder / "go").exists():
            work.progress(0.5, "half way")
            time.sleep(0.02)
        return {"process": os.getpid()}

    def deaf(work):
        """Runs for ever and never asks whether to stop."""
        (folder / f"started-{os.getpid()}").touch()
        while True:
            time.sleep(0.02)

    def mark(work):
        with (folder / "marks").open("a") as file:
            file.write(f"{work.job.pk}\n")

    crew = Crew(
        {"slow": slow, "deaf": deaf, "mark": mark},
        threads=2,
        lease=timedelta(seconds=lease),
        grace=timedelta(seconds=grace),
        parent=parent,
    )
    crew.run()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")
    main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]) if sys.argv[4:] else None)
