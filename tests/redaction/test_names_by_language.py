import pytest

from afterword.redaction import scan

from .made_up import found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left it with my neighbour, Brendan Castellanos, on Monday.", "Brendan Castellanos"),
        ("da wohnt jetzt mein Bruder Friedrich.", "Friedrich"),
        ("fala com minha mãe, Jussara Albuquerque, amanhã", "Jussara Albuquerque"),
        ("notoval ho soused, Vít Olšanský; nic víc", "Vít Olšanský"),
        ("Со слов Андрея Кузьмина, письмо ушло", "Андрея Кузьмина"),
        ("A csomagot Kovács István vette át", "Kovács István"),
        ("Resumen: Yolanda Covarrubias llamó ayer", "Yolanda Covarrubias"),
        ("then Grzegorz Wiśniewski phoned", "Grzegorz Wiśniewski"),
        ("Ο Γιώργος Παπαδόπουλος τηλεφώνησε", "Γιώργος Παπαδόπουλος"),
        ("passenger list: MARTINA ROSSI", "MARTINA ROSSI"),
        ("Nguyễn Thị Hoa đã gọi", "Nguyễn Thị Hoa"),
    ],
)
def test_names_by_kin_work_and_family(text: str, value: str) -> None:
    assert value in found(text, "PERSON"), found(text, "PERSON")


@pytest.mark.parametrize(
    "text",
    [
        "Der Satz von Bayes genügt; the Release Train leaves on Thursday.",
        "the Product Owner and the QA Lead sign off",
        "Usuario: Gracias. El repartidor anotó",
        "Thanks,\nPlatform Engineering",
        "Account Settings  Billing History  Team Members",
    ],
)
def test_headings_theories_and_roles_are_no_people(text: str) -> None:
    assert [f for f in scan(text).findings if f.label == "PERSON"] == []
