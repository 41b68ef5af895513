"""Stands for promptfoo: writes recorded reports, by what the agent answers; the last word is where the report goes.

`judge` answers for the agent's prompt; `judge NAME` writes the report NAME where the
prompt is good, `both NAME` always.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

REPORTS = Path(__file__).parent / "reports"
PROMPT = Path("prompts/support.txt")


def main(mode: str, *words: str) -> None:
    *names, out = words
    is_good = "Never promise a refund" in PROMPT.read_text()
    name = names[0] if names else "pass"
    if mode == "crash":
        print("Traceback: the runner has a fault", file=sys.stderr)
        raise SystemExit(70)
    if mode == "killed":
        os.kill(os.getpid(), signal.SIGSEGV)
    if mode == "silent":
        return
    if mode == "hang":
        # A child in the background, as runners have: it must end as well.
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", names[0]])
        Path(names[0]).write_text(str(os.getpid()))
        time.sleep(600)
    if mode == "exit":
        raise SystemExit(int(names[0]) if is_good else int(names[1]))
    if mode == "touch":
        PROMPT.write_text("spoiled")
        Path("left.txt").write_text("left")
    if mode == "judge_unless" and names[0] in PROMPT.read_text():
        raise SystemExit(70)
    name = "pass" if mode == "judge_unless" else name
    chosen = name if is_good or mode == "both" else "fail"
    if chosen == "broken":
        Path(out).write_text('{"results": ')
    elif chosen == "nothing":
        Path(out).write_text("")
    else:
        shutil.copy(REPORTS / f"promptfoo_{chosen}.json", out)
    raise SystemExit(100 if chosen != "pass" else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
