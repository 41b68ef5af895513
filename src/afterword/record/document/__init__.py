"""The Markdown document of a post-mortem, both ways: render, parse, and rewrite in place."""

from afterword.record.document.layout import render
from afterword.record.document.opening import locate, parse, parse_bytes
from afterword.record.document.problem import DocumentError
from afterword.record.document.rewriting import rewrite

__all__ = ["DocumentError", "locate", "parse", "parse_bytes", "render", "rewrite"]
