"""Sentences about a change of a prompt's text as a template."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.repo.prompts.templates import remarks
from tests.examples import examples

FORMER = """\
You are the agent of {{ shop }}.
{% if premium %}
Offer a refund to whoever asks for one.
Use the first name.
{% else %}
Offer a refund to whoever asks for one.
{% endif %}
{% include "closing.j2" %}
"""


def changed(before: str, after: str) -> list[str]:
    return remarks(FORMER, FORMER.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{{ shop }}", "a shop", "The variable `shop` was removed."),
        ("{{ shop }}", "{{ shop }} in {{ customer.town | title }}", "The variable `customer.town` was added."),
        ("{{ shop }}", "{{ shop|upper }}", "The variable `shop` goes through `upper` instead of `no filter`."),
        ("closing.j2", "goodbye.j2", "The include takes `goodbye.j2` instead of `closing.j2`."),
        ('{% include "closing.j2" %}\n', "", "The include of `closing.j2` was removed."),
        ("{% if premium %}", "{% if gold %}", "The branch `{% if premium %}` became `{% if gold %}`."),
        (
            "{% include",
            "{% for item in cart %}\n- {{ item.name }}\n{% endfor %}\n{% include",
            "The loop `{% for item in cart %}` was added.",
        ),
    ],
)
def test_what_a_change_means_for_the_template(before: str, after: str, said: str) -> None:
    assert said in changed(before, after)


def test_a_removed_line_that_still_stands_on_another_branch_is_told_with_its_branch() -> None:
    after = FORMER.replace("whoever asks for one.\nUse", "nobody.\nUse")
    assert remarks(FORMER, after) == [
        "The removed line “Offer a refund to whoever asks for one.” still stands at line 6, "
        "under `{% else %}` of `{% if premium %}` (line 2)."
    ]


def test_an_added_line_that_stands_on_another_branch_too_is_told() -> None:
    before = FORMER.replace("whoever asks for one.\nUse", "nobody.\nUse")
    assert remarks(before, FORMER) == [
        "The line “Offer a refund to whoever asks for one.”, added at line 3, under `{% if premium %}` (line 2), "
        "also stands at line 6, under `{% else %}` of `{% if premium %}` (line 2)."
    ]


def test_a_line_that_changes_its_branch_is_told() -> None:
    line = "Use the first name.\n"
    (said,) = remarks(FORMER, FORMER.replace(line, "").replace("{% endif %}\n", f"{line}{{% endif %}}\n"))
    assert said == (
        "The line “Use the first name.” stands at line 6, under `{% else %}` of `{% if premium %}` (line 2) now; "
        "it stood under `{% if premium %}` (line 2)."
    )


def test_handlebars_sections_partials_and_comments() -> None:
    before = (
        "{{! {{ignored}} }}{{#if vip}}\nBe very generous here.\n{{else}}\nBe careful here.\n{{/if}}\n{{> footer}}\n"
    )
    after = before.replace("Be careful here.", "Be very generous here.").replace("footer", "legal")
    assert remarks(before, after) == [
        "The include takes `legal` instead of `footer`.",
        "The line “Be very generous here.”, added at line 4, under `{{else}}` of `{{#if vip}}` (line 1), "
        "also stands at line 2, under `{{#if vip}}` (line 1).",
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Hello.", "Hello {name}.", ["The variable `name` was added."]),
        ("Total {price:.2f}, {user.name!r}.", "Total.", ["The variables `price`, `user.name` were removed."]),
        ("Answer:\n```\n{code}\n```", "Answer:\n```\n```", ["The variable `code` was removed."]),
        ("Dear ${customer}, $name!", "Dear ${customer}!", ["The variable `$name` was removed."]),
        ('Say {{"a": 1}} to {name}.', 'Say {{"a": 1}}.', ["The variable `name` was removed."]),
    ],
)
def test_format_strings_and_dollar_templates(before: str, after: str, said: list[str]) -> None:
    assert remarks(before, after) == said


@pytest.mark.parametrize(
    "code",
    [
        'Answer as {"name": "x", "of": {"a": [1]}} please.',
        "Answer with {} or { } or {0}.",
        "```js\nimport {useState} from 'react'; const a = `${b}`;\n```",
        "p { color: red } a{color:red} \\frac{a}{b} x^{n}",
        "It costs $20, or $HOME and $domain in a shell.",
        "function f() { return x }",
        "{% raw %}{{ literally }}{% endraw %}",
        "{# {{ commented }} #}",
    ],
)
def test_braces_of_json_and_code_are_no_variables(code: str) -> None:
    assert remarks("Be kind.", f"Be kind.\n{code}") == []


_PIECES = st.sampled_from(
    [
        "{{ a }}",
        "{{#if a}}",
        "{{/if}}",
        "{{else}}",
        "{% if b %}",
        "{% else %}",
        "{% endif %}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{x}",
        "${y}",
        "\n",
        " a line of words here ",
        "{% for i in j %}",
        "{% include 'k' %}",
        "é",
        "{{>",
        "{% raw %}",
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=30).map("".join)


@settings(max_examples=examples(100, 300), deadline=None)
@given(_TEXTS, _TEXTS)
def test_any_two_texts_get_a_bounded_number_of_bounded_sentences(before: str, after: str) -> None:
    said = remarks(before, after)
    assert len(said) <= 40 and all(len(one) < 1200 and "\n" not in one and one.endswith(".") for one in said)
    assert remarks(before, before) == []


@pytest.mark.parametrize(
    "piece",
    [
        "{%",
        "{{",
        "{{{",
        "{#",
        "{% if x %}",
        "{{a|",
        "{a",
        "{a.b[",
        "${",
        "{% raw %}",
        "{{#if x}}\n",
        "a line of words\n",
        "{x}\n",
        "{% " + "a" * 299,
        "{{ " + " " * 200,
        "\n",
        "{{ a }}{# ",
        "`" * 3 + "\n",
        "{{" + "a." * 9,
    ],
)
def test_hostile_texts_of_a_megabyte_give_a_bounded_list(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert len(remarks(text, text[:-1])) <= 40
