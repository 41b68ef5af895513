"""Which words of a changed line are marked."""

from hypothesis import given
from hypothesis import strategies as st

from afterword.repo.diff import parse_diff
from afterword.repo.words import paired, word_spans


def marked(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = word_spans(old, new)
    return [old[a:b] for a, b in before], [new[a:b] for a, b in after]


def rows(old: list[str], new: list[str]) -> list[tuple[str | None, str | None]]:
    body = "".join(f"-{line}\n" for line in old) + "".join(f"+{line}\n" for line in new)
    (hunk,) = parse_diff(f"@@ -1,{len(old)} +1,{len(new)} @@\n{body}").hunks
    return [(row.old.text if row.old else None, row.new.text if row.new else None) for row in paired(hunk)]


def test_only_what_changed_is_marked() -> None:
    assert marked("Never promise a refund.", "Always promise a refund.") == (["Never"], ["Always"])
    assert marked("temperature: 0.2", "temperature: 0.7") == (["2"], ["7"])
    assert marked("a b c", "a c") == (["b "], [])
    assert marked("refund", "refunds") == (["refund"], ["refunds"])
    assert marked("same", "same") == ([], [])
    assert marked("be kind and short", "be brief and very short") == (["kind"], ["brief", " very"])


def test_lines_are_paired_with_the_line_they_became() -> None:
    old = ["Never promise a refund to anyone.", "Link the policy page instead."]
    assert rows(old, ["A brand new rule about tone.", "Link the policy page always."]) == [
        (old[0], None),
        (None, "A brand new rule about tone."),
        (old[1], "Link the policy page always."),
    ]
    assert rows(["one two three"], []) == [("one two three", None)]
    assert rows([], ["x"]) == [(None, "x")]


def test_context_stands_on_both_sides() -> None:
    (hunk,) = parse_diff("@@ -1,3 +1,3 @@\n a\n-b c\n\\ No newline at end of file\n+b d\n e\n").hunks
    assert [(row.old and row.old.kind, row.new and row.new.kind) for row in paired(hunk)] == [
        (" ", " "),
        ("-", "+"),
        (" ", " "),
    ]


@given(st.text("ab é.\t", max_size=40), st.text("ab é.\t", max_size=40))
def test_what_is_not_marked_is_the_same_on_both_sides(old: str, new: str) -> None:
    before, after = word_spans(old, new)

    def rest(text: str, spans: tuple[tuple[int, int], ...]) -> str:
        assert all(0 <= a < b <= len(text) for a, b in spans) and list(spans) == sorted(spans)
        for a, b in reversed(spans):
            text = text[:a] + text[b:]
        return text

    assert rest(old, before) == rest(new, after)


@given(st.lists(st.text("abc ", max_size=12), max_size=25), st.lists(st.text("abc ", max_size=12), max_size=25))
def test_every_line_has_its_row_in_order(old: list[str], new: list[str]) -> None:
    if not old and not new:
        return
    found = rows(old, new)
    assert [before for before, _ in found if before is not None] == old
    assert [after for _, after in found if after is not None] == new


def test_long_and_many_lines_end() -> None:
    words = [f"w{n}" for n in range(60_000)]
    old, new = " ".join(words), " ".join(reversed(words))
    assert word_spans(old, new)
    assert len(rows([f"{n} x y z" for n in range(3000)], [f"{n} y x q" for n in range(2500)])) >= 3000
