"""The closed word lists of a record, each as it stands in the Markdown file."""

from enum import StrEnum


class Status(StrEnum):
    """How far the post-mortem has come."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    CLOSED = "closed"


class Answer(StrEnum):
    """A yes-or-no question, honestly answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ExternalState(StrEnum):
    """Where the external edition stands."""

    PENDING = "pending"
    NOT_NEEDED = "not_needed"
    PUBLISHED = "published"


class AbsenceKind(StrEnum):
    """Why there is nothing to say; all but the last count as an answer."""

    UNKNOWN = "unknown"
    NOT_PUBLISHED = "not published"
    NOT_APPLICABLE = "not applicable"
    STILL_PENDING = "still pending"


SEVERITIES = ("SEV1", "SEV2", "SEV3", "SEV4", "undetermined")
"""Default severity labels; a repository may configure its own."""


class CauseRole(StrEnum):
    """The part a cause played."""

    ROOT_CAUSE = "root cause"
    TRIGGER = "trigger"
    CONTRIBUTING = "contributing"
    AMPLIFIER = "amplifier"
    MASKING = "masking"


class Certainty(StrEnum):
    """How well a cause is established."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    INFERRED = "inferred"
    DISPUTED = "disputed"
    REJECTED = "rejected"


class CauseKind(StrEnum):
    """What kind of thing changed or was wrong."""

    PROMPT = "prompt"
    PROMPT_ASSEMBLY = "prompt_assembly"
    MODEL_VERSION = "model_version"
    MODEL_CONFIG = "model_config"
    ROUTING = "routing"
    RETRIEVAL = "retrieval"
    KNOWLEDGE_CONTENT = "knowledge_content"
    TOOL_SCHEMA = "tool_schema"
    TOOL_PERMISSION = "tool_permission"
    GUARDRAIL = "guardrail"
    JUDGE_OR_EVAL = "judge_or_eval"
    TRAINING_OR_REWARD = "training_or_reward"
    SERVING = "serving"
    CACHE_OR_SESSION_STATE = "cache_or_session_state"
    DEPENDENCY = "dependency"
    UPSTREAM_PROVIDER = "upstream_provider"
    TRAFFIC_MIX = "traffic_mix"
    NONE_IDENTIFIED = "none_identified"
    OTHER = "other"


class EventKind(StrEnum):
    """What a timeline row is about."""

    TRIGGER = "trigger"
    CHANGE = "change"
    DEPLOY = "deploy"
    WARNING = "warning"
    """An early sign that something was wrong, acted upon or not."""
    IMPACT = "impact"
    DETECTION = "detection"
    ESCALATION = "escalation"
    DIAGNOSIS = "diagnosis"
    DECISION = "decision"
    MITIGATION = "mitigation"
    COMMUNICATION = "communication"
    RESOLUTION = "resolution"
    NOTE = "note"


class ActorKind(StrEnum):
    """Who or what acted; a person is named by role."""

    PERSON = "person"
    TOOL = "tool"
    AI_AGENT = "ai_agent"
    CUSTOMER = "customer"
    PROVIDER = "provider"
    REGULATOR = "regulator"


class ActionType(StrEnum):
    """What an action item is meant to achieve."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"
    LEARN = "learn"


class ActionState(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


class GateResult(StrEnum):
    """What a gate said before the change went out."""

    PASSED = "passed"
    FAILED = "failed"
    WARNED = "warned"
    NOT_RUN = "not run"
    UNKNOWN = "unknown"


class Blocking(StrEnum):
    """Whether a gate could have stopped the change."""

    YES = "yes"
    NO = "no"
    OVERRIDDEN = "yes, overridden"
    UNKNOWN = "unknown"


class GapReason(StrEnum):
    """Why the evals did not catch a cause."""

    NOT_COVERED = "not_covered"
    NOISY_METRIC = "noisy_metric"
    WRONG_SIGNAL = "wrong_signal"
    MASKED = "masked"
    CORNER_CASE = "corner_case"
    OVERRIDDEN = "overridden"
    NOT_RUN = "not_run"
    NO_EVAL = "no_eval"

    @property
    def words(self) -> str:
        """As it opens a sentence in the record: `Not covered`."""
        return self.value.replace("_", " ").capitalize()


class PromptChangeKind(StrEnum):
    """What happened to a prompt between the two versions shown."""

    CHANGED = "changed"
    FIX = "fix"
    ADDED = "added"
    DELETED = "deleted"
    MOVED = "moved"
    REPLACED = "replaced"
    REINTRODUCED = "re-introduced"


class AttemptResult(StrEnum):
    """How a mitigation turned out."""

    WORKED = "worked"
    PARTLY = "partly"
    FAILED = "failed"
    MADE_WORSE = "made it worse"


class Verdict(StrEnum):
    """What an eval case said of one revision."""

    PASS = "pass"
    FAIL = "fail"
    MIXED = "mixed"
    ERROR = "error"
    NOT_RUN = "not run"


def words(kind: type[StrEnum]) -> tuple[str, ...]:
    """Return the words of a list, in order."""
    return tuple(member.value for member in kind)
