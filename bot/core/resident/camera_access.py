"""Recognises what must never be kept: the address of a camera, a way into it, a password."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from bot.core.reading.digits import folded
from bot.core.reading.maplinks import leads_to_a_map, links_in

_SIGNS = re.compile(
    r"""(?:rtsps?|rtmps?|rtp|mms|onvif|dvrip)://
    | (?<![a-z])(?:passwords?|pass\ ?word|passwd|passcode|pwd|user\ ?names?|login\ ?id)(?![a-z])
    | (?<![a-z])(?:user|pass|login|uid|pw)\ ?[:=]
    | (?<![a-z])admin\ ?[:/=@]\ ?\S
    | पास\ ?वर्ड | पासवड | यूजर\ ?नेम | यूजरनेम | लॉगिन
    | \.(?:m3u8|mjpe?g|cgi)(?![a-z])
    | (?<![\w])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,10}:\d{2,5}(?!\d)
    | (?:ddns\.net|no-ip\.|hopto\.org|dyndns\.|hik-connect\.|easy4ip|xmeye\.|localhost[:/])""",
    re.VERBOSE,
)
_IP4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)(?! ?[nsew°'\"])")
_IP6 = re.compile(r"[0-9a-f:]{6,39}")
_ENTRY = re.compile(r"(?<![^\s/])(?!e-?mail|mail|ईमेल)[^\s/:@,?=]{1,64}:[^\s/@]{1,64}@(?![+-]?\d{1,3}\.\d{3})[a-z0-9]")
_CAMERA_LINK = re.compile(r"https?://\S{0,500}?(?:cam|stream|video|live|snapshot|onvif|dvr|nvr|h264|axis)")


def looks_like_camera_access(words: str) -> bool:
    """Whether the words hold a stream's or device's address, or a secret; map links and coordinates pass."""
    links, rest = links_in(folded(words))
    left = " ".join([*(link for link in links if not _names_a_place(link)), rest])
    return bool(
        _SIGNS.search(left)
        or _ENTRY.search(left)
        or _CAMERA_LINK.search(left)
        or any(_is_address(found) for pattern in (_IP4, _IP6) for found in pattern.findall(left))
    )


def _names_a_place(link: str) -> bool:
    return link.startswith("geo:") or leads_to_a_map(link)


def _is_address(written: str) -> bool:
    try:
        match ip_address(".".join(part.lstrip("0") or "0" for part in written.split("."))):
            case IPv4Address():
                return True
            case IPv6Address() as address:
                return address.packed[0] != 0 or address.packed[-1] != 0
    except ValueError:
        return False
