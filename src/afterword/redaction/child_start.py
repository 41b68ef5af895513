"""The script that a child process runs: it finds this very package and hands over to one of its modules.

Python starts it isolated (`-I`), so that neither the working directory nor the environment can put another `json` in
front of the standard library's.
"""

import sys
from importlib import import_module, util
from json import loads


def _main() -> None:
    setup = loads(sys.stdin.buffer.readline())
    sys.path[:] = [*setup["path"], *(entry for entry in sys.path if entry not in setup["path"])]
    spec = util.spec_from_file_location("afterword", setup["package"])
    if spec is None or spec.loader is None:
        sys.exit(1)
    package = util.module_from_spec(spec)
    sys.modules["afterword"] = package
    spec.loader.exec_module(package)
    import_module(setup["module"]).main()


if __name__ == "__main__":
    _main()
