import re

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from govuk import component, fields, forms
from govuk.layout import ButtonGroup, Details, Field, Fieldset, Heading, Link, Paragraph, Submit
from govuk.summary import mistakes_of
from tests.govuk.markup import find


class Referral(forms.Form):
    name = django_forms.CharField(label="Child's name", max_length=10)
    nhs = fields.NHSNumberField(label="NHS number", required=False)
    agency = django_forms.ChoiceField(label="Agency", choices=[("", "---------"), ("police", "Police")])
    age = django_forms.IntegerField(label="Age", min_value=0, max_value=17, required=False)
    email = django_forms.EmailField(label="Email address", required=False)
    injured = fields.YesNoUnknownField(label="Was the child injured?", error_messages={"required": "Say if injured"})
    injuries = fields.TextField(label="Describe the injuries", max_length=20)
    token = fields.SubmitTokenField()

    reveals = {"injured": {"yes": ["injuries"]}}


GOOD = {"name": "A", "agency": "police", "injured": "no", "token": "a-token-of-one-page"}


def drawn(form):
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def test_what_is_missing_is_asked_for_in_the_words_of_the_label():
    errors = Referral({"token": "a-token-of-one-page"}).errors
    assert errors == {"name": ["Enter child's name"], "agency": ["Select agency"], "injured": ["Say if injured"]}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param({"name": "x" * 11}, "Child's name must be 10 characters or fewer", id="too long"),
        pytest.param(
            {"name": "a\x00b"},
            "Child's name must not include characters that cannot be shown. Type it again",
            id="a character nobody can see",
        ),
        pytest.param({"agency": "army"}, "Select agency", id="not one of the choices"),
        pytest.param({"age": "ten"}, "Age must be a whole number, like 30", id="not a number"),
        pytest.param({"age": "18"}, "Age must be 17 or fewer", id="too large"),
        pytest.param({"age": "-1"}, "Age must be 0 or more", id="too small"),
        pytest.param(
            {"email": "here"},
            "Enter an email address in the correct format, like name@example.com",
            id="not an address",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(answer, said):
    (errors,) = Referral(GOOD | answer).errors.values()
    assert errors == [said]


def test_no_message_says_invalid_required_or_please():
    class Everything(forms.Form):
        a = django_forms.CharField(label="A")
        b = django_forms.URLField(label="B", assume_scheme="https")
        c = django_forms.DecimalField(label="C")
        d = django_forms.MultipleChoiceField(label="D", choices=[("1", "One")])
        e = django_forms.BooleanField(label="I have read this")
        f = fields.MultipleFileField(label="F")
        g = fields.RichTextField(label="G")

    wrong = Everything(QueryDict("b=x&c=x&d=2"))
    said = " ".join(words for errors in wrong.errors.values() for words in errors)
    assert not re.search("invalid|required|please", said, re.IGNORECASE)
    assert "Confirm that you have read this" in said


@pytest.mark.parametrize(
    ("label", "subject", "said"),
    [
        ("What is the child's name?", "", "Enter an answer"),
        ("What is the child's name?", "the child's name", "Enter the child's name"),
        ("NHS number", "", "Enter NHS number"),
        ("Describe the injuries", "", "Describe the injuries"),
        ("Share of 100% of cases", "", "Enter share of 100 per cent of cases"),
    ],
)
def test_a_message_fits_the_label(label, subject, said):
    class Asking(forms.Form):
        subjects = {"answer": subject} if subject else {}
        answer = django_forms.CharField(label=label)

    assert Asking({}).errors["answer"] == [said]


def test_words_the_author_wrote_stay():
    class Asking(forms.Form):
        answer = django_forms.CharField(label="Answer", max_length=1, error_messages={"max_length": "One letter"})

    assert Asking({"answer": "ab"}).errors["answer"] == ["One letter"]


def test_text_without_a_limit_still_has_one():
    class Asking(forms.Form):
        answer = django_forms.CharField(label="Answer")

    assert Asking({"answer": "x" * 20_001}).errors["answer"] == ["Answer must be 20000 characters or fewer"]


def test_a_line_break_counts_as_one_character_as_it_does_on_the_page():
    class Asking(forms.Form):
        answer = django_forms.CharField(label="Answer", max_length=3, widget=django_forms.Textarea)

    form = Asking({"answer": "a\r\nb"})
    assert form.is_valid()
    assert form.cleaned_data["answer"] == "a\nb"


def test_what_is_not_revealed_is_not_asked_and_not_kept():
    form = Referral(GOOD | {"injuries": "x" * 21})
    assert form.is_valid()
    assert form.cleaned_data["injuries"] == ""


def test_what_is_revealed_must_be_answered():
    assert Referral(GOOD | {"injured": "yes"}).errors == {"injuries": ["Describe the injuries"]}


def test_what_hangs_on_something_not_asked_is_not_asked_either():
    class Nested(forms.Form):
        a = fields.YesNoField(label="A?")
        b = fields.YesNoField(label="B?")
        c = django_forms.CharField(label="C")
        reveals = {"a": {"yes": ["b"]}, "b": {"yes": ["c"]}}

    form = Nested({"a": "no", "b": "yes"})
    assert form.is_valid()
    assert form.cleaned_data == {"a": False, "b": None, "c": ""}


def test_a_revealed_field_is_drawn_under_its_answer_only():
    markup = drawn(Referral())
    assert len(find(markup, "//textarea[@name='injuries']")) == 1
    inside = find(markup, "//div[@id='conditional-id_injured']//textarea")
    assert [box.get("name") for box in inside] == ["injuries"]
    assert find(markup, "//input[@id='id_injured']/@data-aria-controls") == ["conditional-id_injured"]


def test_only_fields_that_may_be_left_out_are_called_optional():
    labels = [label.text for label in find(drawn(Referral()), "//label") if "(optional)" in label.text]
    assert labels == ["NHS number (optional)", "Age (optional)", "Email address (optional)"]


def test_the_browser_checks_nothing_itself():
    markup = drawn(Referral())
    assert find(markup, "//form/@novalidate") == [""]
    assert not find(markup, "//*[@required or @maxlength or @min or @max or @style]")
    assert not find(markup, "//input[@type='number']")


def test_every_refused_field_is_tied_to_its_message():
    markup = drawn(Referral({}))
    assert find(markup, "//input[@name='name']/@aria-describedby") == ["id_name-error"]
    assert "Enter child's name" in find(markup, "//p[@id='id_name-error']")[0].text_content()


def test_a_submit_token_is_fresh_for_each_page_and_kept_while_a_page_is_put_right():
    first, second = Referral()["token"].value(), Referral()["token"].value()
    assert first != second
    form = Referral({"token": first})
    assert not form.is_valid()
    assert find(drawn(form), "//input[@name='token']/@value") == [first]


@pytest.mark.parametrize("token", ["", "short", "x" * 65, "with spaces in it", "'; drop table"])
def test_a_token_of_another_shape_is_refused(token):
    assert Referral(GOOD | {"token": token}).errors == {"token": ["Open this page again, then send the form once more"]}


def test_the_error_summary_leads_to_the_first_box_at_fault():
    class Asking(forms.Form):
        born = fields.DateField(label="Date of birth")
        agree = fields.YesNoField(label="Agreed")

        def clean(self):
            raise django_forms.ValidationError("The two do not go together")

    form = Asking({"born-day": "1", "born-month": "", "born-year": "2016"})
    assert mistakes_of(form) == [
        {"text": "The two do not go together", "href": ""},
        {"text": "Date of birth must include a month", "href": "#id_born-month"},
        {"text": "Select agreed", "href": "#id_agree"},
    ]


def test_the_error_summary_speaks_for_formsets_and_several_forms():
    children = django_forms.formset_factory(Referral, formset=forms.FormSet, min_num=3, validate_min=True)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"} | {f"form-0-{name}": one for name, one in GOOD.items()}
    formset = children(sent | {"form-1-token": "another-token"})
    found = mistakes_of(formset, Referral(GOOD | {"name": ""}))
    assert found[0] == {"text": "Add 3 or more", "href": ""}
    assert [one["href"] for one in found] == [
        "",
        "#id_form-1-name",
        "#id_form-1-agency",
        "#id_form-1-injured",
        "#id_name",
    ]


def test_a_summary_is_drawn_once_however_often_it_is_asked_for():
    source = "{% load govuk %}{% error_summary form %}{% error_summary form %}"
    markup = Template(source).render(Context({"form": Referral({})}))
    assert len(find(markup, "//div[@data-module='govuk-error-summary']")) == 1


def test_a_page_without_mistakes_has_no_summary():
    assert Template("{% load govuk %}{% error_summary form %}").render(Context({"form": Referral()})) == ""


def test_a_layout_escapes_what_it_is_given_and_reads_none_of_it_as_a_template():
    nasty = "<script>{{ 7|add:42 }}{% debug %}</script>"

    class Laid(Referral):
        layout = (
            Fieldset(nasty, "name", hint=nasty),
            Details(nasty, Field("nhs", label=nasty, hint=nasty)),
            Heading(nasty),
            Paragraph(nasty),
            ButtonGroup(Submit(nasty), Link(nasty, "/back")),
        )
        submit = ""

    markup = drawn(Laid())
    assert "<script>" not in markup
    assert "49" not in markup
    assert markup.count("&lt;script&gt;{{ 7|add:42 }}") == 9


def test_what_people_typed_is_escaped_wherever_it_comes_back():
    nasty = '"><svg/onload=fetch(1)>'
    markup = drawn(Referral(dict.fromkeys(["name", "nhs", "agency", "age", "email", "injured", "injuries"], nasty)))
    assert "<svg/onload" not in markup


def test_a_layout_never_loses_the_hidden_fields():
    class Laid(Referral):
        layout = ("name",)

    assert find(drawn(Laid()), "//input[@name='token']")


def test_a_filter_goes_by_get_without_a_token():
    class Filter(forms.Form):
        method = "get"
        says_optional = False
        submit = "Apply filters"
        words = django_forms.CharField(label="Words", required=False)

    context = Context({"form": Filter(), "csrf_token": "secret"})
    markup = Template("{% load crispy_forms_tags %}{% crispy form %}").render(context)
    assert find(markup, "//form/@method") == ["get"]
    assert "secret" not in markup
    assert "(optional)" not in markup


def test_a_form_that_changes_something_carries_the_forgery_token_once():
    context = Context({"form": Referral(), "csrf_token": "secret"})
    markup = Template("{% load crispy_forms_tags %}{% crispy form %}").render(context)
    assert find(markup, "//input[@name='csrfmiddlewaretoken']/@value") == ["secret"]


def test_a_password_never_comes_back():
    class Enter(forms.Form):
        word = django_forms.CharField(label="Password", widget=django_forms.PasswordInput)

    assert "open sesame" not in drawn(Enter({"word": "open sesame"}))


# --- files ------------------------------------------------------------------------------------------------------
class Papers(forms.Form):
    papers = fields.MultipleFileField(
        label="Papers", kinds={"PDF": ["pdf"], "JPG": ["jpg", "jpeg"]}, max_bytes=2048, max_files=2
    )


def send(*files):
    form = Papers({}, MultiValueDict({"papers": [SimpleUploadedFile(name, content) for name, content in files]}))
    return form if form.is_valid() else form.errors["papers"]


def test_several_files_come_together():
    form = send(("a.pdf", b"1"), ("b.JPEG", b"2"))
    assert [one.name for one in form.cleaned_data["papers"]] == ["a.pdf", "b.JPEG"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param([], ["Select a file"], id="none"),
        pytest.param([("a.pdf", b"")], ["a.pdf is empty"], id="an empty one"),
        pytest.param([("a.pdf", b"x" * 2048)], ["a.pdf must be smaller than 2KB"], id="a large one"),
        pytest.param([("a.exe", b"x")], ["a.exe must be a PDF or JPG"], id="another kind"),
        pytest.param([("pdf", b"x")], ["pdf must be a PDF or JPG"], id="no ending"),
        pytest.param(
            [("a.pdf", b"x")] * 3, ["You can only select up to 2 files at the same time"], id="more than are taken"
        ),
        pytest.param(
            [("a.exe", b"x"), ("b.pdf", b"")], ["a.exe must be a PDF or JPG", "b.pdf is empty"], id="each its own fault"
        ),
    ],
)
def test_files_are_refused_by_name(files, said):
    assert send(*files) == said


def test_the_page_says_which_files_it_takes():
    markup = drawn(Papers())
    assert "You can choose up to 2 files. Each must be a PDF or JPG, smaller than 2KB." in markup
    assert find(markup, "//form/@enctype") == ["multipart/form-data"]
    assert find(markup, "//input[@type='file']/@accept") == [".pdf,.jpg,.jpeg"]


def test_an_ordinary_django_form_is_drawn_too():
    class Plain(django_forms.Form):
        when = django_forms.DateField(label="When", required=False)
        sure = django_forms.BooleanField(label="I am sure")

    form = Plain({"when": "x"})
    form.is_valid()
    assert "When (optional)" in component.draw(form["when"])
    assert find(str(component.draw(form["sure"])), "//input/@type") == ["checkbox"]
