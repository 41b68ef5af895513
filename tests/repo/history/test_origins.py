"""Where the lines of an effective prompt came from, on real repositories."""

import json
import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.record.vocabulary import Answer
from afterword.repo import Repository
from afterword.repo.history.origins import Found, Origin, Progress, counted, is_versioned, rows, trace_in
from tests.examples import examples
from tests.histories import History, clone

GREETING = "You are the support agent of a small shop."
VOUCHER = "You may offer a voucher of up to 20 EUR."
REFUND = "Never promise a refund; link the policy instead."


def traced(history: History, *lines: str) -> list[Origin]:
    trace = trace_in(Repository.open(history.root), "\n".join(lines))
    for _ in trace:
        pass
    return list(trace.origins)


def told(history: History, *lines: str) -> list[str]:
    return [origin.sentence for origin in traced(history, *lines)]


def short(history: History, rev: str = "HEAD") -> str:
    return history.git("rev-parse", "--short", rev)


def test_a_line_at_head_says_since_when(history: History) -> None:
    history.commit("1", {"prompts/a.md": f"# Agent\n{GREETING}\n"}, at="2026-03-01T10:00:00Z")
    added = history.commit("2", {"prompts/a.md": f"# Agent\n\n{GREETING}\n  {REFUND}  \n"}, at="2026-03-02T10:00:00Z")
    assert told(history, f"\t{GREETING}", "", REFUND) == [
        f"verbatim in `prompts/a.md`:3 since 2026-03-01 ({short(history, 'HEAD~1')})",
        f"verbatim in `prompts/a.md`:4 since 2026-03-02 ({short(history, added)})",
    ]


def test_a_deleted_file_and_a_changed_line(history: History) -> None:
    history.commit("1", {"b.md": f"{GREETING}\n", "prompts/c.md": f"{REFUND}\nBe kind.\n"}, at="2026-01-05T10:00:00Z")
    history.commit("2", {"b.md": None}, at="2026-02-11T10:00:00Z")
    history.commit("3", {"prompts/c.md": "Be kind.\n"}, at="2026-02-12T10:00:00Z")
    gone, changed = traced(history, GREETING, REFUND)
    assert gone.sentence == f"was in `b.md` from 2026-01-05, deleted 2026-02-11 ({short(history, 'HEAD~1')})"
    assert changed.sentence == f"was in `prompts/c.md` from 2026-01-05, changed 2026-02-12 ({short(history)})"
    assert (gone.kind, changed.kind) == ("gone", "changed")
    assert is_versioned([gone, changed]) is Answer.UNKNOWN


def test_the_last_removal_counts_where_a_line_came_back(history: History) -> None:
    for day, text in enumerate((f"{REFUND}\n", "other\n", f"more\n{REFUND}\n", "last\n"), 1):
        history.commit("x", {"prompts/a.md": text}, at=f"2026-03-0{day}T10:00:00Z")
    assert told(history, REFUND)[0].startswith("was in `prompts/a.md` from 2026-03-03, changed 2026-03-04")


def test_what_never_was_there_and_what_tells_nothing(history: History) -> None:
    history.commit("1", {"prompts/a.md": f"{GREETING}\n```\n-\n"})
    never, *shorts = traced(history, "The customer is called Jane.", "```", "-", "1.", "• • •")
    assert (never.kind, never.sentence) == ("never", "never in this repository")
    assert {origin.sentence for origin in shorts} == {"too short to tell"}
    assert is_versioned([never, *shorts]) is Answer.NO
    assert is_versioned(traced(history, GREETING, "```")) is Answer.YES
    assert is_versioned(traced(history, "```")) is Answer.UNKNOWN
    assert traced(history, "\n \n") == []


@pytest.mark.parametrize(
    ("path", "source", "line", "filled"),
    [
        ("prompts/a.j2", "You help {{ customer.name }} today.", "You help Jane Roe today.", "`{{ customer.name }}`"),
        (
            "prompts/a.j2",
            "Dear customer {{{name}}}, {{ x }} and {{y}}",
            "Dear customer A, B and C",
            "`{{{name}}}`, `{{ x }}` and 1 more",
        ),
        (
            "prompts/a.txt",
            "You help {customer} of the $shop shop.",
            "You help Jane of the toy shop.",
            "`{customer}`, `$shop`",
        ),
        ("prompts/a.txt", "You serve the ${SHOP_NAME} shop", "You serve the toy shop", "`${SHOP_NAME}`"),
        (
            "src/agent.py",
            "PROMPT = f\"You help {customer[0]['name']} with orders.\\n\"",
            "You help J with orders.",
            "`{customer",
        ),
        ("src/agent.py", 'x = "You help {} with her orders."', "You help Jane with her orders.", "`{}`"),
        ("src/agent.py", 'x = "You help %s with %(what)s orders."', "You help J with new orders.", "`%s`, `%(what)s`"),
        ("prompts/a.j2", "{% if vip %}Offer them a voucher.{% endif %}", "Offer them a voucher.", "its template tags"),
    ],
)
def test_a_template_with_its_variables_filled_in(
    history: History, path: str, source: str, line: str, filled: str
) -> None:
    history.commit("1", {path: f"first\n{source}\n"}, at="2026-03-01T10:00:00Z")
    (origin,) = traced(history, line)
    assert (origin.kind, origin.path, origin.line_no) == ("filled", path, 2), origin.sentence
    assert filled in origin.sentence
    assert origin.sentence.startswith(f"from `{path}`:2 with")
    assert f"since 2026-03-01 ({short(history)})" in origin.sentence


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("src/a.py", 'PROMPT = """You say "yes" to all.', 'You say "yes" to all.'),
        ("src/a.py", 'x = ("You say \\"yes\\" to all.\\n"', 'You say "yes" to all.'),
        ("src/a.py", "    x = 'You don\\'t promise refunds.'", "You don't promise refunds."),
        ("src/a.py", 'x = "One line of text.\\nAnother line of text."', "Another line of text."),
        ("src/a.ts", "const p = `You are a helpful agent.`;", "You are a helpful agent."),
        ("a.json", json.dumps({"prompt": "Sei höflich zu allen.\nUnd 🎈 freundlich."}), "Und 🎈 freundlich."),
        ("a.yaml", "system: You are a helpful agent.", "You are a helpful agent."),
        ("a.py", 'x = f"Answer with {{\\"ok\\": true}} only."', 'Answer with {"ok": true} only.'),
    ],
)
def test_a_line_inside_a_string(history: History, path: str, source: str, line: str) -> None:
    history.commit("1", {path: f"\n{source}\n"})
    (origin,) = traced(history, line)
    assert (origin.kind, origin.path, origin.line_no, origin.is_quoted) == ("here", path, 2, True), origin.sentence
    assert origin.sentence.startswith(f"verbatim in a string of `{path}`:2 since ")


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        (
            "a.py",
            'P = (\n    "You are a helpful agent "\n    "of a small \\"bike\\" shop.\\n"\n)',
            'You are a helpful agent of a small "bike" shop.',
        ),
        (
            "a.py",
            'P = "Hello.\\nYou are a helpful agent " + \\\n  "of a shop.\\nBe kind."',
            "You are a helpful agent of a shop.",
        ),
        (
            "a.py",
            'P = """You are a helpful agent \\\n  of a small \\\n  shop.\n"""',
            "You are a helpful agent of a small shop.",
        ),
        ("a.py", "P = (f'You help {name} with '\n f'orders of {shop}.')", "You help Jane with orders of a toy shop."),
        (
            "a.ts",
            "const p = 'You are a helpful agent ' +\n  'of a small shop.';",
            "You are a helpful agent of a small shop.",
        ),
        (
            "a.yaml",
            "system: >\n  You are a helpful agent\n  of a small shop.\n\n  Be kind.",
            "You are a helpful agent of a small shop.",
        ),
    ],
)
def test_a_line_that_code_spreads_over_several(history: History, path: str, source: str, line: str) -> None:
    history.commit("1", {path: f"{source}\n"})
    origin, other = traced(history, line, "You are a helpful agent of a large shop.")
    assert (origin.path, origin.is_quoted, other.kind) == (path, True, "never"), origin.sentence
    assert origin.kind == ("filled" if "{" in source else "here")


def test_many_beginnings_of_a_spread_line_are_bounded(history: History) -> None:
    source = '    "You are a helpful agent {x} "\n' * 20_000
    history.commit("1", {"a.py": source})
    lines = [f"You are a helpful agent {'{y} ' * 50} number {n}" for n in range(1_000)]
    assert {origin.kind for origin in traced(history, *lines)} <= {"never", "filled"}


def test_little_fixed_text_is_no_proof(history: History) -> None:
    history.commit("1", {"prompts/a.j2": "{{ x }}\n{{ x }}: {{ y }}\nYou {{ x }}\nif (x) { y() }\n"})
    origins = traced(history, "anything: at all here", "You are an agent", "if (long_name) { call() }")
    assert {origin.kind for origin in origins} == {"never"}


def test_a_mostly_filled_template_gives_way_to_the_line_itself(history: History) -> None:
    line = "Rules for agents: never promise a refund, link the policy, stay calm, offer vouchers"
    history.commit("1", {"prompts/old.md": f"{line}\n"}, at="2026-03-01T10:00:00Z")
    history.commit("2", {"prompts/old.md": None, "prompts/new.j2": "Rules for agents: {{ rules }}\n"})
    one, other = traced(history, line, "Rules for agents: whatever else was given to them at run time by somebody")
    assert (one.kind, one.path) == ("gone", "prompts/old.md")
    assert (other.kind, other.path) == ("filled", "prompts/new.j2")


def test_the_prompt_goes_first_and_other_places_are_counted(history: History) -> None:
    files = dict.fromkeys(("README.md", "a.txt", "prompts/z.md"), f"{GREETING}\n")
    history.commit("1", {**files, "prompts/a.md": f"{GREETING}\n", "prompts/y.md": f"{GREETING}\n{REFUND}\n"})
    origin = traced(history, GREETING, REFUND)[0]
    assert (origin.path, origin.more) == ("prompts/y.md", 4)
    assert origin.sentence.endswith("and 4 more places")


def test_a_moved_file_keeps_the_age_of_its_lines(history: History) -> None:
    text = "".join(f"Rule number {n} of the shop.\n" for n in range(9))
    history.commit("1", {"prompts/old.md": text}, at="2026-01-01T10:00:00Z")
    history.move("prompts/old.md", "prompts/new name.md")
    history.commit("2", at="2026-02-01T10:00:00Z")
    assert told(history, "Rule number 3 of the shop.") == [
        f"verbatim in `prompts/new name.md`:4 since 2026-01-01 ({short(history, 'HEAD~1')}, as `prompts/old.md`)"
    ]


def test_a_line_on_another_branch(history: History) -> None:
    history.commit("1", {"prompts/a.md": f"{GREETING}\n"}, at="2026-01-01T10:00:00Z")
    history.branch("warmer tone".replace(" ", "-"))
    history.commit("2", {"prompts/a.md": f"{GREETING}\n{VOUCHER}\n"}, at="2026-01-02T10:00:00Z")
    sha = short(history)
    history.switch("main")
    (origin,) = traced(history, VOUCHER)
    assert origin.kind == "elsewhere"
    assert origin.sentence == f"in `prompts/a.md`:2 on `warmer-tone`, not on this one, since 2026-01-02 ({sha})"


def test_a_line_that_only_a_merge_had(history: History) -> None:
    history.commit("1", {"prompts/a.md": "one\n"}, at="2026-01-01T10:00:00Z")
    history.branch("side")
    history.commit("2", {"x.md": "x\n"}, at="2026-01-02T10:00:00Z")
    history.switch("main")
    history.commit("3", {"y.md": "x\n"}, at="2026-01-03T10:00:00Z")
    history.merge("side", at="2026-01-04T10:00:00Z", files={"prompts/a.md": f"{REFUND}\n"})
    history.commit("4", {"prompts/a.md": "one\n"}, at="2026-01-05T10:00:00Z")
    assert told(history, REFUND)[0].startswith("was in `prompts/a.md` from 2026-01-04, changed 2026-01-05")


def test_what_is_not_committed_is_said_so(history: History) -> None:
    history.write("prompts/new.md", f"{GREETING}\n")
    assert told(history, GREETING, REFUND) == ["in `prompts/new.md`:1, not committed", "never in this repository"]
    history.commit("1", {"prompts/a.md": "one\n"})
    history.write("prompts/a.md", f"two\n{REFUND}\n")
    origins = traced(history, GREETING, REFUND)
    assert [origin.kind for origin in origins] == ["here", "uncommitted"]
    assert is_versioned(origins) is Answer.NO


def test_a_post_mortem_that_quotes_the_prompt_is_not_its_home(history: History) -> None:
    history.commit("1", {"docs/postmortems/2026-01-01-x.md": f"{GREETING}\n", "docs/incidents/y.md": f"{GREETING}\n"})
    assert told(history, GREETING) == ["never in this repository"]
    history.commit("2", {".afterword.toml": 'records_dir = "led[ger]"\n', "led[ger]/a.md": f"{REFUND}\n"})
    assert told(history, REFUND) == ["never in this repository"]


def test_a_shallow_clone_does_not_claim_to_know(history: History, tmp_path: Path) -> None:
    history.commit("1", {"prompts/a.md": f"{REFUND}\n"}, at="2026-01-01T10:00:00Z")
    history.commit("2", {"prompts/a.md": f"{GREETING}\n"}, at="2026-01-02T10:00:00Z")
    shallow = clone(history.root, tmp_path / "shallow", "--depth=1")
    trace = trace_in(Repository.open(shallow.root), f"{GREETING}\n{REFUND}\n")
    list(trace)
    here, unseen = trace.origins
    assert "since 2026-01-02 or earlier (" in here.sentence
    assert unseen.sentence == "not in the history that this shallow clone has"
    assert is_versioned([here, unseen]) is Answer.UNKNOWN
    assert "shallow" in trace.notes[0]


def test_a_partial_clone_is_read_as_far_as_it_goes(history: History, tmp_path: Path) -> None:
    history.git("config", "uploadpack.allowFilter", "true")
    history.commit("1", {"prompts/a.md": f"{REFUND}\n"}, at="2026-01-01T10:00:00Z")
    history.commit("2", {"prompts/a.md": f"{GREETING}\n"}, at="2026-01-02T10:00:00Z")
    partial = clone(history.root, tmp_path / "partial", "--filter=blob:none")
    before = partial.git("count-objects", "-v")
    trace = trace_in(Repository.open(partial.root), f"{GREETING}\n{REFUND}\n")
    list(trace)
    assert [origin.kind for origin in trace.origins] == ["here", "unseen"]
    assert trace.origins[1].sentence == "not in what was fetched into this partial clone"
    assert trace.notes == ("1 text was never fetched into this clone, and not looked into.",)
    assert partial.git("count-objects", "-v") == before


def test_names_and_encodings_of_all_kinds(tmp_path: Path) -> None:
    history = History(tmp_path / "sha", "--object-format=sha256")
    odd = {
        "prompts/two words.md": GREETING,
        "prompts/new\nline.md": VOUCHER,
        os_name(b"prompts/\xff.md"): "Kept under a name that is no text.",
    }
    history.commit("1", {path: f"{line}\r\n" for path, line in odd.items()})
    history.commit("2", {"prompts/wide.txt": f"one\r\n{REFUND}\r\n".encode("utf-16")})
    history.commit("3", {"prompts/bom.txt": "\ufeffBegins with a mark.\n", "prompts/x.bin": b"\0Hidden in binary.\n"})
    *named, wide, marked, hidden = traced(history, *odd.values(), REFUND, "Begins with a mark.", "Hidden in binary.")
    assert [(origin.kind, origin.path) for origin in named] == [("here", path) for path in odd]
    assert all(origin.since for origin in named)
    assert (wide.path, wide.line_no, marked.path) == ("prompts/wide.txt", 2, "prompts/bom.txt")
    assert hidden.kind == "never"


def os_name(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def test_a_submodule_is_not_entered(history: History, tmp_path: Path) -> None:
    other = History(tmp_path / "other")
    other.commit("1", {"a.md": f"{GREETING}\n"})
    history.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.root), "prompts/sub")
    history.commit("1")
    assert told(history, GREETING) == ["never in this repository"]


def test_a_large_paste_and_hostile_lines_are_bounded(history: History) -> None:
    history.commit(
        "1", {"prompts/a.j2": "{" * 30_000 + "\n" + "{{ x" * 4_000 + "\n" + "%(" * 9_000 + f"\n{GREETING}\n"}
    )
    long = "x" * 100_000
    text = "\n".join((GREETING, long, "(a+)+$" * 50, *(f"line {n} of a long paste " * 40 for n in range(5_000))))
    trace = trace_in(Repository.open(history.root), text)
    list(trace)
    assert [origin.kind for origin in trace.origins[:3]] == ["here", "never", "never"]
    assert trace.origins[2_000].kind == "untraced"
    assert "The first 2,000 lines were traced; 3,003 more were not." in trace.notes
    assert all(len(row.line) < 100 for row in rows(trace.origins))


def test_a_prompt_above_a_megabyte_is_read_and_other_data_is_said_not_to_be(history: History) -> None:
    history.commit(
        "1", {"prompts/a.md": "filler\n" * 400_000 + f"{GREETING}\n", "data.csv": "1,2\n" * 400_000 + REFUND}
    )
    trace = trace_in(Repository.open(history.root), f"{GREETING}\n{REFUND}")
    list(trace)
    assert [origin.kind for origin in trace.origins] == ["here", "never"]
    assert trace.notes == ("1 text was not looked into: larger than 1 MB.",)


def test_closing_from_another_thread_leaves_what_was_found(history: History) -> None:
    history.commit("1", {"prompts/a.md": f"{GREETING}\n"})
    for n in range(5):
        history.commit("x", {"prompts/a.md": f"{GREETING}\n{n}\n"})
    trace = trace_in(Repository.open(history.root), f"{GREETING}\n{REFUND}\n")
    for event in trace:
        if isinstance(event, Found):
            closer = threading.Thread(target=trace.close)
            closer.start()
            closer.join()
    here, rest = trace.origins
    assert (here.kind, rest.kind, rest.sentence) == ("here", "untraced", "not traced")
    assert is_versioned(trace.origins) is Answer.UNKNOWN


def test_progress_reaches_its_end_and_names_what_is_done(history: History) -> None:
    history.commit("1", {"prompts/a.md": "one\n", "b.md": "two\n"})
    history.commit("2", {"prompts/a.md": "three\n"})
    trace = trace_in(Repository.open(history.root), GREETING)
    last = {event.doing: event for event in trace if isinstance(event, Progress)}
    assert last["reading the history"][:2] == (2, 2)
    assert all(event.done <= event.total for event in last.values())


def test_the_table_joins_neighbours_and_keeps_lines_short(history: History) -> None:
    long = "Explain at length and with many words why the policy of the shop is what it is today."
    history.commit("1", {"prompts/a.md": f"{GREETING}\n```\n{long}\n"}, at="2026-03-01T10:00:00Z")
    table = rows(traced(history, GREETING, "```", long, "Unknown to git.", "```"))
    assert [row.line for row in table] == [f"{GREETING} (and 1 more line)", "Unknown to git."]
    assert table[0].origin == f"verbatim in `prompts/a.md`:1-3 since 2026-03-01 ({short(history)})"
    assert rows(traced(history, long))[0].line == "Explain at length and with many words why the policy of…"
    assert [row.origin for row in rows(traced(history, "```", "-"))] == ["too short to tell"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "The text of a customer who wrote to us last is: call me on +49 30 901820 77",
            "The text of a customer who wrote to us last is: call me on…",
        ),
        (
            "The customer whose order is being looked at now is called Jane Roe of Ulm",
            "The customer whose order is being looked at now is called…",
        ),
        ("x" * 90, "(a line of 90 characters)"),
        ("key: " + "x" * 5000, "(a line of 5,005 characters)"),
        ("请" * 70, "请" * 59 + "…"),
    ],
)
def test_the_table_never_shows_half_of_a_name_or_number(line: str, shown: str) -> None:
    assert rows([Origin(line, "never")])[0].line == shown


def test_the_lines_are_counted_by_where_they_are(history: History) -> None:
    history.commit("1", {"prompts/a.md": f"{GREETING}\n{REFUND}\n"})
    assert counted(traced(history, GREETING, "```", REFUND, "Unknown to git.")) == (
        "2 at HEAD, 1 never in this repository, 1 too short to tell"
    )


PIECES = ["rule", "offer", "refund", "{{x}}", '"ok"', "$a", "never", "12", "agent's", "%", "{y}", "kind"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=3, max_size=7)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=6)
STEPS = st.lists(
    st.tuples(st.sampled_from(["prompts/a.md", "prompts/b.j2", "src/c.py", "d.txt"]), st.none() | TEXTS),
    min_size=2,
    max_size=7,
)


@settings(max_examples=examples(6, 12), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, data=st.data())
def test_every_line_of_every_version_is_traced_to_a_path_that_held_it(
    tmp_path: Path, steps: list[tuple[str, list[str] | None]], data: st.DataObject
) -> None:
    shutil.rmtree(tmp_path / "random", ignore_errors=True)
    history = History(tmp_path / "random")
    held: dict[str, set[str]] = {}
    now: dict[str, list[str]] = {}
    for n, (path, lines) in enumerate(steps):
        if lines is None and path not in now:
            continue
        history.commit(f"{n}", {path: lines and "\n".join(lines)}, at=f"2026-03-0{n + 1}T10:00:00Z")
        if lines is None:
            del now[path]
        else:
            now[path] = lines
        for line in lines or ():
            held.setdefault(line, set()).add(path)
    if not held:
        return
    line = data.draw(st.sampled_from(sorted(held)))
    old, new = traced(history, line, "Zebras quietly juggle xylophones by moonlight.")
    assert new.kind == "never"
    if old.kind == "short":
        return
    if old.kind == "filled":  # a template at HEAD that gives the line is as good an answer
        assert old.path in now
        return
    assert old.path in held[line]
    at_head = {path for path, lines in now.items() if line in lines}
    if at_head:
        assert (old.kind, old.path in at_head, old.more >= len(at_head) - 1) == ("here", True, True)
        assert now[old.path][old.line_no - 1] == line
    else:
        assert old.kind in ("gone", "changed", "here")
