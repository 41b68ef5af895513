"""Several passwords in a sentence, compounds of the word, and sentences that tell none."""

import pytest

from .made_up import found

FIRST, SECOND = "Fal" + "con18!x", "Fie" + "ts!b7kQ"


def test_the_old_and_the_new_password() -> None:
    for text in (
        "Wachtwoord: {} (vorige was {}). Niet doorsturen.",
        "the password is {}, the old one was {}",
        "La contraseña del panel es {} y la del VPN es {}, gracias",
        "Le mot de passe : {} et celui du wifi invité : {}. Merci",
        "Паролата е {}, а за резервния сървър 10.20.30.40 е {}. Поздрави",
        "passwords are {} and {}",
    ):
        filled = text.replace("{}", FIRST, 1).replace("{}", SECOND)
        assert found(filled, "SECRET") == [FIRST, SECOND], filled


@pytest.mark.parametrize(
    "text",
    [
        "I had to change the password, it's {} now",
        "Ich habe das Passwort geändert, es ist jetzt {}",
        "J'ai changé le mot de passe. C'est {}",
        "Das Gästepasswort lautet {}",
        "wifilösenordet är {}",
        "Inlogwachtwoord: {}",
        "Hallintapaneelin pääsalasana on {}",
    ],
)
def test_pronouns_and_compounds_of_the_word(text: str) -> None:
    assert found(text.format(FIRST), "SECRET") == [FIRST]


@pytest.mark.parametrize(
    "text",
    [
        "The password is {}, the host is db-prod-01 and the order is KD-48273",
        "Passwort: {}, Kundennummer: Kd48273x, Version: v2.14b3",
        "login(password='{}', timeout=10, retries=3)",
        "password is {}. The model is gpt-4o-mini",
    ],
)
def test_what_follows_a_password_is_not_always_one(text: str) -> None:
    assert found(text.format(FIRST), "SECRET") == [FIRST]


def test_a_star_at_the_end_belongs_to_the_password_unless_the_text_is_bold() -> None:
    assert found("la contraseña es Asa" + "do940*, dale") == ["Asado940*"]
    assert found("the password is **Asa" + "do940x**") == ["Asado940x"]
