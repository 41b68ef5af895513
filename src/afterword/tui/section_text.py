"""A section as it reads in the record's file."""

HEADINGS = {
    "incident": "", "times": "", "summary": "## Summary", "impact": "## Summary", "timeline": "## Timeline",
    "causes": "## Root cause", "prompts": "## Root cause", "settings": "#### Model and configuration",
    "evals": "#### Why evals did not catch it", "samples": "## Sample failing outputs",
    "mitigation": "### Immediate fix", "eval_case": "### New eval case", "actions": "### Action items",
    "lessons": "## Lessons", "save": "",
}  # fmt: skip


def section_lines(text: str, heading: str) -> list[str]:
    """Return the lines of a canonical file from a heading to the next of its level or above; "": the front matter."""
    lines = text.split("\n")
    end_of_front = lines.index("---", 1)
    if not heading:
        return ["~~~yaml", *lines[1:end_of_front], "~~~"]
    level = heading.index(" ")
    found: list[str] = []
    fence = ""
    for line in lines[end_of_front + 1 :]:
        is_heading = not fence and line.startswith("#") and line.lstrip("#").startswith(" ")
        if is_heading and found and len(line) - len(line.lstrip("#")) <= level:
            break
        if found or (is_heading and line == heading):
            found.append(line)
        if line.startswith("~~~"):
            tildes = line[: len(line) - len(line.lstrip("~"))]
            fence = "" if fence and len(tildes) >= len(fence) and line == tildes else fence or tildes
    return found or ["Nothing here yet."]
