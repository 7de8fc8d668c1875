"""Layout objects for `Form.layout`. Text given to them is escaped and never read as a template."""

from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Field:
    """A field drawn with another shape than the form's `shapes` give it: `Field("name", size="m")`."""

    def __init__(self, name: str, **shape: Any) -> None:
        self.name, self.shape = name, shape

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        return render_field(
            self.name, form, context, template_pack=template_pack, extra_context={"shape": self.shape}, **kwargs
        )


class _Holder(LayoutObject):
    template = ""

    def __init__(self, *fields: Any, **said: Any) -> None:
        self.fields = list(fields)
        self.said = said

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        inside = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {**self.said, "inside": inside})


class Fieldset(_Holder):
    """Questions that belong together under a legend (`size` s, m, l or xl; `heading=True` makes it the h1)."""

    template = "govuk/layout/fieldset.html"

    def __init__(self, legend: str, *fields: Any, size: str = "m", heading: bool = False, hint: str = "") -> None:
        super().__init__(*fields, legend=legend, size=size, heading=heading, hint=hint)


class Details(_Holder):
    """Fields or text folded away under a summary."""

    template = "govuk/layout/details.html"

    def __init__(self, summary: str, *fields: Any, is_open: bool = False) -> None:
        super().__init__(*fields, summary=summary, is_open=is_open)


class ButtonGroup(_Holder):
    """Buttons and links side by side."""

    template = "govuk/layout/button_group.html"


class _Drawn:
    template = ""

    def __init__(self, **said: Any) -> None:
        self.said = said

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        return render_to_string(self.template, self.said)


class Submit(_Drawn):
    """A button that sends the form, once however often it is pressed. `style` is secondary, warning or inverse."""

    template = "govuk/layout/button.html"

    def __init__(self, text: str, *, name: str = "", value: str = "", style: str = "", **attrs: Any) -> None:
        super().__init__(text=text, name=name, value=value, style=style, attrs=attrs)


class Link(_Drawn):
    """A link in a group of buttons, such as Cancel."""

    template = "govuk/layout/link.html"

    def __init__(self, text: str, url: str) -> None:
        super().__init__(text=text, url=url)


class Heading(_Drawn):
    """A heading between fields (`level` 2 or 3)."""

    template = "govuk/layout/heading.html"

    def __init__(self, text: str, *, level: int = 2, size: str = "m") -> None:
        super().__init__(text=text, level=level, size=size)


class Paragraph(_Drawn):
    template = "govuk/layout/paragraph.html"

    def __init__(self, text: str) -> None:
        super().__init__(text=text)


class Inset(_Drawn):
    template = "govuk/layout/inset.html"

    def __init__(self, text: str) -> None:
        super().__init__(text=text)


class WarningText(_Drawn):
    template = "govuk/_warning_text.html"

    def __init__(self, text: str) -> None:
        super().__init__(text=text)
