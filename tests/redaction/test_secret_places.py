"""Secrets in tables, calls, commands and notes, and what stands in such places without being one."""

import pytest

from .made_up import found, random_text

PASSWORD = "Fal" + "con" + "18!x"


@pytest.mark.parametrize(
    "template",
    [
        "define( 'DB_PASSWORD', '@@' );",
        'smtp.login("app", "@@")',
        'requests.get(url, auth=("app", "@@"))',
        "driver.find_element(By.ID, 'pwd').send_keys('@@')",
        "page.getByLabel('Password').fill('@@');",
        '{"selector": "input#password", "text": "@@"}',
        "echo @@ | sudo -S reboot",
        "echo '@@' | docker login -u app --password-stdin",
        "htpasswd -bc .htpasswd app @@",
        "db.acme.dev:5432:*:app:@@",
        "WIFI:T:WPA;S:acme;P:@@;;",
        'psk="@@"',
        "| host | user | password |\n| --- | --- | --- |\n| db | app | @@ |",
        "host    user    password\n----    ----    --------\ndb      app     @@",
        "het wachtwoord van de beheerder is @@",
    ],
)
def test_passwords_are_found_where_programs_and_people_put_them(template: str) -> None:
    assert PASSWORD in found(template.replace("@@", PASSWORD), "SECRET")


@pytest.mark.parametrize(
    "template",
    ["| billing | `BILLING_API_KEY` | @@ |", "AWS Secret Access Key [None]: @@", "use @@ as the billing api key"],
)
def test_keys_beside_their_names(template: str) -> None:
    value = random_text(40)
    assert value in found(template.replace("@@", value), "SECRET")


def test_a_plain_word_is_a_password_in_a_setting_and_not_in_a_sentence() -> None:
    assert found("PGPASSWORD=sun" + "shine psql -h db") == ["sunshine"]
    assert found("user=app password=sun" + "shine sslmode=require") == ["sunshine"]
    assert found("Пароль: sun" + "shine, смени") == ["sunshine"]
    assert found("the password is wrong, the password is stored elsewhere") == []


def test_words_of_a_wallet_are_found_without_a_cue_and_other_words_are_not() -> None:
    words = "plug agree appear hint online excite crunch arctic large tent sword verify"
    assert found(f"these:\n{words}\n") == [words]
    assert found("these words have only been written because nobody knew what they should mean here today") == []


def test_locks_and_security_answers() -> None:
    assert found("The door code for the depot is 211373#") == ["211373"]
    assert found("Security question: first pet? Answer: Mufflepaws") == ["Mufflepaws"]


@pytest.mark.parametrize(
    "text",
    [
        '{"password": "Passwort", "forgot": "Passwort vergessen?"}',
        '"auth.password.hint": "Κωδικός πρόσβασης", "auth.password.new": "Mật khẩu mới"',
        "password: String!\ntoken: String",
        "'password' => 'required|string|min:8|confirmed',",
        "API_KEY: vault:secret/data/prod/api#key",
        "    password=db_password,",
        "input[type=password]:focus,.api-key{outline:2px}",
        "token-issuer-5d8f7c9b6d-x2v4q 1/1 Running",
        "JWT_SECRET=\nSMTP_PASS=********",
        "| Parameter | Type |\n| --- | --- |\n| password | string |\n| token | string |",
        "xpub for watch-only: xpub6" + random_text(106, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefgh"),
        "age recipient: age1" + random_text(58, "023456789acdefghjklmnpqrstuvwxyz"),
    ],
)
def test_captions_references_and_public_tokens_are_no_secrets(text: str) -> None:
    assert found(text) == []
