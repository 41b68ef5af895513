"""What a proof found out, as the screen says it."""

from typing import TYPE_CHECKING

from afterword.errors import AfterwordError
from afterword.record.model import Proof
from afterword.visible import visible_line

# The form of the case shows a line of it, while few authors ever run a proof.
if TYPE_CHECKING:
    from afterword.evals.proof import Result


def verdict(result: "Result", kept: str) -> str:
    """Return the sentence, a line a side, what the runner said, and `kept`: what became of the record."""
    from afterword.evals.side import SideResult

    lines = [result.sentence, ""]
    for side, found in zip(result.proof.sides, (result.before, result.after or SideResult()), strict=True):
        took = f"  {side.duration}" if side.duration else ""
        lines.append(f"{side.side.capitalize():<8}{side.revision}  {found.words}{took}")
        lines += [f"        {visible_line(why)}" for why in found.whys if why.rstrip(".") not in result.sentence]
        lines += [f"        {visible_line(each)}" for each in found.remarks]
    for found in filter(None, (result.before, result.after)):
        if found.tail:
            lines += ["", "The command's last words:", *(f"  {visible_line(line)}" for line in found.tail.splitlines())]
    return "\n".join([*lines, "", *filter(None, (result.hint, kept)), ""])


def refusal(error: AfterwordError) -> str:
    """Return what is missing and what to do about it; an example stands below its sentence."""
    return f"{error.message}\n\n{error.hint}".strip() + "\n"


def proof_line(proof: Proof | None) -> str:
    """Return how the case of a record stands, in one line."""
    if proof is None:
        return "Proof: none yet; F7 runs it before and after the fix."
    said = ", ".join(f"{each.side} {each.revision} {each.verdict}" for each in proof.sides)
    return f"Proof: {said}{f'; ran {proof.ran}' if proof.ran else ''}."
