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


@pytest.mark.parametrize(
    "text",
    [
        "nya lösenordet blir {}",
        "adgangskoden blev sat til {}",
        "a jelszó mostantól {}",
        "parola s-a schimbat în {}",
        "비밀번호를 {}로 바꿨어요",
        "пароль тепер {}",
        "мій пароль від пошти {}",
        "het nieuwe wachtwoord wordt {}",
        "salasanaksi vaihdettiin {}",
        "temp pass {}",
        "use {} to log in, that's the password",
        "try {} (password)",
        "admin / {}",
    ],
)
def test_passwords_that_become_something_else_or_stand_before_the_word(text: str) -> None:
    (only,) = found(text.format(FIRST), "SECRET")
    assert only.startswith(FIRST)


def test_what_stands_near_the_word_and_is_no_password() -> None:
    assert found("password authentication failed for \x1b[1mada.kuhn@acme.dev\x1b[0m", "SECRET") == []
    assert found("passwords will be reset to random values for admin / operators", "SECRET") == []
    told = '{"text": "my password is ' + FIRST + '", "ip": "10.20.30.40", "mail": "ada.k1@acme.dev"}'
    assert found(told, "SECRET") == [FIRST]


def test_codes_of_doors_in_other_languages() -> None:
    assert found("Il codice del cancello è 48" + "19", "SECRET") == ["4819"]
    assert found("Koden til alarmen er 481" + "972", "SECRET") == ["481972"]
    assert found("Codice della pratica: 4819", "SECRET") == []
