"""numpy, pyproj and shapely, loaded when something is first measured, or when there is time for it (decision 0014)."""

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

__all__ = ["later", "load", "np", "npt", "pyproj", "shapely"]
LIBRARIES = "numpy", "numpy.typing", "pyproj", "shapely"
Made = TypeVar("Made")


class _Later:
    """Asks what it stands for once for each name, and keeps the answer."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = cache(make)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._make(), name)
        setattr(self, name, value)
        return value


def later(make: Callable[[], Made]) -> Made:
    """What this makes, made when something of it is first asked for."""
    return cast(Made, _Later(make))


def load() -> None:
    """All of them, before anyone waits for one. Raises ImportError where one is missing or broken."""
    for name in LIBRARIES:
        import_module(name)


if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyproj
    import shapely
else:
    np, npt, pyproj, shapely = (later(partial(import_module, name)) for name in LIBRARIES)
