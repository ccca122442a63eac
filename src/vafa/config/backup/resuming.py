"""At every start, before the settings read what a restore brings: what was interrupted is finished."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vafa.config.backup.swapping import StillRestoring, finish_interrupted
from vafa.config.environment import BadVariable


def finish_restore(home: Path, database: Mapping[str, Any]) -> None:
    """Carry on a restore that was killed in the middle; ends the start where it is not dead but running."""

    def is_committed(key: str) -> bool:
        import psycopg  # loading it takes longer than looking whether there is anything to finish

        places = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        address: dict[str, Any] = {name: database[place] or None for name, place in places.items()}
        address |= database.get("OPTIONS", {})
        try:
            with psycopg.connect(connect_timeout=10, **address) as connection:
                found = connection.execute("SELECT 1 FROM jobs_job WHERE unique_key = %s", [key]).fetchone()
        except psycopg.errors.UndefinedTable:
            return False
        except psycopg.Error:
            raise BadVariable(
                "VAFA_DATABASE_URL", "names a database that does not answer, and a restore must be finished first"
            ) from None
        return found is not None

    try:
        finish_interrupted(home, is_committed)
    except StillRestoring:
        raise BadVariable("VAFA_HOME", "names a data folder into which a backup is being restored just now") from None
