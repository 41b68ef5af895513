"""Personal data in sentences, records and tables of more languages, and what speakers say that is no name."""

import pytest

from .made_up import found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Taip, gimiau 1969-06-11, rašykite", "1969-06-11"),
        ("a TAJ számom megvan, születtem 1990.07.10, köszönöm", "1990.07.10"),
        ("وتاريخ ميلادي 05/07/1954 ورقم", "05/07/1954"),
        ("urodziłam się 03.05.1984", "03.05.1984"),
        ("je m'appelle Ana, je suis née le 3 mai 1984", "3 mai 1984"),
        ("γεννήθηκα 03/05/1984", "03/05/1984"),
        ("AGENT  Your date of birth?\n[00:00:15] CALLER  17 May 1960.\n[00:00:19] AGENT  Thanks.", "17 May 1960"),
    ],
)
def test_births_as_people_tell_them(text: str, value: str) -> None:
    assert value in found(text, "DOB")


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Comanda este C-880199-RR.", "CUSTOMER_ID", "C-880199-RR"),
        ("Order in question: WEB-2026-85274. Thanks", "CUSTOMER_ID", "WEB-2026-85274"),
        ("{'customer': Customer(id='C-426199-QE', name='x')}", "CUSTOMER_ID", "C-426199-QE"),
        ("id,name,email\nCU475338,Maria Li,maria@fastmail.com", "CUSTOMER_ID", "CU475338"),
        ('{"country": "nl", "doc": "BSN", "number": "171709986"}', "NATIONAL_ID", "171709986"),
        ("my account AC-28937165 and the IBAN NO59 6075 8255 541 to her", "IBAN", "NO59 6075 8255 541"),
        ("გამარჯობა, მე ვარ მარიამ შანიძე, ტელ.", "PERSON", "მარიამ შანიძე"),
        ("নমস্কার, আমার নাম মুনতাকিম আক্তার, ফোন", "PERSON", "মুনতাকিম আক্তার"),
        ("Բարև, ես Գևորգ Ազանյան եմ", "PERSON", "Գևորգ Ազանյան"),
        ("ชื่อ วุฒิ ร่มธิติรัตน์ เลขบัตร", "PERSON", "วุฒิ ร่มธิติรัตน์"),
        ("Siunta: Gedimino pr. 4-5, LT-01173 Vilnius.", "ADDRESS", "Gedimino pr. 4-5, LT-01173 Vilnius"),
        (
            '"line": "3968 Rue Saint-Denis, app. 5, Montréal (Québec) H2J 8O1"',
            "ADDRESS",
            "3968 Rue Saint-Denis, app. 5, Montréal (Québec) H2J 8O1",
        ),
    ],
)
def test_data_in_sentences_and_records(text: str, label: str, value: str) -> None:
    assert value in found(text, label)


@pytest.mark.parametrize(
    "text",
    [
        "用户：调用通义千问一直报 InvalidApiKey，我的配置是",
        "客服：已为您重置，请再试",
        "用户：没错，谢谢",
        "Оператор: Не сообщайте пароль в чате.",
        "Ticket AGT-4774  | priority P2",
        "Jul 27 14:48:55 gw agent[77]: dialing",
        '{"type": "order", "number": "first"}',
    ],
)
def test_what_speakers_say_and_keys_of_issues_are_no_finding(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "Slovenska cesta 15, 1000 Ljubljana",
        "Ilica 42, 10000 Zagreb",
        "Václavské náměstí 14, 110 00 Praha 1",
        "Triq ir-Repubblika 12, VLT 1111 Valletta",
        "Calle 72 # 10-34, Bogotá",
        "Cra. 7 No. 71-52, Torre A, Bogotá",
        "P.O. Box 12345-00100, Nairobi",
        "House 12, Road 5, Dhanmondi, Dhaka 1205",
        "Flat 12B, Tower 3, Taikoo Shing, Hong Kong",
    ],
)
def test_addresses_without_a_word_for_street(address: str) -> None:
    assert found(f"The parcel went to {address}.", "ADDRESS") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "See Table 4, 10000 Rows were read",
        "Version 12, 2024 Edition",
        "Chapter 7, 1984 Orwell",
        "Room 5, Floor 2 is free",
    ],
)
def test_figures_and_years_are_no_addresses(text: str) -> None:
    assert found(text, "ADDRESS") == []


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("From: GARCIA LOPEZ, Ana <x1@acme.dev>", "GARCIA LOPEZ, Ana"),
        ("Von: Schröder, Anke (Vertrieb)", "Schröder, Anke"),
        ("Cc: Nowak, Piotr; Kowalska, Anna", "Kowalska, Anna"),
        ("To: MÜLLER Hans", "MÜLLER Hans"),
    ],
)
def test_family_names_first_in_the_heads_of_letters(head: str, name: str) -> None:
    assert name in found(head + "\nSubject: hello", "PERSON")


def test_places_in_the_head_of_a_ticket_are_no_names() -> None:
    assert found("From: Berlin, Germany\nTo: Product, Sales; SUPPORT Team", "PERSON") == []
