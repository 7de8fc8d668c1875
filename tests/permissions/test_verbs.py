"""Every right and every verb with every role: who may, and that whoever may not changes nothing."""

from __future__ import annotations

import ast
import re

import pytest
from django.db import connection, transaction

from accounts.rights import NotPermitted, Right
from tests.architecture.reading import python_files

from .expected_verbs import RIGHTS, VERBS
from .verbs import CALLED_BY_VERBS, OF_ONES_OWN, call, is_of_a_case, verbs
from .world import ROLES, Everything

PEOPLE = (*ROLES, "correspondent", "conflicted", "elsewhere", "newcomer")
CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
EDGES = re.compile(r"(^|/)(views|tasks|middleware|admin)(\.py$|/)|/management/commands/")


def test_every_right_is_held_by_the_roles_of_the_table():
    verbs()  # every room has named its rights once its verbs are there
    assert {words: set(right.held_by) for words, right in Right.every.items()} == RIGHTS


@pytest.mark.parametrize("words", RIGHTS)
def test_a_role_that_does_not_hold_a_right_is_never_allowed(world, words):
    verbs()
    held = {str(role) for role in RIGHTS[words]}
    allowed = {
        role for role in ROLES if role not in held and Right.every[words].allows(world.standing(role), world.one.case)
    }
    assert allowed == set()


def test_every_verb_has_a_line_in_one_of_the_tables():
    assert set(verbs()) == VERBS.keys() | CALLED_BY_VERBS.keys()
    assert not VERBS.keys() & CALLED_BY_VERBS.keys()


def refused(name: str, world: Everything, person: str) -> bool:
    """Whether the verb refuses this person; a refusal must come before anything is changed."""
    changed = []

    def watching(execute, sql, params, many, context):
        if CHANGES.match(sql):
            changed.append(sql[:80])
        return execute(sql, params, many, context)

    answer = False
    with transaction.atomic():
        with connection.execute_wrapper(watching):
            try:
                call(name, world, person)
            except NotPermitted:
                answer = True
            except Exception:
                pass
        transaction.set_rollback(True)
    if answer:
        assert changed == [], (name, person)
    return answer


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_asks_for_its_right_before_it_does_anything(world, name):
    assert {person for person in PEOPLE if not refused(name, world, person)} == set(VERBS[name])


def test_every_role_at_once_in_an_authority_without_a_part_does_nothing_to_a_case():
    """`elsewhere` stands in no line of the table of what belongs to a case."""
    assert [name for name, people in VERBS.items() if is_of_a_case(name) and "elsewhere" in people] == []


def called(tree: ast.Module, verb: str) -> bool:
    room, _, name = verb.rpartition(".")
    imported = any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(f"{room}.actions")
        and any(alias.name == name for alias in node.names)
        for node in ast.walk(tree)
    )
    by_its_room = any(
        isinstance(node, ast.ImportFrom)
        and node.module == room
        and any(alias.name == "actions" and not alias.asname for alias in node.names)
        for node in ast.walk(tree)
    )
    asked = any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "actions"
        for node in ast.walk(tree)
    )
    return imported or (by_its_room and asked)


def test_no_page_calls_a_verb_that_asks_for_no_right():
    found = [
        (path, verb)
        for path, text in python_files()
        if EDGES.search(path)
        for tree in [ast.parse(text)]
        for verb in sorted(CALLED_BY_VERBS.keys() - OF_ONES_OWN)
        if called(tree, verb)
    ]
    assert found == []


def test_a_page_that_would_call_one_is_seen():
    assert called(ast.parse("from cases.actions import admit\nadmit(case, part, by=by)"), "cases.admit")
    assert called(ast.parse("from deadlines import actions\nactions.void(key, by=by, reason='')"), "deadlines.void")
    assert not called(ast.parse("from cases import actions\nactions.assign(case, part, by=by)"), "cases.admit")
