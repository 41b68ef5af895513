"""Damage: bytes made of known ones by cutting, doubling, splicing and putting in what readers trip over."""

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.hostile import FORMS

_WORDS = [
    *(form.encode("utf-8", "surrogatepass")[:300] for form in FORMS.values()),
    *(bytes([code]) for code in (0, 9, 10, 13, 0x1B, 0x80, 0xFF)),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xed\xb2\x80", b"\r\n", b"\xe2\x80\xa8", b"\xc2\x85"),
    *(b'"', b"'", b'"""', b"'''", b"\\", b"[", b"]", b"{", b"}", b"(", b")", b"<", b">", b"|", b"#"),
    *(b": ", b"- ", b"  ", b", ", b"= ", b"---\n", b"~~~\n", b"null", b"NaN", b"1e999", b"-0", b"1" * 5_000),
    *(b"&a ", b"*a", b"<<: *a", b"!!python/object/apply:os.system ['x']", b"!!bool x", b"!!int ''"),
    *(b"!!timestamp 0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", b"0000-00-00", b"2026-03-02/.."),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#0;", b"\\ No newline at end of file"),
    *(b"@@ -1,9 +1 @@", b"@@ -" + b"9" * 30 + b" +1 @@", b"diff --git a/x b/x\n"),
]
"""What readers trip over."""


@st.composite
def damaged(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds after a few mishaps."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 1, 2, 7, 40, 300, 10_000))))
        data = data[:start] + _instead(draw, data[start:end], seeds) + data[end:]
    return data[:60_000]


def _instead(draw: st.DrawFn, cut: bytes, seeds: Sequence[bytes]) -> bytes:
    match draw(st.integers(0, 5)):
        case 0:
            return b""
        case 1:
            return cut * draw(st.sampled_from((2, 3, 50, 1_000)))
        case 2:
            return cut + draw(st.sampled_from(_WORDS))
        case 3:
            return draw(st.sampled_from(_WORDS)) * draw(st.sampled_from((1, 2, 200)))
        case 4:
            other = draw(st.sampled_from(seeds))
            start = draw(st.integers(0, len(other)))
            return cut + other[start : start + draw(st.integers(0, 400))]
        case _:
            return draw(st.binary(max_size=12) | st.text(max_size=12).map(lambda text: text.encode("utf-8", "replace")))
