"""Identity, tax and insurance numbers: by shape and check digits, or after a word that announces one."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from afterword.redaction.candidate import CHECKED, CUED, Candidate, Source
from afterword.redaction.detectors.contact import digits_of
from afterword.redaction.detectors.cues import after_cue, cue_ends, field_words


class Shape(NamedTuple):
    """A number that is known by its form: the modules of python-stdnum that check it, and its name."""

    pattern: re.Pattern[str]
    modules: tuple[str, ...]
    name: str


def _shape(pattern: str, modules: str, name: str) -> Shape:
    return Shape(re.compile(rf"(?:{pattern})(?![0-9A-Za-z_/]|[.-][0-9A-Za-z])"), tuple(modules.split()), name)


@cache
def _any_shape() -> re.Pattern[str]:
    """Return one pattern that says whether any shape may begin somewhere."""
    alternatives = "|".join(shape.pattern.pattern for shape in _shapes())
    return re.compile(
        rf"[0-9A-Z](?<![0-9A-Za-z_.+/-].)(?<=(?=[A-Z]{{0,6}}\d[0-9A-Za-z ./()+-]{{4}}).)(?<=(?={alternatives}).)"
    )


@cache
def _shapes() -> tuple[Shape, ...]:
    return (
        _shape(r"(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", "us.ssn", "a US social security number"),
        _shape(r"9\d{2}-[5-9]\d-\d{4}", "us.itin", "a US taxpayer number"),
        _shape(
            r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", "", "a UK national insurance number"
        ),
        _shape(r"\d{8}-?[A-HJ-NP-TV-Z]", "es.dni", "a Spanish DNI"),
        _shape(r"[XYZ]-?\d{7}-?[A-HJ-NP-TV-Z]", "es.nie", "a Spanish NIE"),
        _shape(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", "it.codicefiscale", "an Italian tax code"),
        _shape(
            r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-4]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}",
            "fr.nir",
            "a French insurance number",
        ),
        _shape(r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf", "a Brazilian CPF"),
        _shape(r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}", "br.cnpj", "a Brazilian CNPJ"),
        _shape(
            r"(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[-+]\d{4}",
            "se.personnummer fi.hetu",
            "a Swedish personal number",
        ),
        _shape(
            r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+ABCDEFYXWVU]\d{3}[0-9A-FHJ-NPR-Y]",
            "fi.hetu",
            "a Finnish identity code",
        ),
        _shape(
            r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-\d{4}",
            "dk.cpr is_.kennitala",
            "a Danish or Icelandic number",
        ),
        _shape(
            r"(?:0[1-9]|[1-7]\d)(?:0[1-9]|1[0-2]|4[1-9]|5[0-2])\d{2} ?\d{5}",
            "no.fodselsnummer",
            "a Norwegian birth number",
        ),
        _shape(r"\d{2}(?:[05][1-9]|[16][0-2])(?:[0-2]\d|3[01])/\d{3,4}", "cz.rc", "a Czech or Slovak birth number"),
        _shape(
            r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]",
            "cn.ric",
            "a Chinese identity number",
        ),
        _shape(r"\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])-[1-8]\d{6}", "", "a Korean registration number"),
        _shape(r"[A-Z][12]\d{8}", "tw.id", "a Taiwanese identity number"),
        _shape(r"[STFGM]\d{7}[A-Z]", "sg.nric", "a Singaporean NRIC"),
        _shape(r"[A-Z]{1,2}\d{6}\([0-9A]\)", "", "a Hong Kong identity card"),
        _shape(r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", "in_.aadhaar", "an Indian Aadhaar number"),
        _shape(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", "", "an Indian PAN"),
        _shape(r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]", "cl.rut", "a Chilean RUT"),
        _shape(r"(?:20|23|24|27|30|33|34)-\d{8}-\d", "ar.cuit", "an Argentine CUIT"),
        _shape(r"[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d", "mx.curp", "a Mexican CURP"),
        _shape(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn", "a Belgian national number"),
        _shape(r"756\.\d{4}\.\d{4}\.\d{2}", "ch.ssn", "a Swiss insurance number"),
        _shape(r"[1-9]\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{6}", "ro.cnp", "a Romanian personal code"),
        _shape(
            r"[1-6]\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{4}", "ee.ik lt.asmens", "an Estonian or Lithuanian code"
        ),
        _shape(r"[0-3]\d[01]\d{3}-[012]\d{4}", "", "a Latvian personal code"),
        _shape(r"\d{3}-\d{3}-\d{3} \d{2}", "ru.snils", "a Russian insurance number"),
        _shape(r"[1-8]-\d{4}-\d{5}-\d{2}-\d", "th.pin", "a Thai identity number"),
        _shape(r"\d{6}-\d{2}-\d{4}", "my.nric", "a Malaysian identity number"),
        _shape(r"\d{3}\.\d{3}\.\d{3}\.\d{3}\.\d{2}", "", "an Italian number"),
    )


@cache
def _module(name: str) -> Any | None:
    try:
        return import_module(f"stdnum.{name}")
    except ImportError:
        return None


def _fits(value: str, modules: tuple[str, ...]) -> bool:
    loaded = [module for name in modules if (module := _module(name))]
    return not loaded or any(module.is_valid(value) for module in loaded)


_STRONG_DIGITS = 15
"""Numbers of digits alone count from this length on; shorter ones pass check digits by chance."""


def _shaped_at(text: str, at: int) -> Iterator[Candidate]:
    for shape in _shapes():
        match = shape.pattern.match(text, at)
        if not match or len(set(digits_of(match[0]))) < 3 or (match[0].isdigit() and len(match[0]) < _STRONG_DIGITS):
            continue
        if _fits(match[0], shape.modules):
            reason = f"{shape.name}, check digits fit" if shape.modules else f"has the form of {shape.name}"
            yield Candidate(*match.span(), "NATIONAL_ID", 0.85, reason, CHECKED - 1)


def find_shaped(source: Source) -> Iterator[Candidate]:
    """Yield numbers whose form and check digits belong to a country's scheme."""
    for match in _any_shape().finditer(source.text):
        yield from _shaped_at(source.text, match.start())


_VALUE = re.compile(
    r"(?:[A-Z\u0410-\u042f]{1,3}[ -]?)?[A-Z0-9]*\d[A-Z0-9]*(?:[ \u00a0./\-+](?=[A-Z0-9]*\d)[A-Z0-9]+){0,8}"
    r"(?:[ -]?[A-Z]{1,2}(?![A-Za-z0-9]))?"
)
_PASSPORT = re.compile(r"[A-Z][A-Z0-9]{7,8}")
_LOWER = re.compile(r"[a-z]{1,2}\d{6,9}[a-z]?(?![a-z0-9])")
_DATE = re.compile(r"(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}$")


def find_cued(source: Source) -> Iterator[Candidate]:
    """Yield numbers after words such as “SSN”, “DNI” or “passport no.”."""
    text = source.text
    for start, end in cue_ends(source, field_words("NATIONAL_ID")):
        at = after_cue(text, end)
        match = _VALUE.match(text, at, at + 40) or _LOWER.match(text, at)
        short_word = end - start <= 3 and not text[start:end].isupper() and text[start:end].isascii()
        if not match or at == end or text[end : end + 1] == "_" or short_word:
            continue
        value = match[0]
        compact = sum(map(str.isalnum, value))
        if (
            6 <= compact <= 20
            and len(digits_of(value)) >= (1 if _PASSPORT.fullmatch(value) else 4)
            and not _DATE.match(value)
            and not value.endswith(("h", "m"))
        ):
            yield Candidate(*match.span(), "NATIONAL_ID", 0.88, f"follows “{text[start:end]}”", CUED + 4)
