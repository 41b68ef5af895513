import pytest

from afterword.redaction import scan

from .made_up import found


def finds(text: str, label: str, value: str) -> None:
    assert value in found(text, label), [(f.label, text[f.start : f.end]) for f in scan(text).findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("write to ada@lovelace.org.", "ada@lovelace.org"),
        ("メールはada@lovelace.jpです", "ada@lovelace.jp"),
        ("<ada+work@mail.lovelace.co.uk>", "ada+work@mail.lovelace.co.uk"),
        ("ada [at] lovelace [dot] org", "ada [at] lovelace [dot] org"),
        ("grüße an jörg@müller.de", "jörg@müller.de"),
    ],
)
def test_mail_addresses(text: str, value: str) -> None:
    finds(text, "EMAIL", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ring +49 30 901820", "+49 30 901820"),
        ("sent to 0048 512 349 294", "0048 512 349 294"),
        ("call (201) 863-3114 now", "(201) 863-3114"),
        ("Telefon 030/1234567", "030/1234567"),
        ("手机号13812345678，谢谢", "13812345678"),
        ("電話番号は090-1234-5678です", "090-1234-5678"),
        ('"phone": "512610930"', "512610930"),
        ("mobil: 0171 2345678", "0171 2345678"),
        ("tel:+15551234567", "+15551234567"),
        ("רלפון הטלפון 052-123-4567", "052-123-4567"),
    ],
)
def test_phone_numbers(text: str, value: str) -> None:
    finds(text, "PHONE", value)


def test_cards_need_issuer_and_check_digit() -> None:
    finds("paid with 5496 2679 1447 2423", "CREDIT_CARD", "5496 2679 1447 2423")
    assert found("paid with 5496 2679 1447 2424") == []
    assert found("offset 4111111111111112") == []


def test_ibans_need_length_and_check_digits() -> None:
    finds("an NL91 ABNA 0417 1643 00 bitte", "IBAN", "NL91 ABNA 0417 1643 00")
    finds("konto DE89370400440532013000", "IBAN", "DE89370400440532013000")
    assert found("ref DE89370400440532013001", "IBAN") == []
    finds("IBAN DE88370400440532013000", "IBAN", "DE88370400440532013000")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my ssn is 763-22-7312", "763-22-7312"),
        ("DNI 12345678Z", "12345678Z"),
        ("codice RSSMRA85T10A562S ok", "RSSMRA85T10A562S"),
        ("CPF 529.982.247-25", "529.982.247-25"),
        ("National Insurance number LB149389A", "LB149389A"),
        ("身份证号11010519491231002X", "11010519491231002X"),
        ("hetu 131052-308T", "131052-308T"),
        ("Steuer-ID 84036519112", "84036519112"),
        ("passport no. CF43Y1WHN", "CF43Y1WHN"),
        ("T.C. kimlik no 10000000146", "10000000146"),
        ("rodné číslo 840512/1236", "840512/1236"),
    ],
)
def test_identity_numbers(text: str, value: str) -> None:
    finds(text, "NATIONAL_ID", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("born on 4 March 1982", "4 March 1982"),
        ("geboren am 26.04.1992 in Bonn", "26.04.1992"),
        ("Data urodzenia: 10.12.1957", "10.12.1957"),
        ("生年月日は1985年3月4日です", "1985年3月4日"),
        ('"date_of_birth": "1990-05-17"', "1990-05-17"),
    ],
)
def test_dates_of_birth(text: str, value: str) -> None:
    finds(text, "DOB", value)


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("from 172.25.73.21 port 22", "IP", "172.25.73.21"),
        ("peer 2a02:8109:9c40:1::17 up", "IP", "2a02:8109:9c40:1::17"),
        ("hw 00:1B:44:11:3A:B7", "MAC", "00:1B:44:11:3A:B7"),
        ("ssh deploy@db-7.corp.acme.lan", "HOSTNAME", "db-7.corp.acme.lan"),
        ("http://rag.prod.svc.cluster.local:8080/x", "HOSTNAME", "rag.prod.svc.cluster.local"),
        ("on ip-10-148-166-230.ec2.internal", "HOSTNAME", "ip-10-148-166-230.ec2.internal"),
        ("customer number C48103222", "CUSTOMER_ID", "C48103222"),
        ("Bestellung 704452 ist da", "CUSTOMER_ID", "704452"),
        ('"user_id": "6153675"', "CUSTOMER_ID", "6153675"),
        ('{"customer": {"id": "9921873"}}', "CUSTOMER_ID", "9921873"),
        ("see ORD-4194851", "CUSTOMER_ID", "ORD-4194851"),
    ],
)
def test_machines_and_accounts(text: str, label: str, value: str) -> None:
    finds(text, label, value)


@pytest.mark.parametrize(
    "address",
    [
        "221B Baker Street, London NW1 6XE",
        "1600 Amphitheatre Parkway, Mountain View, CA 94043",
        "Lindenstraße 5, 10969 Berlin",
        "12, rue de la Paix, 75002 Paris",
        "Calle Mayor 5, Madrid, 28013",
        "Via Garibaldi 7, 20121 Milano (MI)",
        "Rua das Flores 123, 01310-100 São Paulo",
        "ul. Długa 7, 00-263 Warszawa",
        "Storgatan 12, 111 22 Stockholm",
        "Keizersgracht 123, 1015 CJ Amsterdam",
        "東京都新宿区西新宿2-8-1",
        "上海市浦东新区世纪大道100号",
        "서울특별시 강남구 테헤란로 152",
    ],
)
def test_postal_addresses(address: str) -> None:
    finds(f"send it to: {address}", "ADDRESS", address)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, I'm Priya Raghunathan and I need help", "Priya Raghunathan"),
        ("Dear Mr Okonkwo, your parcel", "Okonkwo"),
        ("Sehr geehrte Frau Meisenkothen, danke", "Meisenkothen"),
        ("Hola, soy Eloísa Vicente y mi correo", "Eloísa Vicente"),
        ("Здравствуйте, меня зовут Ирина Соколова", "Ирина Соколова"),
        ("こんにちは、山田太郎と申します", "山田太郎"),
        ("我叫王小明，你好", "王小明"),
        ("저는 김민수입니다", "김민수"),
        ("From: Robin van Schevinghuizen <r.vs@mail.net>", "Robin van Schevinghuizen"),
        ('{"name": "Ottoline Brackwater", "email": "o@b.net"}', "Ottoline Brackwater"),
        ("Kind regards,\nOttoline Brackwater\n", "Ottoline Brackwater"),
        ("yesterday Janina Pawlukiewicz complained", "Janina Pawlukiewicz"),
    ],
)
def test_names(text: str, name: str) -> None:
    finds(text, "PERSON", name)


def test_a_found_name_is_found_again_in_part() -> None:
    text = "I'm Ottoline Brackwater. Later Brackwater wrote back, and Ottoline agreed. Ottolines is another word."
    assert found(text, "PERSON") == ["Ottoline Brackwater", "Brackwater", "Ottoline"]


def test_names_from_other_texts_are_found() -> None:
    text = "then Brackwater asked again"
    findings = scan(text, known_names=["Ottoline Brackwater"]).findings
    assert [text[f.start : f.end] for f in findings] == ["Brackwater"]


def test_cells_under_columns_named_after_personal_data() -> None:
    text = "id;vorname;nachname;geburtsdatum\n1;Jörg;Meisenkothen;03.04.1977\n2;Ute;Zwick;11.12.1980\n"
    assert found(text, "PERSON") == ["Jörg", "Meisenkothen", "Ute", "Zwick"]
    assert found(text, "DOB") == ["03.04.1977", "11.12.1980"]
    markdown = "| Customer | Mobile |\n|---|---|\n| Amara Nwosu | 0803 555 1234 |\n"
    assert found(markdown) == ["Amara Nwosu", "0803 555 1234"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("mail jane@example.com", "EMAIL"),
        ("bind 127.0.0.1", "IP"),
        ("from 203.0.113.9", "IP"),
        ("card 4242 4242 4242 4242", "CREDIT_CARD"),
        ("call +1 202 555 0143", "PHONE"),
        ("IBAN GB82 WEST 1234 5698 7654 32", "IBAN"),
    ],
)
def test_documented_dummies_are_found_and_suggested_to_be_kept(text: str, label: str) -> None:
    (finding,) = scan(text).findings
    assert (finding.label, finding.suggest_keep) == (label, True)


@pytest.mark.parametrize(
    "text",
    [
        'customer="Henrike Vossberg"',
        "level=info customer='Henrike Vossberg' order=17",
        "customer=Henrike Vossberg msg=paid",
        'customer: "Henrike Vossberg"',
        '{"client": "Henrike Vossberg"}',
        "customer,email\nHenrike Vossberg,a@lovelace.org",
    ],
)
def test_a_customer_may_be_a_person(text: str) -> None:
    assert ("PERSON", "Henrike Vossberg") in [(f.label, text[f.start : f.end]) for f in scan(text).findings]


@pytest.mark.parametrize(
    "text", ["customer=acme-prod", 'customer="refunds"', "client=web", "customer: Customer Success"]
)
def test_a_customer_need_not_be_a_person(text: str) -> None:
    assert scan(text).findings == ()


def test_a_customer_may_be_a_number() -> None:
    assert [f.label for f in scan("customer=4711882 x=1").findings] == ["CUSTOMER_ID"]
