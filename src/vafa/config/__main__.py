"""`python -m vafa.config …` is the console script, for processes that start another of their kind."""

from vafa.config.cli import main

main()
