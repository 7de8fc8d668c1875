"""The tests' own PostgreSQL, with the durability that they do without: a commit waits for the disk."""

from __future__ import annotations

from tests.servers import PostgreSQL

_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class Durable(PostgreSQL):
    """As a new installation of PostgreSQL would be, beside the port and the folder."""

    def _command(self) -> list[str]:
        command = super()._command()
        for name, value in _DURABLE.items():
            command = [f"--{name}={value}" if word.startswith(f"--{name}=") else word for word in command]
        return command
