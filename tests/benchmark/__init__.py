"""The benchmark: Kotobuki and its peers on synthetic meetings. `python -m tests.benchmark --help` says how to run it."""
