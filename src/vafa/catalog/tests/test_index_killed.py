"""A writer that is killed leaves the index as it was before or after its last portion, and never in the way."""

from __future__ import annotations

import random
import subprocess
import sys

from vafa.catalog.search.asking import Asked, ask
from vafa.catalog.search.documents import Entry
from vafa.catalog.search.index import Index

PORTION, KILLS = 40, 6
WRITER = """
import sys
from pathlib import Path
from vafa.catalog.search.documents import Entry
from vafa.catalog.search.index import Index
index, portion = Index(Path(sys.argv[1])), int(sys.argv[2])
print(index.is_new, flush=True)
while True:
    index.write([Entry(f"{portion}-{number}", [f"portion {portion}"]) for number in range(40)])
    print(portion, flush=True)
    portion += 1
"""


def test_killed_again_and_again_it_holds_whole_portions_only(tmp_path):
    chance, written = random.Random(4), 0
    Index(tmp_path).replace([])
    for _kill in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(tmp_path), str(written)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout.readline() == "False\n"
            for _portion in range(chance.randint(1, 4)):
                written = int(writer.stdout.readline()) + 1
            writer.kill()  # it is writing the next one
        index = Index(tmp_path)
        assert not index.is_new
        found = ask(index, Asked(), most=1).total
        assert found in {PORTION * written, PORTION * (written + 1)}
        written = found // PORTION
    index.write([Entry("last", ["one more"])])
    assert ask(index, Asked("more")).codes == ["last"]
