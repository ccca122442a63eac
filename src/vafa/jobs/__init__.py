"""Durable work: rows that ask for something to be done later, and the worker that does it at least once.

Owns: the queue (written in the transaction of the change that asks), leases, retries, dead letters, progress, periodic
ticks. Refuses: what a task means. It does not know any; `vafa.config.tasks` hands them to the worker.
"""
