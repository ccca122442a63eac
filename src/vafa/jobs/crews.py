"""Which kind of worker process this installation has."""

from __future__ import annotations

from vafa.jobs.crew import Crew


def kind_of_crew(*, broker: bool) -> type[Crew]:
    """The crew that waits for Celery, or the one that looks at the table."""
    if not broker:
        return Crew
    from vafa.jobs.broker_crew import BrokerCrew  # Celery is an extra, and costs half a second to load

    return BrokerCrew
