"""How far a run is."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeAlias

Progress: TypeAlias = bool | Callable[[int], object]
"""Whether a bar shows how far a run is, or what is called with the number of rows so far."""


@contextmanager
def following(progress: Progress, table: Any) -> Generator[Callable[[int], object] | None]:
    """What a run calls with the number of rows so far."""
    if not isinstance(progress, bool):
        yield progress
    elif not progress:
        yield None
    else:
        with _bar(table) as bar:
            yield lambda rows: bar.update(rows - bar.n)


def _bar(table: Any) -> Any:
    """A bar, in a terminal or in a notebook."""
    try:
        from tqdm.auto import tqdm
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "a progress bar needs tqdm, which `pip install tqdm` brings; or let `progress` be a "
            "function that is called with the number of rows so far"
        ) from error
    rows = getattr(table, "num_rows", None)
    if rows is None and hasattr(table, "__len__"):
        rows = len(table)
    return tqdm(total=rows, unit=" cases", unit_scale=True)
