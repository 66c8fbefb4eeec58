"""The chunks of a build on a Dask cluster, where one machine is not enough.

In: chunks, the address of a scheduler that the user gave. Out: what came of them, in their order. Its workers see the same folders by
the same paths (cases, templates, the output folder) and have the same version and fonts. Dask is only asked to run a function;
what it loses with a worker it runs again. Who can reach the scheduler can run anything on the workers: it belongs in a closed
network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kotobuki.build.workers import Chunk, ChunkMade, in_order, make_apart
from kotobuki.diagnostics import CommandError, UsageError

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = "20s"
"""How long a scheduler may take to answer."""
_AHEAD = 2
"""Chunks a worker that are sent ahead."""
_TRIES = 3
"""How often a chunk is begun anew whose worker is lost."""


def run_on(address: str, work: Iterable[Chunk]) -> Iterator[ChunkMade]:
    """What comes of the chunks, in their order. Raises `UsageError`, `CommandError`."""
    with _client(address) as client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise CommandError(
                f"「{address}」にワーカーがありません。dask worker を起こしてから、もう一度実行してください"
            )
        executor = client.get_executor(pure=False, retries=_TRIES)
        try:
            yield from in_order(executor, make_apart, work, _AHEAD * workers)
        except CommandError:
            raise
        except Exception as error:  # whatever Dask says of workers that are lost or see other files
            raise CommandError(
                f"「{address}」のワーカーが案件を作れません（{type(error).__name__}: {error}）。"
                "どのワーカーからも同じパスで同じフォルダが見え、同じ版の kotobuki が入っているか確かめてください"
            ) from error
        finally:
            executor.shutdown(wait=False)


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--cluster には、pip install 'kotobuki[cluster]' が要ります") from error
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # distributed has no types here
    except (OSError, ValueError) as error:
        raise UsageError(f"「{address}」の Dask スケジューラにつながりません（例：tcp://192.168.0.10:8786）") from error
