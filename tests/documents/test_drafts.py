"""Writing a paper together: nothing that was saved is lost, nobody overwrites what they have not seen."""

import pytest

from audit.lifecycle import StaleEdit
from documents.drafts import comment, discard, new_draft, resolve, restore, save_section
from documents.models import Comment, Draft, Section, SectionVersion
from tests.threads import in_threads


@pytest.fixture
def section(by):
    draft = new_draft("Report", [("summary", "Summary", "In two pages."), ("learning", "Learning")], by=by)
    return draft.sections.get(key="summary")


def test_a_draft_begins_with_its_headings_in_order(by):
    draft = new_draft("Report", [("a", "First", "Say how.", "<p>Begun.</p>"), ("b", "Second")], by=by)
    rows = list(draft.sections.values_list("number", "heading", "guidance", "html", "version"))
    assert rows == [(1, "First", "Say how.", "<p>Begun.</p>", 1), (2, "Second", "", "", 0)]


def test_every_saving_is_a_version_with_its_author(section, by, cast, standing):
    save_section(section, "<p>One.</p>", by=by, seen_version=0)
    save_section(section, "<p>Two.</p>", by=standing(cast.reviewer), seen_version=1)
    rows = list(section.versions.values_list("number", "html", "saved_by__name"))
    assert rows == [(2, "<p>Two.</p>", "Rhea Reviewer"), (1, "<p>One.</p>", "Cora Coordinator")]


def test_saving_over_what_one_has_not_seen_is_refused_with_both_texts(section, by, cast, standing):
    save_section(section, "<p>Hers.</p>", by=standing(cast.reviewer), seen_version=0)
    with pytest.raises(StaleEdit) as stale:
        save_section(section, "<p>Mine.</p>", by=by, seen_version=0)
    assert (stale.value.mine, stale.value.theirs) == ({"html": "<p>Mine.</p>"}, {"html": "<p>Hers.</p>"})
    assert Section.objects.get(pk=section.pk).html == "<p>Hers.</p>"


def test_saving_what_is_there_already_makes_no_version(section, by):
    first = save_section(section, "<p>One.</p>", by=by, seen_version=0)
    assert save_section(section, "<p>One.</p>", by=by, seen_version=0) == first
    assert SectionVersion.objects.count() == 1


def test_what_is_not_allowed_in_a_text_is_gone_when_it_is_saved(section, by):
    save_section(section, '<p onclick="x()">A</p><script>b()</script><img src=x onerror=c()>', by=by, seen_version=0)
    assert Section.objects.get(pk=section.pk).html == "<p>A</p>"


def test_an_earlier_version_can_be_made_the_newest(section, by):
    save_section(section, "<p>One.</p>", by=by, seen_version=0)
    save_section(section, "<p>Two.</p>", by=by, seen_version=1)
    restore(section, 1, by=by, seen_version=2)
    section.refresh_from_db()
    assert (section.version, section.html) == (3, "<p>One.</p>")


def test_a_remark_is_settled_once(section, by, cast, standing):
    remark = comment(section, " Is this so? ", by=by)
    assert remark.text == "Is this so?"
    assert resolve(remark, by=standing(cast.reviewer))
    assert not resolve(remark, by=by)
    remark.refresh_from_db()
    assert remark.resolved_by == cast.reviewer


def test_a_draft_is_disposed_of_with_all_it_holds(section, by):
    save_section(section, "<p>One.</p>", by=by, seen_version=0)
    comment(section, "Is this so?", by=by)
    discard(section.draft)
    for model in (Draft, Section, SectionVersion, Comment):
        assert not model.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_at_once_one_is_kept_and_seven_are_told(section, by):
    def save(number):
        try:
            save_section(section, f"<p>{number}</p>", by=by, seen_version=0)
        except StaleEdit:
            return 0
        return 1

    assert sum(in_threads(save, range(8))) == 1
    assert SectionVersion.objects.filter(section=section).count() == 1
