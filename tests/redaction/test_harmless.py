import pytest

from .made_up import found, hexadecimal, random_text, uuid

HARMLESS = {
    "ids": lambda: f'{{"id": "chatcmpl-{random_text(29)}", "request_id": "req_{random_text(24)}", "run": "{uuid()}"}}',
    "tool calls": lambda: f'"tool_calls": [{{"id": "call_{random_text(24)}"}}, {{"id": "toolu_{random_text(24)}"}}]',
    "hashes": lambda: (
        f"commit {hexadecimal(40)}\nDigest: sha256:{hexadecimal(64)}\nindex {hexadecimal(7)}..{hexadecimal(7)}"
    ),
    "integrity": lambda: f'"integrity": "sha512-{random_text(86)}=="',
    "data": lambda: f"![chart](data:image/png;base64,iVBORw0KGgo{random_text(400)})",
    "versions": lambda: "Chrome/120.0.6099.109 build 2024.11.05.1 v1.2.3-rc.4+598f883 python3.11.9 torch==2.4.1+cu121",
    "models": lambda: "gpt-4o-2024-08-06 claude-3-5-sonnet-20241022 gemini-2.0-flash-001 llama-3.1-405b-instruct",
    "metrics": lambda: "requests 483,174,458 tokens 195,808,964 cost $1,234,567.89 p95 14,283 ms ratio 0.16071159",
    "results": lambda: (
        "| model | pass@1 | pass rate | p95 |\n|---|---|---|---|\n| gpt-5-mini | 0.638 | 0.71 | 287 |\n\n"
        "| run | pass |\n|---|---|\n| 7 | 0.551 |\n"
    ),
    "questions": lambda: "Kunde: Wie lautet das Passwort eigentlich?\nKlient: czy hasło jest potrzebne?",
    "schema": lambda: "properties: {username: {type: string}, password: {type: string, format: password}}",
    # Published in the chains' own documents: the first block's address, and the genesis account.
    "addresses": lambda: "paid to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa and rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh today",
    "numbers": lambda: "qty 868, sku AGL-6696, ean 4006381333931, pixels 522x1693, offset 2361407442",
    "times": lambda: "2024-04-20T04:47:54.133Z [29908] eta=04:29:57 ts=1708136857846 on 3 March 2025 at 14:05",
    "pods": lambda: "agent-5d8f7c9b6d-x2v4q 1/1 Running 0 73d\nredis-master-t5lnc2p74p-6c8mq 0/2 OOMKilled 6 31d",
    "frames": lambda: f"#1 0x{hexadecimal(12)} in std::vector<int>::at (libllama.so+0x64479a)",
    "code": lambda: "export const apiKey = process.env.API_KEY ?? '';\nreturn { accessToken, refreshToken };",
    "css": lambda: ":root { --c0: #7f309e; --s0: 1.286rem; } .a { color: #123456 }",
    "sql": lambda: "SELECT name, email FROM customers WHERE password_hash IS NOT NULL -- cost=0.00..18334.00",
    "cloud": lambda: "arn:aws:iam::123456789012:role/AgentRole vpc-0a1b2c3d i-0abcd1234ef567890",
    "prose": lambda: (
        "The assistant said Paris is the capital of Texas. Claude Sonnet and Gemini disagreed; "
        "the Status Page was green. "
        "We moved the Few-Shot Examples on Monday, 3 March 2025 and reset the token budget to 4096."
    ),
    "deutsch": lambda: (
        "Die Ursache war eine veraltete Wissensbasis; Version 2.7.1 behebt das. Rund 1.250 Antworten waren betroffen."
    ),
    "日本語": lambda: "影響は約1,250件、全体の0.4%です。2025年3月3日 09:14 に検知しました。",
    "placeholders": lambda: "[EMAIL_1] wrote to [PERSON_2], order [CUSTOMER_ID_1], key sk-... and <your-api-key>",
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_ordinary_text_is_left_alone(kind: str) -> None:
    assert found(HARMLESS[kind]()) == []
