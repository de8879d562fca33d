"""The made-up people who hold the sandbox's phones."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """`id` is their Telegram user id, `phone` E.164, `role` a free word for the page, `colour` CSS.

    `of` is where they do what their role says: a station, a society.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    phone: str = ""
    role: str = "resident"
    colour: str = "#3b6ea5"
    of: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def as_user(self) -> dict[str, Any]:
        """The person as Telegram's User."""
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        names = _said(last_name=self.last_name, username=self.username)
        return user | names | _said(language_code=self.language_code)

    @property
    def as_chat(self) -> dict[str, Any]:
        """The private chat with them as Telegram's Chat."""
        chat = {"id": self.id, "type": "private", "first_name": self.first_name}
        return chat | _said(last_name=self.last_name, username=self.username)

    @property
    def as_contact(self) -> dict[str, Any]:
        """Their card as a phone shares it: Telegram writes the number without its plus."""
        number = self.phone.removeprefix("+")
        card = {"phone_number": number, "first_name": self.first_name, "user_id": self.id}
        return card | _said(last_name=self.last_name)


def _said(**fields: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


CAST = (
    Person(1001, "Asha", "Verma", "asha_verma", "hi", "+919000001001", "resident", "#b4552d"),
    Person(1002, "Imran", "Shaikh", "imran_shaikh", "en", "+919000001002", "resident", "#2f7d5b"),
    Person(2001, "SI Rao, Palasia", "", "si_rao_palasia", "en", "+919000002001", "officer", "#34568b", "Palasia"),
    Person(1003, "सुनीता", "जोशी", "", "hi", "+919000001003", "resident", "#a23b72"),
    Person(1004, "Joseph", "D’Souza", "joseph_dsouza", "en", "+919000001004", "resident", "#6b7a1f"),
    Person(2002, "SI Khan, Vijay Nagar", "", "", "en", "+919000002002", "officer", "#1f6f8b", "Vijay Nagar"),
    Person(2003, "Inspector Tiwari", "", "", "en", "+919000002003", "senior officer", "#27408b", "Palasia"),
    Person(3001, "मीना, सीआई सेल", "", "", "hi", "+919000003001", "CI cell", "#7a5195", "Palasia"),
    Person(4001, "Col. Mehta", "", "", "en", "+919000004001", "RWA", "#8a5a00", "Saket Nagar Residents’ Association"),
    Person(5001, "ACP Nair", "", "", "en", "+919000005001", "administrator", "#5b5b66", "Control room"),
    Person(5002, "DSP Bhatia", "", "", "en", "+919000005002", "administrator", "#46616e", "Control room"),
)
