"""A pytest plug-in, loaded before the settings are: tests get a data folder of their own and never touch the user's.

`VAFA_TEST_DATABASE_URL` chooses the database of the tests; without it `VAFA_DATABASE_URL`, without both SQLite.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="vafa-test-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

os.environ["VAFA_HOME"] = HOME
if wanted := os.environ.get("VAFA_TEST_DATABASE_URL"):
    os.environ["VAFA_DATABASE_URL"] = wanted
# Two test processes that fit models at once on two cores would spend their time waiting for each other's threads.
os.environ.setdefault("OMP_NUM_THREADS", "1")
for name in ("VAFA_CLOCK_SHIFT_DAYS", "VAFA_PUBLIC_URL", "VAFA_SECRET_KEY", "VAFA_DEBUG"):
    os.environ.pop(name, None)
