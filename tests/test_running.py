"""docs/running.md is done, line by line; and the files that it hands out say what it says of them."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.command_line import cli
from handlers.watching import LIVE
from storage.engine import _POOLED
from tests.commands import KEY, ROOT
from tests.test_house import command_names

pytestmark = pytest.mark.xdist_group("commands")
RUNNING = ROOT / "docs" / "running.md"
ELSEWHERE = re.compile(r"# needs (the internet|a server)$")
LONGEST_S = 400  # some twenty programs, one after the other, on a computer that may be busy
STATE = "/var/lib/citizen-eye"
OLD = "sqlite:////var/lib/citizen-eye/citizen-eye.db"
NEW = "postgresql://citizen_eye@localhost/citizen_eye"  # its password goes by the environment, not in words
UNITS = sorted((ROOT / "docs" / "running").glob("*.service"))
TIMERS = sorted((ROOT / "docs" / "running").glob("*.timer"))


def lines() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", RUNNING.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.timeout(LONGEST_S)
def test_every_line_that_needs_no_more_than_this_computer_works_in_the_order_of_the_document(tmp_path: Path) -> None:
    here = [line for line in lines() if not ELSEWHERE.search(line)]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/register.db",
        "CITIZEN_EYE_KEY": KEY,
        "BACKUP_FOLDER": str(tmp_path / "backups"),
    }
    written = 'export BACKUP_KEY="$(sed -n s/^BACKUP_KEY=//p said)"'  # by hand, into the settings
    newest = 'NEWEST_BACKUP="$(ls backups/*.age | tail -n 1)"'
    making = here.index("citizen-eye backup-key private-key")
    restoring = next(n for n, line in enumerate(here) if "NEWEST_BACKUP" in line)
    here = [
        *here[:making],
        f"{here[making]} | tee said",
        written,
        *here[making + 1 : restoring],
        newest,
        *here[restoring:],
    ]
    addresses = {OLD: environment["DATABASE_URL"], NEW: f"sqlite:///{tmp_path}/moved.db"}
    moving = next(n for n, line in enumerate(here) if line.startswith("citizen-eye move "))
    assert here[moving].split()[2:] == list(addresses)
    here[moving] = f"citizen-eye move {' '.join(addresses.values())}"

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(here)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=LONGEST_S - 10, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "BACKUP_KEY=age1" in done.stdout
    assert "The register is back" in done.stdout
    assert "payload: i_" in done.stdout


def test_what_needs_more_is_marked_so_and_is_still_a_command_that_there_is() -> None:
    known = command_names(cli)
    for line in lines():
        words = shlex.split(line, comments=True)
        while words and "=" in words[0]:
            words.pop(0)
        if words[0] == "citizen-eye":
            assert words[1] in known or " ".join(words[1:3]) in known, line
        if words[0] in ("apt-get", "git", "make", "podman"):
            assert line.endswith("# needs the internet"), line
        if words[:5] == ["podman", "compose", "run", "--rm", "bot"]:
            assert words[5] in known or " ".join(words[5:7]) in known, line
        if words[0] in ("systemctl", "useradd", "install", "cp", "sed") or "runuser" in words:
            assert line.endswith("# needs a server"), line


def at(beginning: str, after: str = "") -> int:
    """Where the first line stands that begins so; after one that begins with `after`, where that is given."""
    start = at(after) + 1 if after else 0
    return next(n for n, line in enumerate(lines()) if n >= start and line.startswith(beginning))


def test_the_folder_of_the_service_is_there_before_the_first_command_that_works_in_it() -> None:
    text = (ROOT / "docs" / "running" / "citizen-eye.sh").read_text(encoding="utf-8")

    assert f"\ncd {STATE}\n" in text
    assert at("useradd ") < lines().index(folder_made()) < at("citizen-eye ")


def folder_made() -> str:
    return next(
        line for line in lines() if line.startswith("install -d ") and STATE in shlex.split(line, comments=True)
    )


def test_nothing_is_started_that_was_off_and_a_pattern_starts_nothing() -> None:
    for words in (shlex.split(line, comments=True) for line in lines() if line.startswith("systemctl ")):
        assert words[1] in ("enable", "disable", "start", "stop", "try-restart"), words
        if words[1] in ("enable", "start"):  # a pattern stands for units that run, so here for none
            assert [name for name in words if "*" in name] == []
        if words[1] == "try-restart":
            assert words[2:] == ["citizen-eye.service", "citizen-eye@*.service"]


def test_an_upgrade_stops_every_worker_before_the_program_and_the_schema_change() -> None:
    stopping = at("systemctl stop ", after="git -C /opt/citizen-eye fetch")

    assert shlex.split(lines()[stopping], comments=True)[2:] == ["citizen-eye.service", "citizen-eye@*.service"]
    following = [" ".join(line.split()[:3]) for line in lines()[stopping + 1 : stopping + 5]]
    assert [words.split()[0] for words in following] == ["git", "make", "citizen-eye", "systemctl"]
    assert following[2:] == ["citizen-eye migrate", "systemctl start citizen-eye.service"]
    contained = at("podman compose stop bot", after="git checkout")
    assert contained < at("podman compose run --rm bot migrate") < at("podman compose up --detach --force-recreate")


def test_the_timer_of_the_backups_is_enabled_when_there_is_a_key_for_them() -> None:
    assert at("citizen-eye backup-key") < at("systemctl enable --now citizen-eye-backup.timer")
    assert [line for line in lines() if "enable" in line and ".timer" in line] == [
        lines()[at("systemctl enable --now citizen-eye-backup.timer")]
    ]


def test_the_document_knows_how_many_connections_a_worker_holds() -> None:
    text = " ".join(RUNNING.read_text(encoding="utf-8").split())
    each = _POOLED["pool_size"] + _POOLED["max_overflow"]

    assert each == 5
    assert "Each worker holds up to five connections" in text
    assert (
        f"`max_connections = 100`, three of which are kept for its keeper, ends at {(100 - 3) // each} workers" in text
    )


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_service_runs_as_nobody_in_particular_and_may_do_little(file: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # systemd's names are written as they are
    unit.read(file, encoding="utf-8")
    service = unit["Service"]

    assert service["User"] == "citizen-eye"
    assert service["ExecStart"].split()[0] == "/opt/citizen-eye/.venv/bin/citizen-eye"
    assert service["ExecStart"].split()[1] in command_names(cli)
    assert (service["NoNewPrivileges"], service["ProtectSystem"], service["ProtectHome"]) == ("yes", "strict", "yes")
    assert (service["CapabilityBoundingSet"], service["UMask"], service["LimitCORE"]) == ("", "0077", "0")
    assert service["StateDirectory"] == "citizen-eye"
    assert "Environment" not in service  # secrets stand in a file that only root reads


def unit(text: str, folder: Path, name: str) -> Path:
    """A unit file whose program is there, as systemd wants it."""
    file = folder / name
    file.write_text(re.sub(r"/opt/citizen-eye/.venv/bin/citizen-eye", "/bin/true", text), encoding="utf-8")
    return file


def analyzed(*words: str) -> str:
    """What systemd's own judge says; nothing where all is fine."""
    judge = shutil.which("systemd-analyze")
    if judge is None:
        pytest.skip("systemd-analyze is not here")
    done = subprocess.run([judge, *words], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr if done.returncode else done.stderr


def test_systemd_finds_nothing_wrong_with_the_units_and_little_that_they_may_do(tmp_path: Path) -> None:
    files = [unit(file.read_text(encoding="utf-8"), tmp_path, file.name) for file in [*UNITS, *TIMERS]]

    assert analyzed("verify", "--man=no", *map(str, files)) == ""
    for file in files[: len(UNITS)]:
        assert analyzed("security", "--offline=true", "--threshold=20", str(file)) == ""


def test_a_worker_has_its_own_port_by_the_name_of_its_unit(tmp_path: Path) -> None:
    made = next(shlex.split(line, comments=True)[1] for line in lines() if line.startswith("sed "))
    service = (ROOT / "docs" / "running" / "citizen-eye.service").read_text(encoding="utf-8")

    done = subprocess.run(["sed", made], input=service, capture_output=True, text=True, check=True)

    assert "/citizen-eye run --port %i\n" in done.stdout
    assert analyzed("verify", "--man=no", str(unit(done.stdout, tmp_path, "citizen-eye@.service"))) == ""


@pytest.mark.skipif(os.getuid() != 0, reason="it changes the user, as root alone may")
def test_the_command_runs_as_the_service_does_with_settings_that_root_alone_reads(tmp_path: Path) -> None:
    here = Path(tempfile.mkdtemp(prefix="citizen-eye-", dir="/tmp"))
    here.chmod(0o755)
    state, spy, settings = here / "state", here / "spy", tmp_path / "env"
    made = folder_made().replace(STATE, str(state)).replace("-o citizen-eye -g citizen-eye", "-o nobody")
    subprocess.run(shlex.split(made, comments=True), check=True)
    spy.write_text('#!/bin/sh\nid -un; pwd; printf "%s|" "$POLICE_NAME" "$DATA_CONTACT" "$CITY_NAME_HI" "$@"\n')
    spy.chmod(0o755)
    settings.write_text((ROOT / ".env.example").read_text(encoding="utf-8") + 'POLICE_NAME="Ujjain Police"\n')
    settings.chmod(0o600)
    text = (ROOT / "docs" / "running" / "citizen-eye.sh").read_text(encoding="utf-8")
    for there, instead in {
        "/etc/citizen-eye/env": str(settings),
        "/opt/citizen-eye/.venv/bin/citizen-eye": str(spy),
        STATE: str(state),
        "--user citizen-eye": "--user nobody",
    }.items():
        assert there in text
        text = text.replace(there, instead)

    done = subprocess.run(["sh", "-s", "roles", "two words"], input=text, capture_output=True, text=True, check=False)
    shutil.rmtree(here)

    assert done.stderr == ""
    contact, city = "your nearest police station", "इन्दौर"
    said = "|".join(["Ujjain Police", contact, city, "roles", "two words", ""])
    assert done.stdout.splitlines() == ["nobody", str(state), said]


def test_the_service_has_longer_to_stop_than_the_bot_takes() -> None:
    text = (ROOT / "docs" / "running" / "citizen-eye.service").read_text(encoding="utf-8")

    assert int(re.findall(r"TimeoutStopSec=(\d+)", text)[0]) > 5


def test_the_container_installs_by_hash_and_runs_as_a_user_without_rights() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    steps = [line for line in text.splitlines() if re.match(r"[A-Z]+ ", line)]
    last_stage = steps[max(n for n, step in enumerate(steps) if step.startswith("FROM ")) :]

    assert "--require-hashes -r requirements.lock" in text
    assert "USER citizen-eye" in last_stage
    assert last_stage.index("USER citizen-eye") < next(n for n, s in enumerate(last_stage) if s.startswith("CMD"))
    assert not re.search(r"^(ADD|COPY \. )|ENV .*(TOKEN|KEY|PASSWORD)|:latest", text, flags=re.MULTILINE)
    copied = [
        word for step in steps if step.startswith("COPY ") and "--from" not in step for word in step.split()[1:-1]
    ]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    packages = re.search(r"packages = \[(.*)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert packages
    assert {name.strip(' "') for name in packages[1].split(",")} <= set(copied)


def needed(*names: str) -> set[str]:
    """What has to be installed here for these to work, themselves included."""
    found: dict[tuple[str, str], str] = {}
    waiting = [Requirement(name) for name in names]
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), sorted(wanted.extras) or [""]
        if (name, str(extras)) not in found:
            found[name, str(extras)] = name
            below = [Requirement(each) for each in requires(name) or ()]
            waiting += [r for r in below if not r.marker or any(r.marker.evaluate({"extra": e}) for e in extras)]
    return set(found.values())


def test_what_only_builds_the_program_does_not_stay_in_the_image() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    taken_out = re.findall(r"pip uninstall --yes (.+)", text)[0].split()

    to_build = needed(*project["dependency-groups"]["build"])
    assert set(taken_out) == to_build - needed(*project["project"]["dependencies"]) | {"pip"}


def test_an_image_is_built_from_what_the_containerfile_copies_and_from_nothing_else() -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = [words.split() for words in re.findall(r"^COPY (?!--from)(.+) \S+$", text, flags=re.MULTILINE)]

    assert not (ROOT / ".containerignore").exists()  # Podman would read that one instead
    assert [rule for rule in rules if not rule.startswith(("#", "!"))] == ["*", "**/__pycache__"]
    assert [rule[1:] for rule in rules if rule.startswith("!")] == [name for words in copied for name in words]


def test_the_compose_file_keeps_secrets_out_and_the_database_in() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    bot, database = services["bot"], services["database"]

    assert "ports" not in database
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert (bot["read_only"], bot["cap_drop"]) == (True, ["ALL"])
    assert bot["env_file"] == ".env"
    given = {**bot["environment"], **database["environment"]}
    assert [name for name, value in given.items() if "PASSWORD" in name and not value.startswith("${")] == []
    assert "${POSTGRES_PASSWORD:?" in bot["environment"]["DATABASE_URL"]
    assert re.search(r":\d", database["image"])


class Answers(BaseHTTPRequestHandler):
    """A bot that is alive, and not ready."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == LIVE else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing: a test's output is for what went wrong."""


def test_a_container_is_healthy_while_the_bot_is_alive_and_unhealthy_where_nobody_answers() -> None:
    bot = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["bot"]
    kind, command = bot["healthcheck"]["test"]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def ends(port: int) -> int:
        said = command.replace(f":{bot['environment']['LISTEN_PORT']}/", f":{port}/")
        assert said != command
        return subprocess.run(["sh", "-c", said], env={"PATH": path}, capture_output=True, check=False).returncode

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        alive = ends(server.server_port)
        server.shutdown()

    assert (kind, alive) == ("CMD-SHELL", 0)
    assert ends(server.server_port) != 0


def test_client_and_server_of_the_containers_are_of_one_version() -> None:
    client = re.search(r"postgresql-client-(\d+)", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    server = re.search(r"postgres:(\d+)", (ROOT / "compose.yaml").read_text(encoding="utf-8"))

    assert client
    assert server
    assert client[1] == server[1]


def test_the_proxy_opens_one_path_and_logs_nobody() -> None:
    text = (ROOT / "docs" / "running" / "Caddyfile").read_text(encoding="utf-8")

    assert re.findall(r"handle (/\S*)", text) == ["/telegram"]
    assert "output discard" in text
    assert "/telegram --port 8080" in RUNNING.read_text(encoding="utf-8")
    assert "127.0.0.1:8080" in text
