"""`python -m kotobuki`."""

from kotobuki.cli import main

if __name__ == "__main__":  # not in the processes of `--jobs`, which load it under another name
    main()
