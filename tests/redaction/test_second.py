import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from afterword.redaction import scan, second, second_scanner

from .test_secrets import TOKENS

STAND_IN = """
class SecretScanError(Exception): pass
class Found:
    def __init__(self, start, end): self.start, self.end, self.type, self.confidence = start, end, "acme_key", "high"
def scan(text):
    if "refuse" in text: raise SecretScanError("refused")
    at = text.find("zzz")
    return [Found(at, at + 3)] if at >= 0 else []
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "redact_secret.py").write_text(STAND_IN)
    info = tmp_path / "redact_secret-9.8.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: redact-secret\nVersion: 9.8\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "redact_secret", raising=False)
    yield
    sys.modules.pop("redact_secret", None)


@pytest.mark.usefixtures("installed")
def test_the_second_scanner_only_adds() -> None:
    assert second_scanner() == "redact-secret 9.8"
    text = "mail ada@lovelace.org and zzz"
    findings = scan(text).findings
    assert [(text[f.start : f.end], f.label) for f in findings] == [("ada@lovelace.org", "EMAIL"), ("zzz", "SECRET")]
    assert findings[1].reason == "redact-secret says acme_key"


@pytest.mark.usefixtures("installed")
def test_a_text_that_it_refuses_is_scanned_by_ours_alone() -> None:
    assert [f.label for f in scan("refuse zzz ada@lovelace.org").findings] == ["EMAIL"]


@pytest.mark.skipif(second_scanner() is None, reason="needs the extra scan; make test runs this once more with it")
def test_the_real_one_adds_what_ours_does_not_know() -> None:
    texts = [f"used {make()} for the call" for make in TOKENS.values()]
    assert any(f.label == "SECRET" for text in texts for f in second.find(text))
    for text in texts:
        with_it = {(f.start, f.end) for f in scan(text).findings}
        assert all(any(start <= f.start and f.end <= end for start, end in with_it) for f in second.find(text))
    assert not scan("The agent promised refunds for two days; commit 4f1c2d9 mended it.").findings


def test_without_it_the_engine_works_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if not (Path(entry) / "redact_secret").exists()])
    monkeypatch.delitem(sys.modules, "redact_secret", raising=False)
    assert second_scanner() is None
    assert scan("zzz ada@lovelace.org").complete
