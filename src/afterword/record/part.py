"""What every part of a record is made from: kinds of text, times, and the rules that all parts share."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from afterword.record.absence import Absence
from afterword.record.text import block_text, line, prose, term, verbatim
from afterword.record.when import When

Line = Annotated[str, AfterValidator(line)]
"""One line of text: runs of white space become one space."""
Term = Annotated[str, AfterValidator(term)]
"""A `Line` holding one word of a vocabulary, or a team's own word; no commas or semicolons."""
Prose = Annotated[str, AfterValidator(prose)]
"""Markdown paragraphs without surrounding blank lines; whatever it opens (a fence, a comment) it closes."""
Block = Annotated[str, AfterValidator(block_text)]
"""Text shown in a fence, lines ended by LF, without trailing newlines."""
Verbatim = Annotated[str, AfterValidator(verbatim)]
"""Text shown in a fence, kept to the byte (CR included) but for trailing newlines."""


def _absence_in_words(value: Any) -> Any:
    return (Absence.parse(value) or value) if isinstance(value, str) else value


Moment = Annotated[When | Absence | None, BeforeValidator(_absence_in_words)]
"""A time; an honest absence ("unknown"); or None, which means that nobody has answered yet."""


class Part(BaseModel):
    """Anything in a record: immutable, strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    def changed(self, **fields: Any) -> Self:
        """Return a copy with some fields replaced, validated as if typed anew."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(values | fields)

    def _settled(self, **fields: Any) -> Self:
        """Put fields into their settled form while the part is still being validated."""
        self.__dict__.update(fields)
        return self
