"""A Postgres of one's own for the tests of the store, where its programs are installed."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from planner.keep.store import Store

NOBODY = "postgres"  # Postgres never runs as root


@dataclass(frozen=True)
class Cluster:
    """A private cluster that listens on a socket in its own folder."""

    bin: Path
    folder: Path
    user: str

    def run(self, program: str, *args: str) -> None:
        """One of Postgres's programs, as the user that owns the cluster."""
        subprocess.run(
            [str(self.bin / program), *args],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            timeout=60,
            user=self.user,
        )

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://{self.user}@/{name}?host={self.folder}"


def lacking(why: str) -> None:
    """Without Postgres its tests are left out, but never where the whole suite must run."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster that lives as long as the tests."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if find_spec("psycopg") is None:
        lacking("psycopg is not installed: pip install -e '.[postgres]'")
    if not binaries:
        lacking("Postgres is not installed: apt-get install postgresql")
    user = pwd.getpwuid(os.getuid()).pw_name
    if user == "root":
        user = NOBODY
    folder = Path(tempfile.mkdtemp(prefix="planner-pg-"))
    shutil.chown(folder, user)
    cluster = Cluster(binaries[-1].parent, folder, user)
    try:
        cluster.run("initdb", "-D", "data", "-A", "trust", "-U", user, "--no-sync", "-E", "UTF8", "--locale", "C")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        cluster.run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")
        yield cluster
        cluster.run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(cluster: Cluster) -> str:
    """The address of an empty database."""
    name = f"test_{secrets.token_hex(6)}"
    cluster.run("createdb", "-h", str(cluster.folder), "-U", cluster.user, name)
    return cluster.address(name)


@pytest.fixture(params=["file", "memory", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each kind of store, empty."""
    if request.param == "postgres":
        address = request.getfixturevalue("postgres")
    else:
        address = f"sqlite:///{tmp_path}/drafts.sqlite" if request.param == "file" else "sqlite://"
    opened = Store(address)
    yield opened
    opened.close()


@pytest.fixture(params=["file", "postgres"])
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of each kind of store that outlives a process."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path}/drafts.sqlite"
