"""Reading our own source the way a linter does: each reader takes one file's text and returns what it found."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator

from tests.servers import PROJECT

_CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# From the highest to the lowest, as the import contract says them; rooms of one line are equals.
FLOORS = [line.split(" | ") for line in _CONTRACTS[0]["layers"]]
ROOMS = [room for floor in FLOORS for room in floor]


def height(room: str) -> int:
    """How high a room stands; what may be imported stands lower."""
    return next(len(FLOORS) - number for number, floor in enumerate(FLOORS) if room in floor)


def python_files() -> Iterator[tuple[str, str]]:
    """`(path, text)` of every Python file of the product, migrations left out."""
    for path in [PROJECT / "manage.py", *(path for room in ROOMS for path in sorted((PROJECT / room).rglob("*.py")))]:
        if "migrations" not in path.parts:
            yield str(path.relative_to(PROJECT)), path.read_text()


def templates() -> Iterator[tuple[str, str]]:
    """`(path, text)` of every page and fragment."""
    for folder in [PROJECT / "templates", *(PROJECT / room / "templates" for room in ROOMS)]:
        for path in sorted(folder.rglob("*.html")):
            yield str(path.relative_to(PROJECT)), path.read_text()


def tracked_files() -> Iterator[tuple[str, str]]:
    """`(path, text)` of everything under version control that is text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        path = PROJECT / name
        if name and path.is_file() and not path.is_symlink():
            try:
                yield name, path.read_text()
            except UnicodeDecodeError:
                continue


def _is_status(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "status"


def _says_status(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "status"


# Calls that write rows, told by their name; `HttpResponse(status=404)` is none of them.
_WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_create"}


def status_written(text: str) -> list[int]:
    """The lines that write a `status` of anything."""
    lines = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign):
            targets = [part for target in node.targets for part in ast.walk(target)]
            found = any(_is_status(target) for target in targets)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            found = _is_status(node.target)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found = (
                (name in _WRITERS and any(keyword.arg == "status" for keyword in node.keywords))
                or (name in ("setattr", "__setattr__") and any(_says_status(argument) for argument in node.args))
                or (
                    name in ("bulk_update", "save")
                    and any(_says_status(part) for argument in _arguments(node) for part in ast.walk(argument))
                )
                or (name in _WRITERS and _dictionary_says_status(node))
            )
        else:
            continue
        if found:
            lines.append(node.lineno)
    return sorted(lines)


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _dictionary_says_status(call: ast.Call) -> bool:
    dictionaries = [part for argument in _arguments(call) for part in ast.walk(argument) if isinstance(part, ast.Dict)]
    return any(_says_status(key) for dictionary in dictionaries for key in dictionary.keys if key)


_CLOCKS = {
    "today": {"date", "datetime"},
    "now": {"datetime", "timezone"},
    "utcnow": {"datetime"},
    "localdate": {"timezone"},
    "localtime": {"timezone", "time"},
    "time": {"time"},
    "time_ns": {"time"},
}
_BARE_CLOCKS = {"localdate", "Now", "CurrentDate", "TruncToday"}


def clocks_read(text: str) -> list[int]:
    """The lines that read the clock, or hand a clock to a column."""
    lines = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            asked = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            # `timezone.localtime(instant)` only converts; without an argument it reads.
            found = asked in _CLOCKS.get(node.attr, ()) and node.attr not in ("localdate", "localtime")
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            reads = name in _BARE_CLOCKS or name == "localtime"
            found = reads and not node.args and not any(keyword.arg == "value" for keyword in node.keywords)
        elif isinstance(node, ast.keyword):
            found = node.arg in ("auto_now", "auto_now_add")
        else:
            continue
        if found:
            lines.append(node.lineno)
    return sorted(lines)


_DOTTED = re.compile(r"([a-z_]+)\.[A-Za-z_][\w.]*")


def rooms_named(text: str, names: dict[str, str]) -> list[tuple[int, str]]:
    """`(line, room)` of every string that names something in a room, such as `"cases.Case"` or `"cases.models"`.

    `names` gives the room of each app label and package name.
    """
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = _DOTTED.fullmatch(node.value)
            if match and match[1] in names:
                found.append((node.lineno, names[match[1]]))
    return sorted(found)


_COMPARISON = re.compile(r"\{%-?\s*(?:el)?if\s[^%]*?(?:==|!=|<|>|\sin\s)[^%]*%\}")


def comparisons(text: str) -> list[str]:
    """The conditions of a template that compare instead of asking."""
    return _COMPARISON.findall(text)


_INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)[^>]*>      # a script that is not a file
      | <style\b
      | <[a-z][^>]*?\sstyle\s*=           # a style of one element
      | <[a-z][^>]*?\son[a-z]+\s*=        # a handler of one element
      | \b(?:href|src|action)\s*=\s*["']?\s*javascript:""",
    re.I | re.X,
)


def inline_code(text: str) -> list[str]:
    """The scripts, styles and handlers that stand in a page instead of in a file."""
    return _INLINE.findall(re.sub(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", "", text, flags=re.S))


_POST = re.compile(r"<form\b[^>]*method=[\"']?post[^>]*>(.*?)(?:</form>|\Z)", re.I | re.S)


def unprotected_forms(text: str) -> list[str]:
    """The forms that change something and carry no token of their own."""
    return [body for body in _POST.findall(text) if "csrf_token" not in body and "{% crispy" not in body]
