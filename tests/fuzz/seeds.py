"""What the fuzzed readers usually get: whole, valid files, from which damage is made."""

from pathlib import Path

from afterword.record.document import render
from afterword.repo.draft import Draft, RawSample
from tests.checks.records import complete
from tests.hostile import FORMS

_TESTS = Path(__file__).parents[1]


def records() -> list[bytes]:
    """Return records: canonical ones and ones edited by hand."""
    written = [file.read_bytes() for file in sorted((_TESTS / "records").glob("*.md"))]
    return [*written, render(complete()).encode(), render(complete(title="", summary="")).encode()]


def suites() -> list[bytes]:
    """Return promptfoo configurations of every shape, and datasets."""
    files = [file.read_bytes() for file in sorted((_TESTS / "evals" / "promptfoo").glob("*.yaml"))]
    return [
        *files,
        b'{"input": "a", "id": "x"}\n{"input": "b", "target": "c"}\n',
        b"a: &a {b: 1}\nc: &c {<<: [*a, *a]}\n",
    ]


def forms() -> list[bytes]:
    """Return the hostile texts themselves."""
    return [form.encode("utf-8", "surrogatepass")[:3_000] for form in FORMS.values()]


def samples() -> list[bytes]:
    """Return outputs with personal data in them; what looks like a secret is put together here."""
    mail, phone, word = "ada@" + "lovelace.org", "+49 30 " + "901820", "Vy" + "8kq-Harbour!"
    texts = [
        f"user: Hi, I'm Ada Lovelace, write to {mail} or call {phone}.\nassistant: my password is {word}\n",
        f'{{"name": "Ada Lovelace", "api_key": "{word * 3}", "email": "{mail}"}}\n',
        f"GET https://x.example/a?token={word * 2}&page=2\nCookie: sid={word}\n10.20.{31}.7\n",
        f"| name | phone |\n|---|---|\n| Ada Lovelace | {phone} |\nDear Ms. Lovelace,\nDB_PASSWORD={word}\n",
    ]
    return [*(text.encode() for text in texts), *forms()]


def drafts() -> list[bytes]:
    """Return drafts as they are kept."""
    draft = Draft(record=complete(), inputs={"title": "x"}, samples=(RawSample(text="user: hi"),))
    return [draft.model_dump_json(by_alias=True).replace("{", '{"revision":3,', 1).encode(), b"{}", b"[1]"]


TIMES = [
    *(b"14:05", b"yesterday 14:05", b"2 h ago", b"last friday", b"14:05 to 15:10", b"2026-03~"),
    *(b"2026-03-02T14:05Z/..", b"2026-03-02T14:05+01:00", b"2 to 3:30pm CET", b"the day before yesterday at noon"),
    *(b"3 weeks ago?", b"../2026-03", b"9998-12-31T23:59:59-14:00", b"1970-01-01", b"29 February"),
    *(b"99999999999 years ago", b"in 5 minutes", b"Q3 2026"),
]
DIFFS = [
    b"diff --git a/p.md b/p.md\nindex 1..2 100644\n--- a/p.md\n+++ b/p.md\n@@ -1,3 +1,3 @@ head\n a b c\n"
    b"-never promise a refund\n+always promise a refund\n c\n\\ No newline at end of file\n",
    b"@@ -12,4 +12,3 @@\n You may offer a voucher.\n-Never promise a refund; link the policy instead.\n",
    b"diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\nBinary files a/x and b/y differ\n",
    b"@@ -0,0 +1,2 @@\n+{% if premium %}\n+{{ name | title }} {% endif %}{% include 'x' %}\r\n",
]
CONFIGURATIONS = [
    b'records_dir = "docs/x"\nprompts = ["prompts/**", "**/*.{j2,md}"]\nseverities = ["SEV1"]\n'
    b'timezone = "Europe/Berlin"\n',
    b'[tool.afterword]\nowners = ["@a"]\ndeploy_tags = "deploy-*"\n[tool.afterword.redaction]\nallow = ["a@b.c"]\n',
    b"[redaction]\ninternal_hosts = ['corp.acme.io']\n"
    b"patterns = [{ label = 'TICKET', pattern = 'TCK-[0-9]{6}', reason = 'x' }]\n",
    b'[evals]\ncommand = "pytest {case} --junitxml={out}"\nsetup = ["make"]\nrepeat = 3\ntimeout = 60\n'
    b'[evals.env]\nA = "{tree}"\n',
]
GLOBS = [
    b"prompts/**\nprompts/a/b.md",
    b"**/*.{j2,md}\na/b.j2",
    b"!a/[!b-d]?*/**\na/cde/f",
    b"*a*a*a*a*a*a*a*b\n" + b"a" * 300,
    b"**/a/**/a/**/a/**/a/**/b\n" + b"a/" * 150,
    b"{a,{b,c}}{d,e}\nad",
]
SETTINGS = [
    b"model: gpt-4o\ntemperature: 0.7\nagents:\n  - &a {model: x, top_p: 1}\n  - <<: *a\n    seed: 3\n",
    b'{"model": "gpt-4o", "params": {"temperature": 0.7, "stop": ["a", "b"]}, "max_tokens": 100}',
    b'model = "gpt-4o"\n[llm]\ntemperature = 0.7\nlist = [\n  1,\n  [2, "]"],\n]\n[[agents]]\n'
    b'model = """x\ny"""\na.b = {c = 1}\n',
    b"MODEL=gpt-4o\nexport TEMPERATURE='0.7' # x\nTOP_P=\"1\n2\"\n",
    b"---\nmodel:\n  api: chat\n  parameters:\n    temperature: 0.1\n---\nsystem:\nBe kind.\n",
    b'MODEL = "gpt-4o"\nclient = OpenAI(model=MODEL, temperature=0.7 if x else 1)\nCONFIG = {"top_p": 1, **OTHER}\n',
]
PYTHON = [
    b'SYSTEM_PROMPT = """You are kind.\nNever promise a refund."""\n'
    b'SYSTEM_PROMPT += f"Today is {day!r:>10}. Answer in English."\n',
    b'class Agent:\n    prompt = ("Be kind to everybody " "and never promise")\n    def run(self):\n'
    b'        messages = [{"role": "system", "content": "You are an agent."}]\n',
    b"PROMPTS = dict(system=textwrap.dedent('''\n  Be kind to all people.\n''').strip() % x,\n"
    b"    user='Hello {name}'.format(name=y))\n",
]
_REPORTS = (file.read_bytes() for file in sorted((_TESTS / "evals" / "reports").glob("*")))
REPORTS = [
    *(data for data in _REPORTS if len(data) < 20_000),
    b'<testsuite name="x"><testcase name="test_2026_03_02_refunds"><failure message="AssertionError: x">y</failure>'
    b"</testcase></testsuite>",
    b'{"status": "success", "eval": {"model": "m"}, "samples": [{"id": "2026-03-02-refunds", '
    b'"scores": {"a": {"value": "C"}}}]}',
    b'{"id": "2026-03-02-refunds", "scores": {"a": {"value": [1, {"b": 0.5}], "explanation": "no"}}}',
]
