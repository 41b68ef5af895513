"""What git offers for the timeline."""

from tests.histories import History, day
from tests.repo.repositories import MODELS, PROMPT, opened


def test_changes_deployments_and_other_commits_in_order_of_time(support: History) -> None:
    support.commit("Fix a typo in the README", {"README.md": "x\n"}, at="2026-03-02T13:00:00Z")
    support.commit("Warm up", {"config/models.yaml": MODELS.replace("0.2", "0.7")}, at="2026-03-02T13:59:00Z")
    support.tag("deploy-2026-03-02", at="2026-03-02T14:05:00Z", message="to production")
    support.tag("v1.2", at="2026-03-02T14:30:00Z")
    support.tag("nightly", at="2026-03-02T14:06:00Z", message="no deployment")
    sha = support.git("rev-parse", "--short", "HEAD")
    found = opened(support).candidates(day("2026-03-02"), day("2026-03-03"))
    assert [(str(c.time), c.source, c.kind, c.actor, c.what) for c in found] == [
        ("2026-03-02T13:00Z", "commit", "change", "person (engineer)", "Fix a typo in the README"),
        (
            "2026-03-02T13:58Z",
            "prompt",
            "change",
            "person (engineer)",
            "`prompts/support.md` changed: Make the tone warmer",
        ),
        (
            "2026-03-02T13:59Z",
            "settings",
            "change",
            "person (engineer)",
            "`config/models.yaml` changed: Warm up",
        ),
        ("2026-03-02T13:59Z", "tag", "deploy", "tool", "`v1.2` deployed"),
        ("2026-03-02T14:05Z", "tag", "deploy", "tool", "`deploy-2026-03-02` deployed"),
    ]
    assert found[2].evidence == f"commit {sha}" and found[4].evidence == "tag deploy-2026-03-02"


def test_one_row_a_commit_and_prompts_before_settings(history: History) -> None:
    history.commit("Start", {"prompts/a.md": PROMPT, "config/models.yaml": MODELS}, at="2026-03-01T10:00:00Z")
    history.move("prompts", "agents/prompts")
    history.commit("Reorder", {f"agents/prompts/{n}.md": f"{n}\n" for n in range(4)}, at="2026-03-01T11:00:00Z")
    start, reorder = opened(history).candidates()
    assert start.what == "`prompts/a.md` added: Start" and start.source == "prompt"
    assert reorder.what == "`agents/prompts/0.md`, `agents/prompts/1.md` and 2 more added: Reorder"


def test_nobody_is_named(support: History) -> None:
    support.branch("ada/warm-tone")
    support.commit("Bump", {"uv.lock": "1\n"}, at="2026-03-03T09:00:00Z", author="renovate[bot] <bot@renovateapp.com>")
    support.switch("main")
    support.commit("Main", {"a": "1"}, at="2026-03-03T09:30:00Z")
    support.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #7 from ada/warm-tone", "ada/warm-tone")
    found = opened(support).candidates(day("2026-03-03"))
    assert [(c.what, c.actor, c.source) for c in found if c.source != "commit"] == [
        ("Merge pull request #7", "person (engineer)", "merge")
    ]
    assert next(c.actor for c in found if c.what == "Bump") == "tool"
    assert not any("Ada" in c.what or "ada" in c.actor for c in found)


def test_configured_deploy_tags(support: History) -> None:
    support.write(".afterword.toml", 'deploy_tags = "rollout/*"\n')
    support.tag("rollout/7", at="2026-03-02T15:00:00Z", message="x")
    support.tag("deploy-7", at="2026-03-02T15:00:00Z", message="x")
    assert [c.evidence for c in opened(support).candidates() if c.kind == "deploy"] == ["tag rollout/7"]
