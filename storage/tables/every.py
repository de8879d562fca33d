"""Imports each module that holds tables, so that SQLModel's metadata knows them all."""

import storage.tables.admin
import storage.tables.alarms
import storage.tables.casework
import storage.tables.factors
import storage.tables.looks
import storage.tables.pace
import storage.tables.register
import storage.tables.requests
import storage.tables.societies
import storage.tables.stations
import storage.tables.trace
import storage.tables.waiting  # noqa: F401 - they fill the metadata
