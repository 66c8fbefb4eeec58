"""`python -m kotobuki`."""

from kotobuki.cli import main

main()
