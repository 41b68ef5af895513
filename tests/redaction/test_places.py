"""Addresses, numbers to call and values in forms, as many countries write them."""

import pytest

from .made_up import found


@pytest.mark.parametrize(
    "address",
    [
        "32a Station Approach, Much Hadham, TF13 6HX",
        "Rue de Genève 108, CH-3011 Bern",
        "3145, rue Saint-Paul, app. 39, Québec QC G1R 4P5",
        "Avda. de Navarra, 157, esc. izq., 28013 Madrid",
        "Siltatie 131 A 34, 00500 Helsinki",
        "Σόλωνος 35, 26221 Πάτρα",
        "Vico Lungo 34, 80138 Napoli",
        "Bd. Traian 153, sector 1, București 010101",
        "м. Львів, 79000, бульв. Франка, буд. 31",
        "شارع النخيل، برج السلام، مكتب 62، دبي",
        "רחוב הגפן 109 דירה 12, חיפה",
        "Căn hộ B14, chung cư Sao Mai, Hải Châu, Đà Nẵng",
        "Jl. Melati No. 11 RT 036/RW 02, Denpasar, Bali 80113",
        "Blk 87 Bukit Batok Ave 8 07-18, Singapore 259770",
        "Postfach 116, 1700 Fribourg",
    ],
)
def test_addresses_without_a_cue(address: str) -> None:
    hits = found(f"It went to: {address}\nThanks", "ADDRESS")
    assert any(address[:12] in hit and len(hit) > 0.6 * len(address) for hit in hits), hits


@pytest.mark.parametrize(
    "text",
    [
        "El técnico llamará al 971 311 019.",
        "llamar a la clínica (636 43 92 55) para la cita",
        "Hívja a (06-1) 355-5249 számot",
        "Ruf 01632 960633 ext 44 an",
        "DESCRIPTION:Dial-in 01042773935",
        "Mon cell c'est le 1 450 423-9233, poste 225",
        "Vă sunăm la 021.338.24.74.",
    ],
)
def test_numbers_to_call(text: str) -> None:
    assert found(text, "PHONE"), text


@pytest.mark.parametrize("text", ["sums 971 311 019 rows", "version 12 34 56 78 of it", "total 1 200 300"])
def test_plain_groups_of_digits_are_no_phone(text: str) -> None:
    assert found(text, "PHONE") == []


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Születési idő\n1981. 05. 23.\nNév\nKiss Anna", "DOB", "1981. 05. 23."),
        ("Data di nascita → 13/02/1956\nNote → -", "DOB", "13/02/1956"),
        ("PESEL:\n  91082229997\nUwagi:\n", "NATIONAL_ID", "91082229997"),
        ("地址\n某处\n姓名\n赵春梅\n", "PERSON", "赵春梅"),
    ],
)
def test_values_beneath_their_label(text: str, label: str, value: str) -> None:
    assert value in found(text, label), found(text, label)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("患者陈建国，因头晕就诊", "陈建国"),
        ("快递员诸葛晓燕已将包裹放在驿站", "诸葛晓燕"),
        ("그 건은 윤동혁 대리가 처리합니다", "윤동혁"),
        ("يرجى التواصل مع الأستاذة ريم الجابري", "ريم الجابري"),
        ("אפשר לפנות אל רונית גולדשטיין", "רונית גולדשטיין"),
    ],
)
def test_names_in_native_scripts(text: str, name: str) -> None:
    assert any(name in hit for hit in found(text, "PERSON")), found(text, "PERSON")


@pytest.mark.parametrize(
    "text", ["用户：你好，请问", "此致\n敬礼\n", "Saint Andrew's Hall, 20:40", "Z poważaniem\nBiuro Obsługi Klienta"]
)
def test_greetings_places_and_departments_are_no_names(text: str) -> None:
    assert found(text, "PERSON") == []


def test_codes_in_cells_beside_a_person_are_customer_numbers() -> None:
    assert found("Ada Kuhn   +48 664 950 874   PL8103109   OPEN", "CUSTOMER_ID") == ["PL8103109"]
    assert found("build   AB81031   OPEN", "CUSTOMER_ID") == []
