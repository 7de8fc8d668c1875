"""No engine runs the containers here; what they say is compared with what the rest of the project says."""

import ast
import re
import shlex

import pytest
import yaml

from tests.servers import PROJECT

COMPOSE = (PROJECT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
MAKEFILE = (PROJECT / "Makefile").read_text()
EXAMPLE = (PROJECT / ".env.example").read_text()
OURS = ("migrate", "web", "worker", "beat")


def recipe(target: str) -> list[str]:
    """The words of the last line of a target, without the path to the virtual environment."""
    body = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)
    assert body, f"the Makefile has no {target}"
    line = body[1].strip().splitlines()[-1].strip()
    return shlex.split(line.removeprefix("exec ").replace("$(BIN)/", ""))


def debian(variable: str) -> set[str]:
    return set(re.search(rf"^{variable} := (.*)$", MAKEFILE, re.M)[1].split())


def variables_read_by_the_product() -> set[str]:
    """The names asked of the environment in the settings and in the server's configuration."""
    names = set()
    for file in ("config/settings.py", "config/gunicorn.py"):
        for node in ast.walk(ast.parse((PROJECT / file).read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            asked, first = ast.unparse(node.func.value), node.args[0]
            if asked in ("env", "os.environ") and node.func.attr != "setdefault" and isinstance(first, ast.Constant):
                names.add(first.value)
    return names


def variables_of_the_compose_file() -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE))


def variables_of_the_example() -> dict[str, str]:
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", EXAMPLE, re.M))


@pytest.mark.parametrize("service", OURS)
def test_a_container_runs_what_make_runs(service):
    assert shlex.split(SERVICES[service]["command"]) == recipe(service)


def test_the_image_runs_the_web_server_when_told_nothing():
    assert yaml.safe_load(re.search(r"^CMD (.*)$", DOCKERFILE, re.M)[1]) == recipe("web")


def test_the_image_has_the_debian_packages_that_make_installs():
    body = re.search(r"apt-get install --yes --no-install-recommends \\\n(.*?)&&", DOCKERFILE, re.S)[1]
    assert set(body.replace("\\", " ").split()) == debian("DEBIAN_PYTHON") | debian("DEBIAN_START")


def test_every_variable_is_in_the_example_and_every_example_is_read():
    assert variables_of_the_example().keys() == variables_read_by_the_product() | variables_of_the_compose_file()


def test_nothing_secret_has_a_default():
    secrets = {name for name in variables_of_the_example() if re.search("SECRET|PASSWORD|KEYS", name)}
    assert {"SECRET_KEY", "AUDIT_KEYS", "POSTGRES_PASSWORD", "REDIS_PASSWORD"} <= secrets
    assert {name: value for name, value in variables_of_the_example().items() if name in secrets and value} == {}
    for name in secrets & variables_of_the_compose_file():
        assert set(re.findall(rf"\${{{name}(.)", COMPOSE)) == {":"}
        assert f"${{{name}:-" not in COMPOSE


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"migrate"}))
def test_every_service_says_whether_it_is_well(service):
    assert SERVICES[service]["healthcheck"]["test"]


def test_what_must_be_kept_is_on_a_volume():
    kept = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert kept == yaml.safe_load(COMPOSE)["volumes"].keys() == {"database", "papers"}


def test_nothing_is_published_beyond_this_machine():
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published and all(port.startswith("127.0.0.1:") for port in published)


@pytest.mark.parametrize("service", OURS)
def test_the_product_runs_with_as_little_power_as_it_needs(service):
    told = SERVICES[service]
    assert told["read_only"] and told["cap_drop"] == ["ALL"]
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.M)


def test_the_image_is_given_the_rooms_and_no_secrets():
    given = set(re.findall(r"^!(.+)$", (PROJECT / ".dockerignore").read_text(), re.M))
    rooms = {path.parent.name for path in PROJECT.glob("*/__init__.py")} - {"tests", "bench"}
    assert given == rooms | {"manage.py", "requirements.txt", "static", "templates"}
