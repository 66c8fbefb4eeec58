"""Kotobuki makes official Japanese administrative papers from data: one YAML case, every paper in Word and PDF."""

__version__ = "0.1.0"
