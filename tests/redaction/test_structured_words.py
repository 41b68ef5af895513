"""Abbreviations, eras and settings with which countries and programs announce personal data."""

import pytest

from .made_up import found


@pytest.mark.parametrize(
    "text",
    [
        "Rua Augusta 220, 3.º Esq., 4050-105 Porto | tlm @@",
        "Telem. @@",
        "tfno. @@",
        "Móv. @@",
        "Mob.nr @@",
        "tlfn @@",
        "kom. @@",
        "☎ @@",
        "📱 @@",
        "Ada Kuhn\nnatel @@",
        "हमारा फ़ोन @@",
        "נייד @@",
        "رقم الجوال @@",
        "số đt @@",
        "聯絡電話 @@",
    ],
)
def test_words_and_signs_for_phone_numbers(text: str) -> None:
    assert found(text.replace("@@", "915 966 116"), "PHONE") == ["915 966 116"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("生日 民國78年5月12日", "民國78年5月12日"),
        ("出生日期：民國 78/05/12", "民國 78/05/12"),
        ("生年月日：S63.4.12", "S63.4.12"),
        ("生年月日 昭和63年 4月12日", "昭和63年 4月12日"),
        ("生年月日：平成元年1月8日", "平成元年1月8日"),
        ("วันเกิด 12 มีนาคม 2531", "12 มีนาคม 2531"),
        ("วันเกิด 12/03/2531", "12/03/2531"),
        ("تاریخ تولد: 1367/05/12", "1367/05/12"),
        ("ngày sinh: 12 tháng 3 năm 1985", "12 tháng 3 năm 1985"),
        ("जन्म तिथि: 12 मार्च 1985", "12 मार्च 1985"),
        ("she was born\n> 18.01.1962 in Ulm", "18.01.1962"),
    ],
)
def test_dates_of_birth_by_era_and_language(text: str, value: str) -> None:
    assert found(text, "DOB") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "[Peer]\nEndpoint = 81.216.61.112:51820",
        "[Interface]\nDNS = 81.216.61.112",
        "gateway=81.216.61.112",
        "AllowedIPs = 81.216.61.112/32",
        "broker = 81.216.61.112:9092",
    ],
)
def test_addresses_in_settings_of_networks(text: str) -> None:
    assert found(text, "IP") == ["81.216.61.112"]


@pytest.mark.parametrize(
    "text",
    [
        "libfoo = 4.5.2.5",
        "numpy>=1.26.4.1",
        "deploy contract 0x809b034f7e912719da652b334b40df20f889a2b3",
        "the policy of 12/03/24 applies",
        "display: flex; display=block",
        "paid 500 р. 12.03.2024",
        "tested at ph 7.4 with 250 samples",
    ],
)
def test_versions_amounts_and_styles_are_none(text: str) -> None:
    assert found(text) == []


def test_a_display_name_is_a_name() -> None:
    assert found('scan: user=jv display="Joke Vermeulen" ok', "PERSON") == ["Joke Vermeulen"]


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Mon cell c'est le 1 450 423-9233, poste 225\n", "PHONE", "1 450 423-9233, poste 225"),
        ("call 01632 960633 ext 44 now", "PHONE", "01632 960633 ext 44"),
        ("better use +34 93 363\n87 28", "PHONE", "+34 93 363\n87 28"),
        ("> please ring +44 7518 411\n> 911 before noon", "PHONE", "+44 7518 411\n> 911"),
        ("Questions: 1800 219 905.", "PHONE", "1800 219 905"),
        ("고객: 01030779676이고", "PHONE", "01030779676"),
        ("rachunek PL61 1090 1014 0000 0712 1981\n2874.", "IBAN", "PL61 1090 1014 0000 0712 1981\n2874"),
        ("Server name: BASTION1-ZH", "HOSTNAME", "BASTION1-ZH"),
        ("backup: host esx29b missed", "HOSTNAME", "esx29b"),
    ],
)
def test_numbers_with_extensions_and_over_line_breaks(text: str, label: str, value: str) -> None:
    assert found(text, label) == [value]


def test_two_numbers_on_two_lines_stay_two() -> None:
    assert found("+34 93 363 87 28\n12 items\n", "PHONE") == ["+34 93 363 87 28"]
    assert found("PL61 1090 1014 0000 0712 1981 2874\n44 items", "IBAN") == ["PL61 1090 1014 0000 0712 1981 2874"]
