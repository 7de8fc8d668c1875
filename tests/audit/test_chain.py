"""The chain of events: what was changed, removed, moved, cut or rebuilt shows."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit import chain
from audit.events import hold, key_of, record
from audit.models import Anchor, AppendOnly, Event, Reason, Trail
from audit.tasks import anchor
from audit.verify import anchor_if_due, breaks, cast_anchor, first_break

postgres_only = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the refusing trigger is PostgreSQL's")


@pytest.fixture
def told(cast, standing):
    """A chain of ten events, the fourth with a reason."""
    trail = Trail.mint()
    by = standing(cast.coordinator)
    for number in range(1, 11):
        record(trail, f"deed {number}", by=by, reason="Because of Zephyrine." if number == 4 else "")
    trail.refresh_from_db()
    return trail


@pytest.fixture
def behind_our_back(db):
    """Runs SQL as someone who owns the database: on PostgreSQL the trigger is switched off for it."""

    def run(sql, *values):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Waiting checks of foreign keys would keep the table from being altered.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for table in ("audit_event", "audit_reason", "audit_anchor"):
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            if connection.vendor == "postgresql":
                for table in ("audit_event", "audit_reason", "audit_anchor"):
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


def broken_at(trail):
    found = [broken for broken in breaks() if broken.trail == trail.key]
    return [broken.number for broken in found]


def test_an_untouched_chain_holds(told):
    assert first_break(told) is None
    assert list(breaks()) == []


def test_every_case_has_a_chain_of_its_own_numbered_from_one(case_one, case_two):
    for case in (case_one, case_two):
        numbers = list(Event.objects.filter(trail=case.trail).values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "nothing happened"),
        ("capacity", "Somebody else"),
        ("subject", "cases.Case:999"),
        ("from_status", "draft"),
        ("to_status", "accepted"),
        ("changed", '["harm"]'),
        ("reading", True),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("token", "a-token-of-mine"),
        ("reason_hash", "0" * 64),
        ("key_id", "another"),
        ("previous", "0" * 64),
        ("digest", "0" * 64),
    ],
)
def test_a_change_to_any_column_names_the_event_that_was_changed(told, behind_our_back, column, value):
    behind_our_back(f"UPDATE audit_event SET {column} = %s WHERE trail_id = %s AND number = 6", value, told.pk)
    assert broken_at(told)[0] in ({6, 7} if column == "digest" else {6})


def test_another_person_put_in_the_place_of_the_one_who_acted_shows(told, behind_our_back, cast):
    behind_our_back(
        "UPDATE audit_event SET actor_id = %s WHERE trail_id = %s AND number = 6", cast.partner_la.pk, told.pk
    )
    assert broken_at(told) == [6]


def test_an_event_removed_from_the_middle_shows(told, behind_our_back):
    behind_our_back("DELETE FROM audit_untold")
    behind_our_back("DELETE FROM audit_event WHERE trail_id = %s AND number = 6", told.pk)
    assert broken_at(told) == [6]


def test_an_event_removed_and_the_rest_renumbered_shows(told, behind_our_back):
    behind_our_back("DELETE FROM audit_untold")
    behind_our_back("DELETE FROM audit_event WHERE trail_id = %s AND number = 6", told.pk)
    for number in range(7, 11):
        behind_our_back(
            "UPDATE audit_event SET number = %s WHERE trail_id = %s AND number = %s", number - 1, told.pk, number
        )
    behind_our_back("UPDATE audit_trail SET length = 9 WHERE id = %s", told.pk)
    assert broken_at(told) == [6]


def test_two_events_that_changed_places_show(told, behind_our_back):
    for old, new in ((6, 99), (7, 6), (99, 7)):
        behind_our_back("UPDATE audit_event SET number = %s WHERE trail_id = %s AND number = %s", new, told.pk, old)
    assert broken_at(told) == [6]


def test_an_event_added_by_hand_shows(told, behind_our_back):
    behind_our_back(
        "INSERT INTO audit_event (trail_id, number, at, actor_id, capacity, verb, subject, from_status, to_status, "
        "changed, reading, reason_hash, key_id, previous, digest) SELECT trail_id, 11, at, actor_id, capacity, "
        "'made up', subject, from_status, to_status, changed, reading, reason_hash, key_id, digest, digest "
        "FROM audit_event WHERE trail_id = %s AND number = 10",
        told.pk,
    )
    assert broken_at(told) == [11]


def test_the_last_events_cut_off_with_the_head_left_behind_show(told, behind_our_back):
    behind_our_back("DELETE FROM audit_untold")
    behind_our_back("DELETE FROM audit_event WHERE trail_id = %s AND number > 7", told.pk)
    assert broken_at(told) == [8]


def cut_with_its_head(trail, behind_our_back):
    head = Event.objects.get(trail=trail, number=7).digest
    behind_our_back("DELETE FROM audit_untold")
    behind_our_back("DELETE FROM audit_event WHERE trail_id = %s AND number > 7", trail.pk)
    behind_our_back("UPDATE audit_trail SET length = 7, head = %s WHERE id = %s", head, trail.pk)


def test_a_cut_tail_whose_head_was_set_back_shows_against_an_anchor(told, behind_our_back):
    anchor = cast_anchor(at=timezone.now())
    cut_with_its_head(told, behind_our_back)
    assert first_break(told) is None, "the chain alone cannot tell"
    assert [(broken.trail, broken.number) for broken in breaks()] == [(told.key, 10)]
    assert f"{anchor.at:%d %B %Y}" in next(breaks()).why


def test_a_chain_removed_whole_shows_against_an_anchor(told, behind_our_back):
    cast_anchor(at=timezone.now())
    for table in ("audit_untold", "audit_reason"):
        behind_our_back(f"DELETE FROM {table}")
    behind_our_back("DELETE FROM audit_event WHERE trail_id = %s", told.pk)
    behind_our_back("DELETE FROM audit_trail WHERE id = %s", told.pk)
    assert broken_at(told) == [10]


def test_an_anchor_that_was_changed_to_match_shows(told, behind_our_back):
    cast_anchor(at=timezone.now())
    cut_with_its_head(told, behind_our_back)
    behind_our_back("UPDATE audit_anchor SET lengths = %s", "{}")
    assert [broken.trail for broken in breaks()] == ["anchors"]


def test_an_anchor_that_was_removed_shows_in_the_next(told, behind_our_back, cast, standing):
    first = cast_anchor(at=timezone.now())
    record(told, "one more deed", by=standing(cast.coordinator))
    cast_anchor(at=timezone.now())
    behind_our_back("DELETE FROM audit_anchor WHERE id = %s", first.pk)
    assert [broken.trail for broken in breaks()] == ["anchors"]


def test_anchors_cut_with_the_chain_show_against_the_line_that_was_kept_elsewhere(told, behind_our_back, capsys):
    call_command("anchor_audit")
    kept_elsewhere = capsys.readouterr().out.split()[-1]
    cut_with_its_head(told, behind_our_back)
    behind_our_back("DELETE FROM audit_anchor")
    call_command("verify_audit")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", anchor=[kept_elsewhere])
    assert ended.value.code == 1
    assert kept_elsewhere in capsys.readouterr().out


def test_an_anchor_names_only_the_chains_that_grew(told, cast, standing, case_one):
    first = cast_anchor(at=timezone.now())
    assert set(first.lengths) >= {told.key, case_one.trail.key}
    record(told, "one more deed", by=standing(cast.coordinator))
    second = cast_anchor(at=timezone.now())
    assert second.lengths == {told.key: [11, Trail.objects.get(pk=told.pk).head]}
    assert (second.previous, second.heads) == (first.digest, first.heads)


def test_a_chain_rebuilt_by_someone_without_the_key_shows(told, behind_our_back, settings):
    true_keys, settings.AUDIT_KEYS = settings.AUDIT_KEYS, [settings.AUDIT_KEYS[0].split(":")[0] + ":guessed"]
    previous = ""
    for event in Event.objects.filter(trail=told).order_by("number"):
        event.verb, event.previous = event.verb.replace("deed", "nothing"), previous
        previous = event.digest = chain.digest_of(event, told.key)
        behind_our_back(
            "UPDATE audit_event SET verb = %s, previous = %s, digest = %s WHERE id = %s",
            event.verb, event.previous, event.digest, event.pk,
        )  # fmt: skip
    behind_our_back("UPDATE audit_trail SET head = %s WHERE id = %s", previous, told.pk)
    Reason.objects.all().delete()
    assert first_break(Trail.objects.get(pk=told.pk)) is None, "the forger's own check"
    settings.AUDIT_KEYS = true_keys
    assert broken_at(told) == [1]


def test_a_chain_copied_under_another_case_shows(told, behind_our_back, case_one):
    behind_our_back("UPDATE audit_trail SET key = 'elsewhere' WHERE id = %s", told.pk)
    assert first_break(Trail.objects.get(pk=told.pk)).number == 1


def test_the_command_names_the_first_bad_event_and_fails(told, behind_our_back, capsys):
    call_command("verify_audit")
    assert "every link holds" in capsys.readouterr().out
    behind_our_back("UPDATE audit_event SET verb = 'x' WHERE trail_id = %s AND number IN (3, 8)", told.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert capsys.readouterr().out == f"BROKEN chain {told.key}, event 3: its content was changed\n"


# --- nobody changes an event ------------------------------------------------------------------------------------
def test_our_own_code_cannot_change_or_remove_an_event(told):
    event = Event.objects.filter(trail=told).first()
    event.verb = "something else"
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(verb="something else"),
        lambda: Event.objects.bulk_update([event], ["verb"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()


@postgres_only
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET verb = 'x' WHERE number = 6",
        "DELETE FROM audit_event WHERE number = 6",
        "UPDATE audit_reason SET text = 'x'",
        "UPDATE audit_anchor SET heads = 0",
        "DELETE FROM audit_anchor",
    ],
)
def test_the_database_refuses_to_change_an_event_or_an_anchor(told, sql):
    cast_anchor(at=timezone.now())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- either both or neither -------------------------------------------------------------------------------------
def test_a_deed_that_fails_leaves_no_event(told, cast, standing):
    class Failed(Exception):
        pass

    with pytest.raises(Failed), transaction.atomic():
        record(told, "deed 11", by=standing(cast.coordinator))
        raise Failed
    told.refresh_from_db()
    assert told.length == Event.objects.filter(trail=told).count() == 10
    assert first_break(told) is None


def test_a_deed_whose_event_cannot_be_written_is_not_done(case_one, cast, standing, settings):
    from cases.actions import close
    from cases.models import Case

    by = standing(cast.coordinator)
    settings.AUDIT_KEYS = []
    with pytest.raises(StopIteration):
        close(case_one, by=by, reason="All is done.")
    assert Case.objects.get(pk=case_one.pk).status == "open"


# --- the same everywhere ----------------------------------------------------------------------------------------
def test_the_chain_holds_after_it_was_dumped_and_loaded_elsewhere(told, behind_our_back):
    rows = [*Trail.objects.all(), *Event.objects.all(), *Reason.objects.all()]
    dumped = serializers.serialize("json", rows)
    for table in ("audit_untold", "audit_reason", "audit_event", "audit_trail"):
        behind_our_back(f"DELETE FROM {table}")
    for row in serializers.deserialize("json", dumped):
        row.save()
    assert Event.objects.filter(trail__key=told.key).count() == 10
    assert list(breaks()) == []


def test_the_chain_holds_in_another_time_zone_and_language(told, settings):
    settings.TIME_ZONE, settings.LANGUAGE_CODE, settings.USE_TZ = "Asia/Kolkata", "fr", True
    with timezone.override("America/New_York"):
        assert list(breaks()) == []


def test_the_canonical_form_is_plain_ascii_json_in_utc():
    at = timezone.datetime(2026, 7, 1, 13, 0, 0, 5000, tzinfo=timezone.get_fixed_timezone(60))
    written = chain.canonical({"b": "é", "at": at, "a": [1, None, True]})
    assert written == '{"a":[1,null,true],"at":"2026-07-01T12:00:00.005000Z","b":"\\u00e9"}'


def test_an_older_key_still_verifies_what_was_sealed_with_it(told, cast, standing, settings):
    settings.AUDIT_KEYS = ["new:a-new-key", *settings.AUDIT_KEYS]
    record(told, "deed 11", by=standing(cast.coordinator))
    assert list(breaks()) == []
    settings.AUDIT_KEYS = settings.AUDIT_KEYS[:1]
    assert broken_at(told) == [1]


# --- erasure ----------------------------------------------------------------------------------------------------
def test_the_chain_holds_when_the_reasons_are_erased(told):
    Reason.objects.filter(event__trail=told).delete()
    assert list(breaks()) == []


def test_an_erased_reason_cannot_be_guessed_from_what_the_chain_keeps(told, cast, standing):
    by = standing(cast.coordinator)
    record(told, "deed 11", by=by, reason="Because of Zephyrine.")
    hashes = list(Event.objects.exclude(reason_hash="").values_list("reason_hash", flat=True))
    assert len(set(hashes)) == 2, "the same words twice must not look the same"


def test_a_changed_reason_shows(told, behind_our_back):
    behind_our_back("UPDATE audit_reason SET text = 'For no reason.'")
    assert broken_at(told) == [4]


def test_events_hold_nothing_that_says_who_a_child_is(case_one, cast, standing):
    from cases.actions import correct_identity, reveal

    by = standing(cast.coordinator)
    identity = case_one.child_set.get().identity
    reveal(identity, by=by, reason="To ring the school.")
    correct_identity(identity, by=by, seen_version=1, full_name="Zephyrine Quillfeather-Moon")
    kept = json.dumps([list(row) for row in Event.objects.values_list(*chain.CHAINED, "digest")], default=str)
    assert "full_name" in kept
    for secret in ("Zephyrine", "Quillfeather", "9434765919", "2026-03-02", "ring the school"):
        assert secret not in kept


# --- small promises ---------------------------------------------------------------------------------------------
def test_a_verb_that_holds_the_chain_twice_does_not_block_itself(told, cast, standing):
    with transaction.atomic():
        hold(told)
        hold(told, Trail.of_the_house())
        record(told, "deed 11", by=standing(cast.coordinator), subject=told)
    assert Event.objects.filter(subject=key_of(told)).count() == 1


def test_an_anchor_is_cast_once_a_day_however_often_it_is_asked_for(told, caplog):
    noon = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert anchor_if_due(at=noon) is not None
    assert anchor_if_due(at=noon + timedelta(hours=23)) is None
    assert anchor_if_due(at=noon + timedelta(hours=24, seconds=1)) is not None
    assert Anchor.objects.count() == 2


def test_the_line_that_leaves_the_machine_is_in_the_log(told, caplog):
    with caplog.at_level("INFO"):
        anchor()
        anchor()
    assert caplog.text.count(Anchor.objects.get().digest) == 1


def test_anchors_of_nothing_are_no_trouble(db):
    cast_anchor(at=timezone.now())
    assert list(breaks()) == []
    assert Anchor.objects.get().heads == 1
