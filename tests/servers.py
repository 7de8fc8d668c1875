"""PostgreSQL and Redis of the tests' own: on free loopback ports, in a temporary folder, stopped by their id.

Nothing found running on the machine is used. When the tests run as root, which PostgreSQL refuses, the servers run as
an unprivileged user. The product's own processes are started and stopped the same way.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg2
import redis

PATIENCE_SECONDS = 30
# A first start makes the database and the fictional cases, perhaps on a machine that is busy with other tests.
FIRST_START_SECONDS = 240
PROJECT = Path(__file__).resolve().parent.parent


class DidNotStart(Exception):
    """A server of the tests' own did not come up; the message ends with the last lines it wrote."""


def free_port() -> int:
    """A port of the loopback address that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def program(name: str) -> str:
    """The path of a server's program; Debian keeps PostgreSQL's own out of PATH."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next((str(path) for path in newest_first), None)
    if not found:
        raise DidNotStart(f"{name} is not installed. `make test` says which Debian packages are missing.")
    return found


def wait_until(
    ready: Callable[[], bool],
    *,
    saying: Callable[[], str],
    alive: Callable[[], bool] = lambda: True,
    seconds: float = PATIENCE_SECONDS,
) -> None:
    """Returns as soon as `ready()` is true.

    Raises DidNotStart with what `saying()` returns when `alive()` is false or patience ends first.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if not alive() or time.monotonic() > deadline:
            raise DidNotStart(saying())
        time.sleep(0.02)


class Server:
    """A program with a port and a folder of its own, which dies with the process that started it."""

    environment: dict[str, str] | None = None
    patience = PATIENCE_SECONDS

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="safeguarding-reviews-server-"))
        self.workplace = self.folder
        self.process: subprocess.Popen | None = None
        self._run_as: list[str] = []

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError

    def _run(self, *command: str) -> None:
        """Runs a command to its end as the server's user."""
        done = subprocess.run(
            ["setpriv", *self._run_as, "--", *command], cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise DidNotStart(f"{command[0]}: {done.stderr or done.stdout}")

    def start(self) -> None:
        """Starts the program and returns when it answers."""
        with (self.folder / "log").open("ab") as log:
            # A session of its own, so that Ctrl-C in the terminal reaches the tests, which then stop it in order.
            self.process = process = subprocess.Popen(
                ["setpriv", *self._run_as, "--pdeathsig", "INT", "--", *self._command()],
                cwd=self.workplace, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        wait_until(
            self._answers,
            saying=lambda: self.log()[-3000:],
            alive=lambda: process.poll() is None,
            seconds=self.patience,
        )

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops the program by its id and waits for its end; SIGKILL for a crash. May be started again."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def crash(self) -> None:
        """Kills the program and every process it started, at once and with SIGKILL. May be started again."""
        process = self.process
        assert process is not None, "it does not run"
        # Held still, so that it starts no other while its children are counted.
        process.send_signal(signal.SIGSTOP)
        family = _descendants(process.pid)
        for pid in [*family, process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        self.process = None
        # PostgreSQL does not start again while one of them still holds its memory.
        wait_until(lambda: not any(map(_lives, family)), saying=lambda: f"some of {family} outlived SIGKILL")

    def remove(self) -> None:
        """Stops the program and removes its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        """Everything the program has written so far."""
        return (self.folder / "log").read_text(errors="replace")


class Unprivileged(Server):
    """A server of somebody else's making: behind a password, and never as root."""

    def __init__(self) -> None:
        super().__init__()
        self.password = secrets.token_urlsafe(16)
        if os.geteuid() == 0:
            user = _unprivileged_user()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._run_as = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


class PostgreSQL(Unprivileged):
    """A cluster without durability, for one run of the tests."""

    user = "tests"
    durability: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

    def __init__(self) -> None:
        super().__init__()
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)  # inside a folder that only the server's user can enter
        self._run(
            program("initdb"), "--pgdata=cluster", f"--username={self.user}", "--pwfile=password",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip

    def _command(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "max_connections": 100,
            "shared_buffers": "128MB", **self.durability,
        }  # fmt: skip
        return [program("postgres"), "-D", "cluster", *(f"--{name}={value}" for name, value in options.items())]

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def url(self, database: str) -> str:
        """The address of one database, as DATABASE_URL takes it."""
        return f"postgres://{self.user}:{self.password}@127.0.0.1:{self.port}/{database}"


class DurablePostgreSQL(PostgreSQL):
    """A cluster that keeps whatever it has confirmed, though all its processes be killed."""

    # Only a machine that loses its power would lose what the system has not yet put on the disk.
    durability: Mapping[str, str] = {"fsync": "off"}


class Redis(Unprivileged):
    """A broker that keeps nothing on disk."""

    def _command(self) -> list[str]:
        return [
            program("redis-server"), "--bind", "127.0.0.1", "--port", str(self.port), "--requirepass", self.password,
            "--save", "", "--appendonly", "no",
        ]  # fmt: skip

    @property
    def url(self) -> str:
        """Its address, as CELERY_BROKER_URL takes it."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=5)

    def _answers(self) -> bool:
        with contextlib.suppress(redis.RedisError), contextlib.closing(self.client()) as client:
            return bool(client.ping())
        return False


class Ours(Server):
    """A process of the product, with the settings of production but for what `environment` says.

    It answers once `ready_when` stands in what it wrote since it was started. `{port}` in any of these is its own.
    """

    patience = FIRST_START_SECONDS

    def __init__(self, *command: str, environment: Mapping[str, str], ready_when: str) -> None:
        super().__init__()
        self.workplace = PROJECT
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "PYTHONUNBUFFERED": "1",
            "PORT": str(self.port),
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": "only-for-the-tests-" * 4,
            **environment,
        }
        self._arguments = [part.replace("{port}", str(self.port)) for part in command]
        self._ready_when = ready_when.replace("{port}", str(self.port))
        self._times_started = 0

    def start(self) -> None:
        self._times_started += 1
        super().start()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """As every server is stopped, but with SIGTERM: what a shell runs in the background may not hear SIGINT."""
        super().stop(how)

    def _command(self) -> list[str]:
        return [sys.executable, *self._arguments]

    def _answers(self) -> bool:
        return self.log().count(self._ready_when) >= self._times_started


def celery_worker(**environment: str) -> Ours:
    """A Celery worker as production runs it; the environment must name DATABASE_URL and CELERY_BROKER_URL."""
    command = ("-m", "celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO")
    return Ours(*command, environment=environment, ready_when=" ready.")


def clocked_worker(file: Path, **environment: str) -> Ours:
    """The same worker, its tasks at the time that a file says (`tests.clocked_worker.Clock`)."""
    return Ours("-m", "tests.clocked_worker", str(file), environment=environment, ready_when=" ready.")


def celery_beat(**environment: str) -> Ours:
    """The scheduler as production runs it."""
    command = ("-m", "celery", "-A", "config", "beat", "--scheduler", "celery.beat:Scheduler", "--loglevel", "INFO")
    return Ours(*command, "--pidfile=", environment=environment, ready_when="beat: Starting")


def web_server(**environment: str) -> Ours:
    """The web server as production runs it, on `port` of the loopback address."""
    return Ours(
        "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi", environment=environment, ready_when="Booting"
    )


def _descendants(pid: int) -> list[int]:
    """The processes that it started, and those that they started."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_descendants(child)]
    return found


def _lives(pid: int) -> bool:
    """Whether it still runs: one that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _unprivileged_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise DidNotStart("Running as root, and there is no user postgres or nobody to run PostgreSQL as.")
