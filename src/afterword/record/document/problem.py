"""What is said of a file that is not a record."""

from afterword.errors import AfterwordError


class DocumentError(AfterwordError):
    """A file that cannot be read, or not edited without loss: names file, 1-based line and what was expected."""

    def __init__(self, source: str, line: int, problem: str, hint: str = "") -> None:
        super().__init__(f"{source}, line {line}: {problem}", hint)
        self.source = source
        self.line = line
        self.problem = problem
