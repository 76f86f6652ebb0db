"""`run`: a command as a user types it, as in tests/cli."""

from tests.cli.conftest import run

__all__ = ["run"]
