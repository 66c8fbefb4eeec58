"""A request that is not granted."""

from __future__ import annotations


class RefusalError(Exception):
    """What is asked cannot be done: why, and what to do about it, in Japanese; the status of the answer.

    Nothing of the request is ever repeated in it but what the caller itself puts there, as text.
    """

    def __init__(self, error: str, remedy: str = "", status: int = 400) -> None:
        super().__init__(error)
        self.error, self.remedy, self.status = error, remedy, status
