"""When garbage is collected: not while the program is being loaded, and never in what was loaded."""

import gc


def collect_again() -> None:
    """Collect garbage from now on; what is there stays and is not looked through each time, which a key would feel."""
    gc.freeze()
    gc.enable()
