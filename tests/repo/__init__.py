"""Tests of the repository part."""
