"""Addresses that are secrets as a whole: who knows that of a webhook may post, who knows that of a feed may read."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from afterword.redaction.candidate import TOKEN, Candidate, Source
from afterword.redaction.harmless import is_placeholder, looks_random

_UUID = r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}"
_ID = r"[\w-]{16,200}"


class Hook(NamedTuple):
    """A part that every such address holds, and the path that makes it secret."""

    literal: str
    path: re.Pattern[str]
    provider: str


def _hook(literal: str, path: str, provider: str) -> Hook:
    return Hook(literal, re.compile(path), f"SECRET_{provider}")


_HOOKS = (
    _hook(".webhook.office.com/", rf"webhookb2/{_UUID}\S{{20,260}}", "TEAMS"),
    _hook("outlook.office.com/webhook/", rf"{_UUID}\S{{20,260}}", "TEAMS"),
    _hook("outlook.office365.com/", r"webhook/\S{40,300}|owa/calendar/[\w@.-]{20,120}/[\w/.]{16,160}", "TEAMS"),
    _hook(".logic.azure.com", r"(?::443)?/workflows/[0-9a-f]{20,40}/\S{20,400}", "AZURE"),
    _hook(".powerplatform.com", r"(?::443)?/\S{0,80}workflows/\S{20,400}", "AZURE"),
    _hook("hooks.slack.com/", r"(?:services|workflows|triggers)/[A-Za-z0-9+/_-]{20,200}", "SLACK"),
    _hook("hooks.slack-gov.com/", r"(?:services|workflows|triggers)/[A-Za-z0-9+/_-]{20,200}", "SLACK"),
    _hook("discord.com/api/", r"(?:v\d{1,2}/)?webhooks/\d{15,21}/[\w-]{30,100}(?:/(?:slack|github))?", "DISCORD"),
    _hook("discordapp.com/api/", r"(?:v\d{1,2}/)?webhooks/\d{15,21}/[\w-]{30,100}(?:/(?:slack|github))?", "DISCORD"),
    _hook("guilded.gg/webhooks/", rf"{_UUID}/[\w-]{{20,120}}", "GUILDED"),
    _hook("chat.googleapis.com/v1/spaces/", r"[\w-]{4,40}/messages\?\S{20,300}", "GOOGLE_CHAT"),
    _hook("hooks.zapier.com/hooks/", r"(?:catch|standard)/\d{3,12}/[\w/]{5,60}", "ZAPIER"),
    _hook("hooks.airtable.com/workflows/", r"v\d/genericWebhook/\S{20,120}", "AIRTABLE"),
    _hook(".make.com/", r"[a-z0-9]{28,40}(?![\w/-])", "MAKE"),
    _hook("hook.integromat.com/", r"[a-z0-9]{28,40}(?![\w/-])", "MAKE"),
    _hook("maker.ifttt.com/", r"trigger/[\w-]{1,80}/(?:json/)?with/key/[\w-]{16,64}", "IFTTT"),
    _hook(".m.pipedream.net", r"(?:/\S{0,100})?", "PIPEDREAM"),
    _hook("webhooks.workato.com/webhooks/", rf"rest/{_UUID}\S{{0,100}}", "WORKATO"),
    _hook("webexapis.com/v1/webhooks/incoming/", r"[\w-]{40,160}", "WEBEX"),
    _hook("/open-apis/bot/", rf"v\d/hook/{_UUID}", "FEISHU"),
    _hook("oapi.dingtalk.com/robot/", r"send\?access_token=[0-9a-f]{40,80}\S{0,120}", "DINGTALK"),
    _hook("qyapi.weixin.qq.com/cgi-bin/webhook/", rf"\w{{2,20}}\?(?:\w{{1,20}}=\w{{1,20}}&)?key={_UUID}", "WECOM"),
    _hook("api.flock.com/hooks/", rf"sendMessage/{_UUID}", "FLOCK"),
    _hook("webhooks.gitter.im/", r"e/[0-9a-f]{16,40}", "GITTER"),
    _hook("api.pumble.com/", rf"workspaces/{_ID}/incomingWebhooks/postMessage/{_ID}", "PUMBLE"),
    _hook("cliq.zoho.", r"[a-z.]{2,6}/api/v\d/\S{1,120}zapikey=[\w.]{20,120}", "ZOHO"),
    _hook("events.pagerduty.com/", rf"(?:x-ere|integration)/{_ID}(?:/enqueue)?", "PAGERDUTY"),
    _hook("alert.victorops.com/integrations/", rf"generic/\d{{4,10}}/alert/{_UUID}(?:/[\w-]{{1,60}})?", "VICTOROPS"),
    _hook("/oncall/integrations/", r"v\d/\w{3,30}/[\w-]{16,60}/?", "GRAFANA"),
    _hook("hc-ping.com/", rf"{_UUID}(?:/\w{{1,10}})?|[\w-]{{20,24}}/[\w-]{{1,60}}", "HEALTHCHECKS"),
    _hook("cronitor.link/", r"(?:p|ping)/[\w-]{16,40}/[\w-]{1,60}", "CRONITOR"),
    _hook("/api/v1/heartbeat/", r"[\w-]{16,60}", "BETTERSTACK"),
    _hook("nosnch.in/", r"[0-9a-f]{8,16}", "DEADMANSSNITCH"),
    _hook("api.netlify.com/build_hooks/", r"[0-9a-f]{20,40}", "NETLIFY"),
    _hook("api.vercel.com/v1/integrations/deploy/", r"prj_\w{10,60}/\w{8,40}", "VERCEL"),
    _hook("/pages/webhooks/deploy_hooks/", _UUID, "CLOUDFLARE"),
    _hook("api.render.com/deploy/", r"srv-\w{10,40}\?key=[\w-]{8,40}", "RENDER"),
    _hook("api.day.app/", r"[A-Za-z0-9]{20,30}(?![A-Za-z0-9])", "BARK"),
    _hook("sctapi.ftqq.com/", r"SCT\w{20,60}", "SERVERCHAN"),
    _hook("/inputs/", rf"{_UUID}/tag/\S{{0,60}}", "LOGGLY"),
    _hook(".sumologic.com/receiver/", r"v\d/http/\S{40,300}", "SUMOLOGIC"),
    _hook("calendar.google.com/calendar/ical/", r"\S{4,160}/private-[0-9a-f]{24,40}/basic\.ics", "CALENDAR"),
    _hook("calendar.yahoo.com/", r"\S{4,40}/[0-9a-f]{24,40}/ycal\.ics", "CALENDAR"),
    _hook("p-caldav.icloud.com/published/", r"2/[\w-]{30,400}", "CALENDAR"),
    _hook("/hooks/", r"[a-z0-9]{26}(?![\w/-])|[A-Za-z0-9]{17}/[A-Za-z0-9]{40,50}", "MATTERMOST"),
    _hook("/webhook/", rf"{_UUID}(?:/[\w-]{{1,60}})?(?![\w/])", "WEBHOOK"),
    _hook("/webhook-test/", rf"{_UUID}(?:/[\w-]{{1,60}})?(?![\w/])", "WEBHOOK"),
    _hook("/api/webhook/", r"(?=[\w-]{0,80}\d)[\w-]{20,80}(?![\w/])", "WEBHOOK"),
    _hook("/incoming-webhook/", _ID, "WEBHOOK"),
    _hook("/api/push/", r"(?=\w{0,30}\d)[A-Za-z0-9]{10,40}(?:\?\S{0,80})?(?![\w/])", "WEBHOOK"),
)
_SCHEME = re.compile(r"(?:https?://[\w.@:/%-]{0,200}|(?<![\w./:@-])[\w.-]{0,80})$")
_END = re.compile(r"[.,;:!?)\]}>'\"`*\\|]+$")
_CUT = re.compile(r"[\"'`<>|\\)\]}，。」]")


def _filled_in(hook: Hook, rest: str) -> bool:
    """Whether the path after the literal holds what is generated, not the stand-in of a documentation."""
    if is_placeholder(rest) or "xxxx" in rest.lower():
        return False
    if not hook.literal.startswith("/"):
        return any(map(str.isdigit, rest)) or not rest
    parts = [part for part in re.split(r"[/?&=@]", rest) if len(part) >= 5]
    known = any(re.fullmatch(_UUID, part) or re.fullmatch(r"[0-9a-f]{8,}", part) for part in parts)
    return known or any(looks_random(part, 8) for part in parts)


def find_hooks(source: Source) -> Iterator[Candidate]:
    """Yield whole addresses of webhooks, heartbeats, deploy hooks and private calendars."""
    text = source.text
    if "/" not in source.letters:
        return
    for hook in _HOOKS:
        at = text.find(hook.literal)
        while at >= 0:
            end = at + len(hook.literal)
            match = hook.path.match(text, end, end + 500)
            if match and (start := _SCHEME.search(text, max(0, at - 210), at)):
                cut = _CUT.search(text, end, match.end())
                stop = cut.start() if cut else match.end()
                stop -= len(last[0]) if (last := _END.search(text[end:stop])) else 0
                rest = text[end:stop]
                if _filled_in(hook, rest):
                    reason = "an address that is a secret as a whole"
                    yield Candidate(start.start(), stop, hook.provider, 0.93, reason, TOKEN)
                    end = max(end, stop)
            at = text.find(hook.literal, end)
