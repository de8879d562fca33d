"""What the columns of other people's files are called, in English and Hindi, folded (bot/core/digits.py)."""

STATION_NAME = (
    "ps_name", "police_station", "police station", "policestation", "ps name", "thana_name", "thana", "थाना",
    "थाने का नाम", "पुलिस थाना", "station_name", "station", "ps", "name_en", "name", "name_hi", "नाम", "title",
)  # fmt: skip
STATION_CONTACT = ("contact", "phone", "telephone", "ci_cell", "संपर्क", "फोन")
