"""A crowd that signs up: each sends the next update as soon as the answers to the one before have come."""

from collections import deque
from collections.abc import Iterator
from itertools import accumulate, islice

from bench.townspeople import STEPS, Buttons
from bench.worker import Said
from bot.core.messages import Envelope

ANSWERS = {"start": 1, "consent": 2, "number": 1, "place": 2, "here": 1, "cameras": 1, "save": 1}
UNTIL = tuple(accumulate(ANSWERS[name] for name in STEPS))  # messages that have come when a step is answered
AT_ONCE = 200  # people in the middle of it


class Crowd:
    """These people, as many at once as a busy evening brings; `ready` holds what is to be sent next."""

    def __init__(self, people: range, at_once: int = AT_ONCE) -> None:
        self.people = people
        self.again = 0  # messages that came a second time
        self.ready: deque[Envelope] = deque()
        self._coming: Iterator[int] = iter(people)
        self._done: dict[int, int] = {}  # how many steps each has done who is in the middle of it
        self._read: dict[int, set[int]] = {}  # the messages of each chat
        self._shown: Buttons = {}
        for person in islice(self._coming, at_once):
            self._sends(person, 0)

    @property
    def updates(self) -> int:
        return len(self.people) * len(STEPS)

    @staticmethod
    def updates_of(person: int) -> range:
        """The numbers of what a person sends."""
        return range(person * len(STEPS), (person + 1) * len(STEPS))

    @property
    def satisfied(self) -> bool:
        return not self._done

    def reads(self, said: Said) -> None:
        """A message arrives; the last one that a step is answered with leads to the next step."""
        person = int(said.chat)
        read = self._read[person]
        if said.message in read:
            self.again += 1
            return
        read.add(said.message)
        if said.buttons:
            self._shown[said.chat] = said.buttons
        if len(read) == UNTIL[self._done[person]]:
            self._goes_on(person)

    def _goes_on(self, person: int) -> None:
        step = self._done[person] + 1
        if step < len(STEPS):
            self._sends(person, step)
            return
        del self._done[person], self._shown[str(person)]
        for newcomer in islice(self._coming, 1):
            self._sends(newcomer, 0)

    def _sends(self, person: int, step: int) -> None:
        self._done[person] = step
        self._read.setdefault(person, set())
        got = list(STEPS.values())[step](person, self._shown)
        number, chat = self.updates_of(person)[step], str(person)
        self.ready.append(Envelope("telegram", number, chat, chat, got, language="hi"))
