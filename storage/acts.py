"""What the trace tells of: every kind of its rows."""

from enum import StrEnum


class Act(StrEnum):
    """What was done."""

    SEARCH = "search"
    PAGE = "page"
    PIN = "pin"
    INVITE = "invite"
    GRANT = "grant"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    BROADCAST = "broadcast"
    REPORT = "report"  # the public one
    STOP = "stop"  # a broadcast
    PROPOSE = "propose"  # a role, to a second administrator
    REFUSE = "refuse"
    EXTEND = "extend"
    MOVE = "move"
    SLEEP = "sleep"
    WAKE = "wake"
    PURGE = "purge"  # what was withdrawn long ago was destroyed
    REVEAL = "reveal"  # an owner's number was shown
    EXPORT = "export"
    CODE = "code"  # of a second factor, wrong or used up
    LOCK = "lock"  # a second factor, after five wrong codes
    ENROL = "enrol"  # an officer was given a second factor
    READ = "read"  # the trace itself was read
    ADOPT = "adopt"  # so many rows were there before the trace was a chain: what they say was not proved then
    VISIT = "visit"  # staff were shown an entry to look at
    VERIFY = "verify"  # what they saw there
    COVERAGE = "coverage"
    DECIDE = "decide"  # a wish to become an office-bearer
    SOCIETY = "society"  # its links renewed, or all of it withdrawn
    OPEN = "open an incident"
    TAKE_UP = "take up an incident"
    CLOSE = "close an incident"
    ALLOW = "allow or refuse"  # what one officer alone may not do
    CLAIM = "claim"  # someone had the code of an entry that waits, and saw it
    GUESS = "guess"  # someone had a code that is none
    IMPORT = "import"  # an older register was taken over
    ASSIST = "assist"  # staff entered an entry for somebody
    SIGNED = "signed"  # and said that its owner signed the slip
    MERGE = "merge"  # two entries were judged to be the same cameras, or not
    DECLINE = "decline"  # an entry that waited was ended by whoever it was of
    FORGET = "forget"  # consent was taken back
    PAUSE = "pause"  # an owner hid an entry
    RESUME = "resume"
    MUTE = "mute"  # someone wants no news, or no weekly message
    UNMUTE = "unmute"
    RESTORE = "restore"  # the register was put back from a backup; which rows were lost by that
    ADOPTED = "adopted"  # an entry that waited became its owner's
    DELAY = "tell owners of a live case later"
    REQUEST = "ask owners for help"
    SHARED = "shown a number that its owner shared"
