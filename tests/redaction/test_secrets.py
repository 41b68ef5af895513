import pytest

from afterword.redaction import scan

from .made_up import ALNUM, found, hexadecimal, random_text, uuid

UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

TOKENS = {
    "OPENAI": lambda: "sk-" + "proj-" + random_text(80),
    "ANTHROPIC": lambda: "sk-" + "ant-" + "api03-" + random_text(93),
    "OPENROUTER": lambda: "sk-" + "or-v1-" + hexadecimal(64),
    "GROQ": lambda: "gsk" + "_" + random_text(52),
    "HUGGINGFACE": lambda: "hf" + "_" + random_text(34),
    "REPLICATE": lambda: "r8" + "_" + random_text(37),
    "LANGFUSE": lambda: "sk-" + "lf-" + uuid(),
    "LANGSMITH": lambda: "lsv2" + "_pt_" + hexadecimal(32) + "_" + hexadecimal(10),
    "PINECONE": lambda: "pcsk" + "_" + random_text(6) + "_" + random_text(60),
    "XAI": lambda: "xai" + "-" + random_text(80),
    "NVIDIA": lambda: "nvapi" + "-" + random_text(64),
    "PERPLEXITY": lambda: "pplx" + "-" + random_text(48),
    "GCP": lambda: "AI" + "za" + random_text(35),
    "AWS_ID": lambda: "AK" + "IA" + random_text(16, UPPER),
    "AWS": lambda: "AB" + "SK" + random_text(120),
    "DATABRICKS": lambda: "da" + "pi" + hexadecimal(32),
    "DIGITALOCEAN": lambda: "dop" + "_v1_" + hexadecimal(64),
    "AZURE": lambda: random_text(3) + "8Q" + "~" + random_text(34),
    "VAULT": lambda: "hv" + "s." + random_text(90),
    "DOPPLER": lambda: "dp" + ".st.prd." + random_text(40),
    "GITHUB": lambda: "gh" + "p_" + random_text(36),
    "GITLAB": lambda: "gl" + "pat-" + random_text(20),
    "ATLASSIAN": lambda: "ATA" + "TT3" + random_text(180),
    "NPM": lambda: "np" + "m_" + random_text(36),
    "PYPI": lambda: "py" + "pi-" + random_text(120),
    "DOCKER": lambda: "dckr" + "_pat_" + random_text(27),
    "SENTRY": lambda: "sntr" + "ys_" + random_text(80),
    "SLACK": lambda: "xo" + "xb-" + "123456789012-" + random_text(24),
    "TELEGRAM": lambda: "7123456789" + ":AA" + random_text(33),
    "DISCORD": lambda: "M" + random_text(23) + "." + random_text(6) + "." + random_text(38),
    "NOTION": lambda: "nt" + "n_" + random_text(46),
    "LINEAR": lambda: "lin" + "_api_" + random_text(40),
    "STRIPE": lambda: "sk" + "_live_" + random_text(24),
    "SQUARE": lambda: "sq0" + "atp-" + random_text(22),
    "SHOPIFY": lambda: "shp" + "at_" + hexadecimal(32),
    "SENDGRID": lambda: "S" + "G." + random_text(22) + "." + random_text(43),
    "MAILCHIMP": lambda: hexadecimal(32) + "-us" + "12",
    "MAILGUN": lambda: "key" + "-" + hexadecimal(32),
    "TWILIO": lambda: "S" + "K" + hexadecimal(32),
    "BREVO": lambda: "xkeys" + "ib-" + hexadecimal(64) + "-" + random_text(16),
    "NEWRELIC": lambda: "NRA" + "K-" + random_text(27, UPPER),
    "GRAFANA": lambda: "gl" + "sa_" + random_text(32) + "_" + hexadecimal(8),
    "HUBSPOT": lambda: "pat" + "-na1-" + uuid(),
    "TAILSCALE": lambda: "tsk" + "ey-auth-" + random_text(17) + "-" + random_text(30),
    "AGE": lambda: "AGE-" + "SECRET-KEY-1" + random_text(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"),
}


@pytest.mark.parametrize("provider", TOKENS)
@pytest.mark.parametrize("place", ["{}", "use {} please", 'key: "{}",', "它是{}。", "<b>{}</b>", r"{{\"k\": \"{}\"}}"])
def test_the_form_of_a_token_names_its_provider(provider: str, place: str) -> None:
    token = TOKENS[provider]()
    text = place.replace("{{", "{").replace("}}", "}").replace("{}", token) if "{{" in place else place.format(token)
    assert token in found(text, f"SECRET_{provider}")


def test_a_longer_token_of_a_known_form_is_taken_whole() -> None:
    token = "sk-" + "ant-" + "api09-" + random_text(200)
    assert found(f"it is {token}, sorry") == [token]


def test_a_web_token_is_taken_with_all_its_parts() -> None:
    token = "ey" + "J" + random_text(30) + "." + "ey" + "J" + random_text(60) + "." + random_text(43)
    assert found(f"jwt {token}!") == [token]


PEM_BODY = "\n".join(random_text(64) for _ in range(6))


@pytest.mark.parametrize("kind", ["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])
def test_a_private_key_block_is_one_finding(kind: str) -> None:
    block = f"-----BEGIN {kind}-----\n{PEM_BODY}\n-----END {kind}-----"
    assert found(f"here:\n{block}\nthanks") == [block]


def test_an_unterminated_key_is_taken_to_its_last_line_and_no_further() -> None:
    block = "-----BEGIN " + f"RSA PRIVATE KEY-----\n{PEM_BODY}"
    assert found(f"{block}\n\nThe rest was cut off by the log.") == [block]


def test_a_certificate_is_public() -> None:
    assert found(f"-----BEGIN CERTIFICATE-----\n{PEM_BODY}\n-----END CERTIFICATE-----") == []


def secret_in(template: str, secret: str) -> None:
    text = template.replace("@@", secret)
    assert secret in found(text, "SECRET"), text


@pytest.mark.parametrize(
    "template",
    [
        "postgres://app:@@@db.acme.net:5432/app",
        "mongodb+srv://root:@@@c0.mongodb.net/?retryWrites=true",
        "redis://:@@@10.0.0.4:6379/0",
        "https://deploy:@@@git.acme.dev/agent.git",
        "Server=db.acme.net;Database=app;User Id=sa;Password=@@;Encrypt=True",
        "Driver={ODBC Driver 18};Server=x;UID=sa;PWD={@@};",
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=@@;EndpointSuffix=core.windows.net",
        "jdbc:postgresql://db:5432/app?user=app&password=@@&ssl=true",
        "jdbc:oracle:thin:scott/@@@//ora:1521/x",
        'org.apache.kafka.common.security.scram.ScramLoginModule required username="a" password="@@";',
        "GET https://acme.dev/file?access_token=@@&x=1",
        "https://acme.dev/reset?token=@@",
        "https://acme.dev/password-reset/@@",
        "Authorization: Bearer @@",
        '"Authorization": "Bearer @@"',
        "Cookie: theme=dark; sid=@@; lang=en",
        "Set-Cookie: session=@@; Path=/; HttpOnly",
        "X-Api-Key: @@",
        "curl -u admin:@@ https://acme.dev",
        "mysql -h db -u root -p@@ app",
        "sshpass -p '@@' ssh root@box",
        "tool --api-key @@ --verbose",
        "tool --password=@@",
        "DB_PASSWORD=@@",
        "export CLIENT_SECRET='@@'",
        'apiKey: "@@"',
        "{'client_secret': '@@'}",
        "<password>@@</password>",
        '<add key="ApiKey" value="@@"/>',
        "- name: SMTP_PASSWORD\n  value: @@\n",
        '{"name": "DB_PASSWORD", "value": "@@"}',
        "machine acme.dev\n  login bot\n  password @@\n",
        "Log in as svc-batch with @@ and restart it",
        "credentials: admin / @@",
        "our staging token is @@, valid until Friday",
    ],
)
def test_secrets_are_found_where_they_are_written(template: str) -> None:
    secret_in(template, random_text(34))


def test_a_token_that_nothing_announces_is_found_but_for_one_in_hundreds() -> None:
    tokens = [random_text(34) for _ in range(40)]
    assert sum(token in found(f"the bare code {token} unlocked it", "SECRET") for token in tokens) >= 38


PASSWORD = "Fal" + "con" + "18!x"


@pytest.mark.parametrize(
    "sentence",
    [
        "my password is @@",
        "password: @@",
        "the passphrase: `@@`",
        "Mein Passwort lautet @@, danke",
        "mon mot de passe est @@",
        "mi contraseña es @@",
        "minha senha é @@",
        "la mia password è @@",
        "mijn wachtwoord is @@",
        "mitt lösenord är @@",
        "passordet er @@",
        "adgangskoden er @@",
        "salasanani on @@",
        "moje hasło to @@",
        "moje heslo je @@",
        "a jelszavam @@",
        "parola mea este @@",
        "мой пароль: @@",
        "мій пароль @@",
        "паролата е @@",
        "ο κωδικός είναι @@",
        "şifrem @@",
        "הסיסמה שלי היא @@",
        "كلمة المرور هي @@",
        "رمز عبور: @@",
        "पासवर्ड @@ है",
        "รหัสผ่านคือ @@",
        "mật khẩu là @@",
        "kata sandi: @@",
        "nenosiri ni @@",
        "我的密码是@@，登录不了",
        "パスワードは@@です",
        "비밀번호는 @@입니다",
        "lozinka je @@",
        "geslo je @@",
        "parool on @@",
        "slaptažodis yra @@",
    ],
)
def test_a_password_is_found_in_any_language(sentence: str) -> None:
    secret_in(sentence, PASSWORD)


def test_seeds_and_recovery_phrases() -> None:
    words = "abandon ability able about above absent absorb abstract absurd abuse access accident"
    assert found(f"Seed phrase: {words}. Keep it.") == [words]
    seed = "JBSWY3DP" + "EHPK3PXP"
    assert found(f"2FA secret: {seed}") == [seed]


@pytest.mark.parametrize(
    "text",
    [
        'API_KEY="sk-..."',
        "TOKEN=${TOKEN}",
        "password: ********",
        "api_key: [REDACTED]",
        "token: {{ token }}",
        "key = os.environ['API_KEY']",
        "apiKey = process.env.API_KEY",
        "the password is wrong",
        "max_tokens: 4096, total_tokens=98482",
        "def login(password: str, token: str | None = None) -> Token: ...",
        "if (password === user.passwordHash) session.token = token;",
        "The secret is patience. The key is to retry.",
        "pip install torch==2.4.1+cu121",
        "Pin torch==2.4.1+cu121",
        "primary_key: order_line_id",
    ],
)
def test_words_about_secrets_are_no_secrets(text: str) -> None:
    assert found(text) == []


def test_a_documented_example_is_suggested_to_be_kept() -> None:
    example = "AKIA" + "IOSFODNN7" + "EXAMPLE"
    (finding,) = scan(f"aws_access_key_id = {example}").findings
    assert finding.suggest_keep


def test_every_finding_says_why() -> None:
    text = f"DB_PASSWORD={random_text(20, ALNUM)} mail ada@lovelace.org card 4111 1111 1111 1111"
    findings = scan(text).findings
    assert findings
    assert all(finding.reason and 0 < finding.confidence <= 1 for finding in findings)
    assert "follows `DB_PASSWORD`" in findings[0].reason
