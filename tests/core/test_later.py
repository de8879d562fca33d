"""What measures places: the libraries themselves, whoever asks first."""

import subprocess
import sys

import numpy
import pyproj
import pytest
import shapely

from bot.core import later

AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from bot.core import geo, later

assert not {"numpy", "pyproj", "shapely"} & set(sys.modules)
sys.setswitchinterval(1e-6)
everyone = Barrier(8)

def measured(_):
    everyone.wait()
    whole = later.shapely.box(0, 0, 1, 1).area, int(later.np.arange(9).sum())
    return whole, geo.metres(geo.Point(22.72, 75.86), geo.Point(22.73, 75.86))

with ThreadPoolExecutor(8) as threads:
    print(len(set(threads.map(measured, range(8)))))
"""


def test_what_stands_for_a_library_hands_out_what_the_library_has() -> None:
    assert later.np.int64 is numpy.int64
    assert later.pyproj.Proj is pyproj.Proj
    assert later.shapely.Point is shapely.Point


def test_eight_who_are_the_first_to_measure_at_the_same_moment_get_one_answer() -> None:
    said = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=False, timeout=60)

    assert (said.stdout.strip(), said.stderr) == ("1", "")


def test_a_library_that_is_broken_is_said_before_anyone_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shapely", None)

    with pytest.raises(ImportError, match="shapely"):
        later.load()
