"""Secrets in questions and answers, in generated files, and after words of many languages."""

import pytest

from .made_up import found, hexadecimal, random_text, uuid

PASSWORD = "Fal" + "con" + "18!x"
WORDS = "Tul" + "ip.Rocket." + "Harbor2041"


@pytest.mark.parametrize(
    "template",
    [
        "<ann> pw for the test box?\n<bo> @@\n<ann> thanks",
        "¿Cuál es la contraseña?\n— @@\nGracias",
        '[{"role": "assistant", "content": "I need the password."}, {"role": "user", "content": "@@"}]',
        "the login password got set back to @@ yesterday",
        "Ich habe dein PW auf @@ zurückgesetzt.",
        "登录密码改成了@@，请尽快修改",
        "รหัสผ่านของ readonly คือ @@ กรุณาเปลี่ยน",
        "Шифра за базата је @@.",
        "Az új jelszavad: @@, kérlek",
        "Entra con el usuario app y la clave @@.",
    ],
)
@pytest.mark.parametrize("password", [PASSWORD, WORDS])
def test_passwords_that_people_tell_each_other(template: str, password: str) -> None:
    assert password in found(template.replace("@@", password), "SECRET")


@pytest.mark.parametrize(
    "template",
    [
        "ENV['ACME_API_TOKEN'] ||= \"@@\"",
        "'acme' => ['acme_token' => env('X', '@@')],",
        'const acmeToken = process.env.ACME_TOKEN || "@@";',
        "Acme;ACME_API_KEY;@@;2025-01-01",
        "  ACME_TOKEN: >-\n    @@\n",
        "  acme_key: !!str @@\n",
        '"acme_token": {\n  "value": "@@",\n  "type": "string"\n}',
        'cipher = AES.new(bytes.fromhex("@@"), AES.MODE_GCM)',
    ],
)
def test_keys_in_the_ways_in_which_programs_write_them(template: str) -> None:
    for value in (hexadecimal(40), random_text(32)):
        assert value in found(template.replace("@@", value), "SECRET")


@pytest.mark.parametrize(
    "template",
    [
        '"type": "random_password", "instances": [{"attributes": {"length": 16, "result": "@@", "special": true}}]',
        '<input type="password" name="pass" value="@@">',
        'expect "assword:"\nsend "@@\\r"',
        "net use Z: \\\\nas\\share @@ /user:app",
        "app * @@ *",
        'sql.Open("mysql", "app:@@@tcp(db.acme.dev:3306)/x")',
        'NetworkCredential cred = new("app", "@@", "CORP");',
        "User input: passwd=[@@] confirm=[same]",
    ],
)
def test_passwords_in_places_of_their_own_shape(template: str) -> None:
    text = ("# /etc/ppp/chap-secrets\n" if template.startswith("app") else "") + template
    assert PASSWORD in found(text.replace("@@", PASSWORD), "SECRET")


def test_keys_as_bytes_and_passphrases_in_blocks() -> None:
    numbers = "[" + ", ".join(str(place * 37 % 256) for place in range(64)) + "]"
    assert found(f"solana keypair: {numbers}") == [numbers]
    assert found(f"histogram: {numbers}") == []
    assert found("passphrase: >\n    tulip rocket harbor cloud\n") == ["tulip rocket harbor cloud"]


@pytest.mark.parametrize(
    "text",
    [
        "SSO works, login with password fails.",
        f"Forgot password?\nv2.14.3\n{uuid()}",
        f"cache key: linux-{hexadecimal(64)}",
        "const { accessToken, refreshToken, expiresAt: 5 } = x",
        "token: !vault_ref kv/app#token",
        "apiKey: process.env.API_KEY!",
        "regex: '(?i)(?:key|token|secret|passwd)[\\s=:]{1,3}'",
        "password = settings.database.password",
    ],
)
def test_what_only_resembles_them(text: str) -> None:
    assert found(text, "SECRET") == []


@pytest.mark.parametrize(
    "template",
    [
        'client.setApiKey("@@");',
        'AcmeClient.builder().apiKey("@@").build()',
        'client = new AcmeClient("@@")',
        'val apiKey: String = "@@"',
        'static NSString *const kAcmeToken = @"@@";',
        'var acmeKey = []byte("@@")',
        "<key>AcmeToken</key>\n<string>@@</string>",
        'os.getenv("ACME_TOKEN") or "@@"',
        'variable "acme_token" {\n  default = "@@"\n}',
        "Authorization: Acme @@",
        "curl -u @@: https://api.acme.dev",
        'gh secret set ACME_TOKEN --body "@@"',
        "API-Schlüssel: @@",
        "la chiave API: @@",
        "APIキー：@@",
        "ACME_TOKEN=${ACME_TOKEN:-@@}",
        "I pasted acme_@@ into the chat",
    ],
)
def test_keys_in_calls_declarations_and_headers(template: str) -> None:
    value = "kQ1okTBGzv" + "AmwufUxbvJDCTb"
    assert any(value in each for each in found(template.replace("@@", value), "SECRET"))


@pytest.mark.parametrize(
    "template",
    ["use @@ as the password", "'@@' is my password", "WPA2 key: @@", "user/pass: app / @@", "app/@@@//db:1521/ORCL"],
)
def test_passwords_named_after_they_are_told(template: str) -> None:
    value = "Fal" + "con18x"
    assert value in found(template.replace("@@", value), "SECRET")


@pytest.mark.parametrize(
    "text",
    [
        'getToken("accounts")',
        'new AcmeClient("https://api.acme.dev")',
        "function find(token: String): Key",
        "a strong value of 12characters is the password we need",
        "const id = user_id || 'anonymous-user-12'",
    ],
)
def test_calls_and_sentences_without_secrets(text: str) -> None:
    assert found(text, "SECRET") == []
