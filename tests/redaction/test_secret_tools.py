"""Secrets that tools, devices and people have in places without a name, and the same places without a secret."""

import json
from base64 import b64encode

import pytest

from .made_up import found, hexadecimal, random_text, uuid

PASSWORD = "Fal" + "con" + "18!x"


def in_all_forms(text: str) -> list[str]:
    """Return a text as it stands, in a chat, in a JSON log and in a trace line."""
    return [
        text,
        f"**Nora:** can you look at this?\n{text}\nthanks\n",
        json.dumps({"level": "info", "event": f"first line\n{text}\nlast line\n", "ok": True}, ensure_ascii=False),
        f"2026-11-03T10:22:33Z INFO [worker-3] step=7 msg: {text} (took 12 ms)",
    ]


@pytest.mark.parametrize(
    "template",
    [
        "ConvertTo-SecureString '@@' -AsPlainText -Force",
        "lftp -u bob,@@ sftp://files",
        "isql -S db -U sa -P @@",
        "signtool sign /f cert.pfx /p @@ app.exe",
        "snmpwalk -v2c -c @@ 10.0.0.1",
        "wpa_passphrase Home @@",
        "xfreerdp /u:bob /p:@@ /v:host",
        "echo '::add-mask::@@'",
        "hudson.util.Secret.fromString('@@')",
        "mysqli_connect('localhost', 'root', '@@', 'shop');",
        "new PDO('mysql:host=db', 'root', '@@')",
        "crypto isakmp key @@ address 192.0.2.1",
        "neighbor 192.0.2.7 password @@",
        "tacacs-server key @@",
        "pre-shared-key ascii-text @@",
        ': PSK "@@"',
    ],
)
def test_passwords_of_tools_and_devices(template: str) -> None:
    for text in in_all_forms(template.replace("@@", PASSWORD)):
        assert PASSWORD in found(text, "SECRET"), text


def test_passphrases_of_several_words_for_a_new_key() -> None:
    phrase = "candle river " + "purple biscuit"
    assert found(f'ssh-keygen -t ed25519 -N "{phrase}" -f id', "SECRET") == [phrase]


def test_accounts_that_cloud_init_sets_up() -> None:
    text = f"chpasswd:\n  list: |\n    root:{PASSWORD}\n    bob:{PASSWORD}2\n    eve:RANDOM\n"
    assert found(text, "SECRET") == [PASSWORD, PASSWORD + "2"]


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ('"private_key_id": "@@"', hexadecimal(40)),
        ('"sid":"@@"', uuid()),
        ("routing_key: @@", hexadecimal(32)),
        ("code_verifier=@@", random_text(43)),
        ("Authorization: GenieKey @@", uuid()),
        ("https://app.acme.dev/password/reset/@@", hexadecimal(64)),
        ("https://app.acme.dev/sign-in/@@", uuid()),
        ('{"user_code": "@@"}', "WDJB-" + "MJHT"),
        ("enter the code @@ at https://acme.dev/device", "QDUP-" + "2468"),
        ("gift card code: @@", "UH7D-" + "WDZZ4J-" + "QXN1"),
        (
            "my recovery key is @@",
            "-".join(["106763", "691151", "052485", "125730", "075811", "074467", "235878", "761532"]),
        ),
        ("oathtool --totp -b @@", "OZMH3J72" + "HPRDYGGG"),
        ("msg: SECRET_KEY = '@@'", random_text(40)),
        ("echo @@ > config/master.key", hexadecimal(32)),
        ("db.acme.dev:5432:shop:app:@@", PASSWORD),
    ],
)
def test_keys_codes_and_links(template: str, value: str) -> None:
    for text in in_all_forms(template.replace("@@", value))[:3]:
        assert value in found(text, "SECRET"), text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the PIN is four eight one two", "four eight one two"),
        ("die PIN lautet sechs-sieben-zwei-drei", "sechs-sieben-zwei-drei"),
        ("el código es cuatro, uno, tres, cinco", "cuatro, uno, tres, cinco"),
        ("验证码是四八一二", "四八一二"),
        ("OTP: 4 8 1 2 9 0", "4 8 1 2 9 0"),
    ],
)
def test_codes_that_are_read_out(text: str, value: str) -> None:
    assert found(text, "SECRET") == [value]


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        ("seed phrase: ", "ábaco abdomen abeja abierto abogado abono aborto abrazo abrir abuelo abuso acabar"),
        (
            "my recovery words are ",
            "abaisser abeille abolir aborder aboutir aboyer abrasif abreuver abriter abroger abrupt absence",
        ),
        ("助记词：", "在 和 一 大 人 是 的 有 这 了 中 不"),
        ("mnemonic: ", "가격 가끔 가난 가능 가득 가르침 가뭄 가방 가상 가슴 가운데 가을"),
    ],
)
def test_wallet_phrases_of_other_languages(cue: str, words: str) -> None:
    for text in in_all_forms(cue + words):
        assert any(words in value for value in found(text, "SECRET")), text


def test_words_of_mail_headers_are_read() -> None:
    plain = b64encode(f"Your password is {PASSWORD}".encode()).decode()
    assert found(f"Subject: =?utf-8?B?{plain}?=\n", "SECRET") == [f"=?utf-8?B?{plain}?="]
    written = PASSWORD.replace("!", "=21")
    assert found(f"Subject: =?UTF-8?Q?Your_password_is_{written}?=\n", "SECRET") == [written]


@pytest.mark.parametrize(
    "text",
    [
        "ConvertTo-SecureString $env:PW -AsPlainText -Force",
        "snmpwalk -v2c -c $COMMUNITY host",
        'ssh-keygen -t ed25519 -N "" -f key',
        "mysqli_connect($host, $user, $pass, $db);",
        "radius-server timeout 5\nneighbor PEERS remote-as 65002\nkey chain OSPF\n key 1\n",
        "Use key-string under the key chain; the neighbor password must match on both routers.",
        "The seed: how we grew from one engineer to four, five, then seven.",
        "error code 4 0 4, version code 1 2 0 4",
        "In the code, two, three and four are handled alike.",
        "The recovery phrase is never stored on our servers and nobody there can read or restore it",
        "A gift card can be redeemed at checkout; voucher codes are printed on the back.",
        "routing_key: orders.created.v2",
        "https://docs.acme.dev/login/how-single-sign-on-works-with-teams",
        "echo done > token_usage.csv",
        'secret = vault.read("kv/llm")',
        "TOKEN=$TOKEN\nLANG=C.UTF-8\nHOME=/root\n",
        json.dumps({"msg": "usage: tool [--password PASSWORD]\n  --token TOKEN\n"}),
        json.dumps({"msg": "no snmp-server community\ncrypto isakmp policy 10\nend\n"}),
        json.dumps(
            {"msg": f"{hexadecimal(64)}  model.bin\n{hexadecimal(32)}  README.md\n{hexadecimal(32)}  LICENSE\n"}
        ),
    ],
)
def test_such_places_without_a_secret(text: str) -> None:
    assert found(text) == []


def test_personal_access_tokens_and_bots_by_name_and_path() -> None:
    token = random_text(52)
    for key in ("AZURE_DEVOPS_PAT", "devops-pat", "azureDevopsPat"):
        assert found(f"{key}={token}\nPORT=8443\n", "SECRET") == [token]
    bot = f"3696171687:AA{random_text(33)}"
    assert any(bot in each for each in found(f'"POST /bot{bot}/sendMessage HTTP/1.1" 200 311', "SECRET"))
    for key in ("COMPAT", "spat"):
        assert found(f"{key}={token[:20]}\n", "SECRET_GENERIC") == []
