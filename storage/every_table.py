"""Imports each module that holds tables, so that SQLModel's metadata knows them all."""

import storage.admin_tables
import storage.alarm_tables
import storage.case_tables
import storage.factor_tables
import storage.look_tables
import storage.pace_tables
import storage.request_tables
import storage.spread_tables
import storage.station_tables
import storage.tables
import storage.trace_tables
import storage.waiting_tables  # noqa: F401 - they fill the metadata
