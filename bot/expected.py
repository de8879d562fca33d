"""What a setting expects, in words, where pydantic would say it in its own."""

_NAME, _LIMIT = "a name, in a word or more", "a whole number, 1 or more"

EXPECTED: dict[str, str] = {
    "CITY_NAME": _NAME,
    "CITY_NAME_HI": _NAME,
    "POLICE_NAME": _NAME,
    "POLICE_NAME_HI": _NAME,
    "DATA_CONTACT": "whom to ask: a phone number, an address or an e-mail",
    "DATA_CONTACT_HI": "whom to ask: a phone number, an address or an e-mail",
    "CITY_RADIUS_KM": "kilometres: a number greater than 0, 1000 at most",
    "PHONE_REGION": "a country's two capital letters (ISO 3166), such as IN",
    "LISTEN_HOST": "an address of this computer, such as 127.0.0.1",
    "LISTEN_PORT": "a whole number from 0 to 65535",
    "WHATSAPP_NUMBER": "a phone number with its country's, such as +919812345678",
    "TILE_CREDIT": "a few words, at most 60 letters",
    "MESSAGES_PER_SECOND": "a number greater than 0, 30 at most",
    "MOST_ENTRIES_PER_PERSON": "a whole number from 1 to 1000",
    "SEARCH_NEEDS_INCIDENT": "true or false",
    "SEARCHES_PER_DAY": _LIMIT,
    "PLACES_PER_DAY": _LIMIT,
    "NUMBERS_PER_DAY": _LIMIT,
    "GRANT_NEEDS_TWO": "yes, no or auto",
    "RETENTION_DAYS": "a whole number from 0 to 3650",
    "BACKUP_KEY": "a public key that begins with age1: `citizen-eye backup-key` makes one",
    "BACKUP_KEEP": "a whole number from 1 to 3650",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
}
