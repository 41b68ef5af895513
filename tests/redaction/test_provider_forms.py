"""Token forms of further providers; their values are put together at run time."""

import pytest

from .made_up import found, hexadecimal, random_text, uuid

LOWER = "abcdefghijklmnopqrstuvwxyz0123456789"
FORMS = {
    "VECTARA": lambda: "zu" + "t_" + random_text(40),
    "CHUTES": lambda: "cp" + "k_" + hexadecimal(32) + "." + hexadecimal(32) + "." + random_text(32),
    "DAYTONA": lambda: "dt" + "n_" + hexadecimal(64),
    "TARGON": lambda: "sn" + "4_" + random_text(28, LOWER),
    "HUMANLOOP": lambda: "hl_" + "sk_" + hexadecimal(48),
    "WARP": lambda: "wk" + "-1." + hexadecimal(64),
    "DEVIN": lambda: "co" + "g_" + random_text(52, LOWER),
    "CODESANDBOX": lambda: "csb_" + "v1_" + random_text(40),
    "SEGMIND": lambda: "S" + "G_" + hexadecimal(16),
    "CONVEX": lambda: "pro" + "d:happy-otter-123|" + random_text(60),
    "BAIDU": lambda: "bce-v3" + "/ALTAK-" + random_text(21) + "/" + hexadecimal(40),
    "EXOSCALE": lambda: "EX" + "O" + hexadecimal(24),
    "GCP": lambda: "GOO" + "G1E" + random_text(55, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    "JENKINS": lambda: "1" + "1" + hexadecimal(32),
    "BACKBLAZE": lambda: "K0" + "05" + random_text(27),
    "SOCKET": lambda: "skt" + "sec_" + random_text(40),
    "PACKAGIST": lambda: "packa" + "gist_uut_" + hexadecimal(68),
    "WOOCOMMERCE": lambda: "ck" + "_" + hexadecimal(40),
    "MAILERSEND": lambda: "ml" + "sn." + hexadecimal(64),
    "PAGERDUTY": lambda: "u" + "+" + random_text(18),
    "INCIDENTIO": lambda: "in" + "c_" + hexadecimal(64),
    "DEEPL": lambda: uuid() + ":f" + "x",
    "UNLEASH": lambda: "default:prod" + "uction." + hexadecimal(56),
    "GHOST": lambda: hexadecimal(24) + ":" + hexadecimal(64),
    "FAL": lambda: uuid() + ":" + hexadecimal(32),
    "RIOT": lambda: "RG" + "API-" + uuid(),
}


@pytest.mark.parametrize("provider", FORMS)
@pytest.mark.parametrize("place", ["{}", "then it said {} and stopped", "<b>{}</b>", "它是{}。"])
def test_forms_of_further_providers(provider: str, place: str) -> None:
    token = FORMS[provider]()
    assert token in found(place.format(token), f"SECRET_{provider}")


@pytest.mark.parametrize(
    "text",
    [
        "inc_2024_summary_of_the_outage",
        "at_the_end_of_the_line and user:alice and prod:main",
        f"sha256 digest 11{hexadecimal(62)}",
        f"trace {uuid()}:42 took 11 ms",
        "rotate K0001 and EXO1 before 11:30",
    ],
)
def test_beginnings_alone_are_no_tokens(text: str) -> None:
    assert found(text, "SECRET") == []
