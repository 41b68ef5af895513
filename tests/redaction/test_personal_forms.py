import pytest

from .made_up import found


@pytest.mark.parametrize(
    "value",
    ["(030) 4840 97 39", "0176/22326369", "01.42.79.10.97", "08-576 168 45", "(11) 91737-1288", "8 (495) 997-95-17"],
)
def test_phone_numbers_in_the_form_of_their_country_need_no_word(value: str) -> None:
    assert value in found(f"Gruß\nAda\n{value}\n", "PHONE")


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("ada@bygg.no eller 476 82 328.", "PHONE", "476 82 328"),
        ("conn=::ffff:172.22.140.32 ok", "IP", "::ffff:172.22.140.32"),
        ("eth0 2a01:2771:57f3:f7de:6018:5ed3:a334:a824:123", "IP", "2a01:2771:57f3:f7de:6018:5ed3:a334:a824"),
        ("neighbor f436.85ef.6f94 lost", "MAC", "f436.85ef.6f94"),
        ("bssid=3c2851ae48c1", "MAC", "3c2851ae48c1"),
        ("backup: host NYC-FILE09 missed", "HOSTNAME", "NYC-FILE09"),
        ("Apr 11 00:14:26 srv-mail-6 systemd[1]: Started", "HOSTNAME", "srv-mail-6"),
        ("logged on to DESKTOP-4F7K2QX today", "HOSTNAME", "DESKTOP-4F7K2QX"),
        ("α.φ.μ. 094259216", "NATIONAL_ID", "094259216"),
        ("rendelésszám: 20488312", "CUSTOMER_ID", "20488312"),
        ("sagsnummer 4471920", "CUSTOMER_ID", "4471920"),
        ("保单号：88120047", "CUSTOMER_ID", "88120047"),
        ("your booking KWP742 is confirmed", "CUSTOMER_ID", "KWP742"),
        ("TR2282412 numaralı hesabınıza", "CUSTOMER_ID", "TR2282412"),
        ("tgl lahir 12-03-1988", "DOB", "12-03-1988"),
        ("szül. 1988.03.12.", "DOB", "1988.03.12"),
    ],
)
def test_forms_and_words_of_many_countries(text: str, label: str, value: str) -> None:
    assert any(value in each for each in found(text, label)), found(text)


@pytest.mark.parametrize("text", ["listens on 0.0.0.0:80 and ::1", "schema to 4.5.2.5", "mask 255.255.255.0"])
def test_versions_masks_and_nobodys_addresses_are_no_finding(text: str) -> None:
    assert found(text, "IP") == []


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Agent: your date of birth, please?\nCustomer: sure, 21.07.1974", "DOB", "21.07.1974"),
        ("— date de naissance, s'il vous plaît ?\n— 07/07/1968.", "DOB", "07/07/1968"),
        ("BEGIN:VCARD\nTEL;TYPE=CELL,VOICE:22 76 01 31\nEND:VCARD", "PHONE", "22 76 01 31"),
        ("BEGIN:VCARD\nBDAY:1987-12-23\nEND:VCARD", "DOB", "1987-12-23"),
        ('<Phone kind="mobile">55 1132 0671</Phone>', "PHONE", "55 1132 0671"),
        ('{"name": "phone", "value": "55 1132 0671"}', "PHONE", "55 1132 0671"),
        ("INSERT INTO people (name, birth_date) VALUES ('Ada Kuhn', '1966-05-10');", "DOB", "1966-05-10"),
        ("INSERT INTO people (name, birth_date) VALUES ('Ada Kuhn', '1966-05-10');", "PERSON", "Ada Kuhn"),
        ("ORGANIZER;CN=Ada Kuhn:mailto:ada@kuhn.ch", "PERSON", "Ada Kuhn"),
    ],
)
def test_records_and_answers(text: str, label: str, value: str) -> None:
    assert value in found(text, label), found(text)
