"""The product does not start unsafe, and says in a sentence what is missing."""

import os
import subprocess
import sys

import pytest

from tests.servers import PROJECT

PRODUCTION = {
    "SECRET_KEY": "a-key-that-is-long-enough-and-known-to-nobody-but-this-test-0123456789",
    "SITE_URL": "https://reviews.example.org",
    "ALLOWED_HOSTS": "reviews.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "smtp+tls://mail.example.org:587",
}


@pytest.fixture
def manage(tmp_path):
    """Runs `manage.py` the way a shell does, with nothing of ours in the environment but what is given."""

    def run(*arguments, **environment):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env={**kept, "DATA_DIR": str(tmp_path / "data"), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize("command", ["serve", "check", "migrate"])
def test_without_a_secret_key_it_stops_with_a_sentence_saying_what_to_do(manage, command):
    done = manage(command)
    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY is not set. Put a long random value in the environment")
    assert "Traceback" not in done.stderr and done.stdout == ""


@pytest.mark.parametrize(
    ("unsafe", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be 50 characters or more."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts this site answers to; * is not accepted."),
    ],
)
def test_an_unsafe_setting_stops_it(manage, unsafe, sentence):
    done = manage("check", **{**PRODUCTION, **unsafe})
    assert done.returncode == 1
    assert done.stderr.strip() == sentence


def test_debug_cannot_be_switched_on_from_outside(manage):
    done = manage("shell", "-c", "from django.conf import settings; print(settings.DEBUG)", **PRODUCTION, DEBUG="1")
    assert done.stdout.strip().endswith("False")


def test_production_settings_pass_the_deployment_check(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_demo_keeps_its_own_key_to_itself(manage, tmp_path):
    asked = ("shell", "-c", "from django.conf import settings; print(settings.SECRET_KEY)", "--demo")
    first, second = manage(*asked), manage(*asked)
    key = tmp_path / "data" / "demo-secret"
    assert first.stdout.split()[-1] == second.stdout.split()[-1] == key.read_text()
    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_the_web_server_says_the_same_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY is not set.")
    assert "Traceback" not in done.stderr
