"""Imports each module that holds tables, so that SQLModel's metadata knows them all."""

import storage.case_tables
import storage.tables  # noqa: F401 - both fill the metadata
