"""Two pieces of markup as trees that can be compared: no matter the white space, or the order of attributes."""

from typing import Any

from lxml import html


def tree(markup: str, without: tuple[str, ...] = ()) -> Any:
    """The markup's elements as nested tuples, leaving out the attributes named in `without`."""
    return [_node(one, without) for one in html.fragments_fromstring(markup) if not isinstance(one, str)]


def _node(element: Any, without: tuple[str, ...]) -> Any:
    if element.tag is html.HtmlComment:
        return None
    attributes = {}
    for name, value in element.attrib.items():
        if name in without:
            continue
        attributes[name] = tuple(sorted(value.split())) if name == "class" else value
    inside = [_text(element.text)]
    for child in element:
        inside += [_node(child, without), _text(child.tail)]
    return (element.tag, tuple(sorted(attributes.items())), tuple(one for one in inside if one))


def _text(words: str | None) -> str:
    return " ".join((words or "").split())


def find(markup: str, path: str) -> list[Any]:
    """The elements of a page at this XPath."""
    return html.fromstring(markup).xpath(path)
