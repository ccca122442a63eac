"""A process beside the worker's that looks at open promises for it: `python -m vafa.delivery.look_beside MOMENT`.

Each line in is a JSON list of primary keys, each line out how many of them were judged and written. It ends with its
input, so at the latest when the worker does, however that ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime

import django


def main() -> None:
    """Answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: whoever started this says when it ends
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")
    django.setup()
    from vafa.delivery.actions.estimating import Look

    look = Look(datetime.fromisoformat(sys.argv[1]))
    for line in sys.stdin:
        sys.stdout.write(f"{look.at_these(json.loads(line))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
