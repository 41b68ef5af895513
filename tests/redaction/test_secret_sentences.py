"""Secrets in sentences and turns that tell them by the way, and keys that only their neighbours announce."""

import pytest

from .made_up import found, hexadecimal, random_text, uuid

PASSWORD = "Gar" + "nele" + "#2719"
GENERATED = "m4RqT" + "x8LbV2k"
CODE = "739" + "205"


@pytest.mark.parametrize(
    "text",
    [
        "Das Passwort ist dann eben @@, klappt auch nicht.",
        "Le mot de passe de l'administrateur est toujours @@.",
        "La password dell'utente è @@, l'ha messa lui",
        "Heslo do portálu mám @@ a pořád nic",
        "the override word, which is @@, is for managers",
        "das Kennwort, das @@ lautet, gilt bis morgen. Kennwort: @@",
        "a senha agora é então @@",
        "新しいパスワードを「@@」に設定しました。",
        "비밀번호를 '@@'로 바꿨어요",
        "Кодовое слово: @@",
        "I changed the password from @@ last week",
        "the archive is protected with @@ (capital first letter)",
        "Die Datei ist verschlüsselt mit @@.",
    ],
)
def test_passwords_told_by_the_way(text: str) -> None:
    assert PASSWORD in found(text.replace("@@", PASSWORD), "SECRET")


@pytest.mark.parametrize(
    "text",
    [
        "Agent: Did you change your password?\nUser: yes, it used to be @@, with capitals",
        "Bot: Schicken Sie bitte kein Passwort.\nKunde: hab jetzt auf @@ gestellt",
        "User: the password fails\nAgent: Did it change?\nUser: yes, before it was @@, I think",
        '[{"role": "assistant", "content": "Which password?"}, {"role": "user", "content": "well then @@ it is"}]',
    ],
)
@pytest.mark.parametrize("password", [PASSWORD, GENERATED])
def test_passwords_in_the_turn_after_a_question(text: str, password: str) -> None:
    assert password in found(text.replace("@@", password), "SECRET")


@pytest.mark.parametrize(
    "text",
    [
        "Agent: Did you change your password?\nUser: yes, for order AB-2041, on my Galaxy S23 with build 17.4.1",
        "User: password reset fails\nBot: please update to version 2024.1.3-rc2 first",
        "ci: pin actions/checkout to 9d63a78708f75830b0884307819d2afd98626c28",
        "the disk is encrypted with AES256-GCM and TLS1.3+PSK",
        '  ~ password                    = (sensitive value)\n  + token = "sk_test_..."',
        "auth api_key=sk-proj-**************** ok",
        "パスワードを「忘れた方」はこちら",
        "Provide the x-api-key', 'request_id': 'req_011Ct1K7iGKtTw3k7bcctMFy'",
    ],
)
def test_versions_digests_and_masked_values_are_no_passwords(text: str) -> None:
    assert found(text, "SECRET") == []


@pytest.mark.parametrize(
    "text",
    [
        'SMS: "@@ is your Acme verification code. Do not share it."',
        "@@ ist dein Bestätigungscode für Acme",
        "@@ es tu código de acceso",
        "The one-time code must be typed in, OTP @@ was sent again.",
        "Agent: I sent a verification code.\nCustomer: @@ was what came",
    ],
)
def test_one_time_codes_in_their_messages(text: str) -> None:
    assert CODE in found(text.replace("@@", CODE), "SECRET")


@pytest.mark.parametrize(
    "text", ["@@ is your order number", "@@ users hit the code path", "Agent: error code\nUser: @@ €"]
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert found(text.replace("@@", CODE), "SECRET") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('linode_token        = "@@"', hexadecimal(64)),
        ('  password          = "@@"\n', random_text(24)),
        ('heroku_legacy = "@@"', uuid()),
        ("SNYK_TOKEN=@@", uuid()),
        ("| Snyk token | CI variable | `@@` | open |", uuid()),
        ("wandb login --relogin @@", hexadecimal(40)),
        ("const c = twilio('AC" + hexadecimal(32) + "', '@@');", hexadecimal(32)),
        ("{'$read_key',<<\"@@\">>}.", hexadecimal(32)),
        ('{:db {:user "app" :password "@@"}}', random_text(20)),
        ("so is the private key 0x@@ from the picture", hexadecimal(64)),
        ("client-key-data: @@", "LS0tLS1CRUdJTiBFQyBQUklWQVRF" + "SUVXd0lCQURBTkJna3Foa2lH" * 40),
    ],
)
def test_keys_that_their_neighbours_announce(text: str, value: str) -> None:
    assert value in found(text.replace("@@", value), "SECRET")


@pytest.mark.parametrize(
    "text",
    [
        'pinecone_index_id = "@@"',
        "segment-trace: @@",
        "| cache key | redis | `@@` | warm |",
        "datadog.monitor.id: @@",
    ],
)
def test_ids_of_services_are_no_keys(text: str) -> None:
    assert found(text.replace("@@", uuid()), "SECRET") == []
