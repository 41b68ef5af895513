"""Benchmarks: figures of one run beside each other, printed, never asserted."""
