"""`python -m kotobuki`, and the command `kotobuki`."""

from kotobuki.garbage import look_seldom

look_seldom()  # before all the rest is loaded: that stays, and would be looked through twenty times

from kotobuki.cli import main  # noqa: E402  (see there)

if __name__ == "__main__":  # not in the processes of `--jobs`, which load it under another name
    main()
