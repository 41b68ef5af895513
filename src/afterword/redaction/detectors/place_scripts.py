"""Postal addresses in scripts without capital letters, and where districts are named instead of postcodes."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SHAPED, Candidate, Source

_A = "\u0621-\u064a\u0660-\u0669"
_ARABIC = re.compile(
    rf"(?<![{_A}])(?:شارع|ص\.\s?ب\.?|صندوق بريد|فيلا|برج|شقة|مبنى|بناية|عمارة|طريق|منطقة|مكتب|مجمع)[ :]?"
    rf"[{_A}0-9 .\-/\n|>]{{0,60}}(?:[،,][ \n|>]{{0,4}}[{_A}0-9][{_A}0-9 .\-/]{{0,38}}){{0,5}}(?:\n["
    rf" ]{{0,8}}[{_A}]{{2,14}}(?=\n))?"
)
_H = "\u05d0-\u05ea"
_HEBREW = re.compile(
    rf"(?<![{_H}])(?:(?:רחוב|רח['׳.]|שד['׳.]|שדרות|דרך|סמטת|כיכר|ת\.ד\.?|מושב|קיבוץ) ?)?[{_H}]"
    rf"[{_H}\"'׳״ \-]{{1,28}}? \d{{1,5}}"
    rf"(?:[ ,]{{1,2}}(?:דירה|ד['׳]|קומה|כניסה) ?[\d{_H}]{{1,4}}){{0,2}}(?:,|\n[ ]{{0,8}}| -)[ ]?"
    rf"[{_H}][{_H}\"'׳ \-]{{1,22}}(?:[ ,]{{1,2}}\d{{5,7}})?"
)
_VIETNAMESE = re.compile(
    r"(?<![\w/])(?:(?:Số|Căn hộ|Nhà|Lô|Tầng|Phòng|Ngõ|Hẻm|P\.) ?)?[A-Z]?\d{1,4}[\w/-]{0,8},? [^\n,.;:\"|<>]{2,40}"
    r"(?:,[ \n]{1,2}[^\n,;:\"|<>]{2,34}){1,5}"
)
_DISTRICTS = re.compile(
    r"(?:Quận|Phường|Huyện|Thành phố|Thị xã|TP\.?|P\.|Q\.) ?[\w]|Hà Nội|Hồ Chí Minh|Đà Nẵng|Hải Phòng|Cần Thơ"
    r"|Huế|Nha Trang"
)
_THAI = re.compile(
    r"(?:(?:บ้าน)?เลขที่ ?)?\d{1,4}(?:/\d{1,4})? (?:[^\n\d]{0,30}(?:หมู่|ม\.|ซ\.|ซอย|ถ\.|ถนน|แขวง|ตำบล"
    r"|ต\.)[^\n]{1,80}?)(?:\d{5}|กรุงเทพ[^\s\d]{0,10})"
)
_INDONESIAN = re.compile(
    r"(?<!\w)(?:Perum|Perumahan|Komplek|Kompleks|Ruko|Jl\.|Jln\.|Jalan|Gg\.|Gang|Apartemen|Dusun|Desa|Kampung"
    r"|Taman|Lorong|Lot)"
    r" [A-Z](?:[^\n;:\"|<>]|\n {0,8}(?=[A-Z0-9])){2,110}? \d{5}(?!\d)(?:,? [A-Z][a-z]{2,20}){0,2}"
)
_SINGAPORE = re.compile(
    r"(?<!\w)(?:Blk|Block|Blok) ?\d{1,4}[A-Z]? [A-Z][\w' ]{2,40}(?:,? ?#?\d{2}-\d{2,4})?,?(?: |"
    r"\n {0,8})(?:Singapore|S)(?: |\()\d{6}\)?"
)
_BOXES = re.compile(
    r"(?<!\w)(?:P\.? ?O\.? ?Box|PO Box|Postfach|B\.P\.|BP|C\.P\.|Case postale|Apdo\.?(?: de Correos)?"
    r"|Apartado(?: Postal| de Correos)?"
    r"|Casella Postale|Caixa Postal|Postbus|Postboks|Box|Boks|PL|Pf\.|[Ss]kr\. poczt\.|P\.O\. BOX|Τ\.Θ\.|а/с|а/я"
    r"|G\.?P\.?O\.? Box|Private Bag|PMB)"
    r" ?\d{1,6},?(?: |\n[ ]{0,8})(?:[A-Z\u0391-\u03a9\u0400-\u042f][\w.'’ -]{1,30},? )?(?:(?:[A-Z"
    r"]{1,2}-)?\d[\d -]{2,7}\d(?:,? [A-Z\u0391-\u03a9\u0400-\u042f][\w.'’-]{1,24}){0,2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)"
)
_SCRIPTS = (("\u0600", "\u06ff", _ARABIC), ("\u0590", "\u05ff", _HEBREW), ("\u0e00", "\u0e7f", _THAI))
_LATIN = (
    (_INDONESIAN, ("perum", "perumahan", "komplek", "kompleks", "ruko", "jl", "jln", "jalan", "gg", "gang", "taman",
                   "apartemen", "dusun", "desa", "kampung", "lorong", "lot")),
    (_SINGAPORE, ("blk", "block", "blok")),
    (_BOXES, ("p", "po", "postfach", "b", "bp", "c", "case", "apdo", "apartado", "casella", "caixa", "postbus",
              "postboks", "box", "boks", "pl", "pf", "skr", "τ", "а", "g", "gpo", "private", "pmb")),
)  # fmt: skip


def _spans(source: Source) -> Iterator[tuple[int, int]]:
    text = source.text
    for pattern, words in _LATIN:
        for at in source.at(*words):
            if match := pattern.match(text, at):
                yield match.span()
    if text.isascii():
        return
    for low, high, pattern in _SCRIPTS:
        if any(low <= letter <= high for letter in source.letters):
            yield from (match.span() for match in pattern.finditer(text))
    if "ố" in source.letters or "ậ" in source.letters or "ơ" in source.letters or "đ" in source.letters:
        for match in _VIETNAMESE.finditer(text):
            if _DISTRICTS.search(match[0]):
                yield match.span()


def find_scripts(source: Source) -> Iterator[Candidate]:
    """Yield addresses in Arabic, Hebrew and Thai script, in Vietnam and Indonesia, blocks of flats and boxes."""
    for start, end in _spans(source):
        value = source.text[start:end].rstrip(" ,.-\n،|>")
        if any(map(str.isdecimal, value)) and len(value) >= 7:
            yield Candidate(start, start + len(value), "ADDRESS", 0.78, "words for streets and places", SHAPED - 4)
