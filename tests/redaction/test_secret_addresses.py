"""Addresses that are secrets, arguments and prompts of commands, keys of wireless networks, lists of codes."""

import pytest

from .made_up import found, hexadecimal, random_text, uuid

LOWER = "abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.mark.parametrize(
    "address",
    [
        f"https://acme.webhook.office.com/webhookb2/{uuid()}@{uuid()}/IncomingWebhook/{hexadecimal(32)}/{uuid()}",
        "https://hooks.slack.com/" + f"services/T0{random_text(8)}/B0{random_text(8)}/{random_text(24)}",
        "https://ptb.discord.com/" + f"api/webhooks/112233445566778899/{random_text(68)}",
        f"https://chat.googleapis.com/v1/spaces/AAAA{random_text(7)}/messages?key={random_text(39)}&token={random_text(43)}",
        "https://hooks.zapier.com/" + f"hooks/catch/{4356487}/{random_text(7, LOWER)}/",
        f"https://hook.eu1.make.com/{random_text(32, LOWER)}",
        f"https://open.feishu.cn/open-apis/bot/v2/hook/{uuid()}",
        f"https://oapi.dingtalk.com/robot/send?access_token={hexadecimal(64)}",
        f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={uuid()}",
        f"https://chat.acme.dev/hooks/{random_text(26, LOWER)}",
        f"https://flows.acme.dev/webhook/{uuid()}",
        f"https://prod-12.westeurope.logic.azure.com:443/workflows/{hexadecimal(32)}/triggers/manual/run?sig={random_text(43)}",
        f"https://hc-ping.com/{uuid()}",
        f"https://api.netlify.com/build_hooks/{hexadecimal(24)}",
        f"https://calendar.google.com/calendar/ical/ada%40acme.dev/private-{hexadecimal(32)}/basic.ics",
    ],
)
def test_addresses_that_are_secrets_as_a_whole(address: str) -> None:
    assert found(f"notify: {address}, then wait", "SECRET") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://docs.acme.dev/webhook/incoming-requests",
        "https://acme.dev/hooks/use-effect",
        "POST /api/push/notifications 200",
        "https://discord.com/api/webhooks/{id}/{token}",
        "https://news.acme.dev/unsubscribe?utm_source=mail&utm_campaign=spring2024sale&lang=sv",
        f"https://acme.dev/verify?utm_content={hexadecimal(24)}",
    ],
)
def test_addresses_that_anybody_may_know(text: str) -> None:
    assert found(text, "SECRET") == []


@pytest.mark.parametrize(
    "template",
    [
        "https://news.acme.dev/unsubscribe?u=@@&lang=sv",
        "unsubscribe: https://news.acme.dev/u?ut=@@",
        "Reset your password here: https://acme.dev/r?x=@@",
        "https://acme.dev/invite?c=@@",
        "Abmelden: https://acme.dev/n?m=@@",
        "auth-svc refresh rt=@@ ok",
    ],
)
def test_links_for_one_person(template: str) -> None:
    value = "d41f05e1" + "3b3885734e48b41759c260d6e84b0414"
    (only,) = found(template.replace("@@", value), "SECRET")
    assert only.endswith(value)


@pytest.mark.parametrize(
    "template",
    [
        "> wandb login @@",
        "$ ngrok config add-authtoken @@",
        "ada@box:~/app$ cargo login @@",
        "$ npm config set //registry.npmjs.org/:_authToken @@",
        "poetry config pypi-token.pypi @@",
        "$ aws configure set aws_secret_access_key @@",
        "mc alias set acme https://s3.acme.dev acmeuser @@",
        "wandb: Paste an API key from your profile and hit enter, or press ctrl+c to quit: @@",
        "Enter your token (input will not be visible): @@",
        "Password for 'https://ada@git.acme.dev': @@",
    ],
)
def test_arguments_and_prompts_of_commands(template: str) -> None:
    value = "Zq3vN8xLp2" + "RtW7yBk5Hd9sGf4JmC6aUe1T"
    assert found(template.replace("@@", value), "SECRET") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "> git checkout main",
        "$ docker login registry.acme.dev",
        "INFO user login 7f1d2c3b4a5968778695a4b3c2d1e0f1a2b3c4d5 done",
        f"$ kubectl config set current-context arn:aws:eks:eu-west-1:{'1' * 6}:cluster/main",
        "$ npm config set registry https://registry.npmjs.org/",
        "Enter the token budget for each request (max 4096): 2048",
        "terraform init backend-config-production-eu",
    ],
)
def test_commands_without_keys(text: str) -> None:
    assert found(text, "SECRET") == []


@pytest.mark.parametrize(
    "template",
    [
        "Wi-Fi: Lake House / @@",
        'Done! "WLAN: Seeblick, @@"',
        "SSID: Acme Guest\n@@",
        "WLAN Gast: Seeblick | Schlüssel: @@",
    ],
)
def test_keys_of_wireless_networks(template: str) -> None:
    value = "otter-5em6" + "-Granite"
    assert found(template.replace("@@", value), "SECRET") == [value]


@pytest.mark.parametrize(
    "template",
    [
        "the recovery codes are {} and {}.",
        "Backup codes:\n1. {}\n2. {}\n",
        "Wiederherstellungscodes: {}, {}",
        "Códigos de respaldo:\n- {}\n- {}\n",
        "Резервные коды: {} и {}",
        "备用验证码：{}、{}",
    ],
)
def test_lists_of_recovery_codes(template: str) -> None:
    codes = ["n514h" + "-y8jzc", "ool00" + "-orztm"]
    assert found(template.format(*codes), "SECRET") == codes


def test_numbers_that_are_answered_or_told() -> None:
    assert found("bot> Enter your PIN to continue\nuser> 679" + "200\nbot> PIN accepted") == ["679200"]
    assert found("the door code is C21" + "78Y, thanks") == ["C2178Y"]
    assert found("助理：好的，已使用密碼「Qi8JT" + "k3Pd」登入。") == ["Qi8JTk3Pd"]
    assert found("رمز عبور پنل مدیریت Tehran" + "_f7gyt است") == ["Tehran_f7gyt"]
    assert found("Salasana testiympäristöön on kuusi" + "-tkftr.") == ["kuusi-tkftr"]
    assert found("What is the error code?\nuser: 500500\nthe password is case-sensitive, use https-only") == []


def test_a_key_is_named_after_its_service() -> None:
    value = uuid()
    assert found(f"anybody still using the Codecov key {value} ?") == [value]
    assert found(f"the partition key {value} is hot") == []
