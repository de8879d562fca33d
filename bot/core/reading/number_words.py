"""The number words of Hindi, romanised Hindi and English, each spelled in the ways that people spell it."""

from bot.core.reading.digits import folded

# One line per number from 0; they are folded (no nukta, no chandrabindu), so variants of those need no entry.
_HINDI = """
शून्य जीरो सिफर
एक
दो
तीन
चार
पांच पाच पाञ्च
छह छः छ छे छै छ
सात
आठ
नौ
दस
ग्यारह
बारह
तेरह
चौदह
पंद्रह पन्द्रह पंदरह
सोलह
सत्रह सतरह
अठारह अट्ठारह
उन्नीस उनीस
बीस
इक्कीस इक्किस
बाईस बाइस
तेईस तेइस
चौबीस
पच्चीस पचीस
छब्बीस छबीस
सत्ताईस सत्ताइस
अट्ठाईस अट्ठाइस अठाईस अठाइस
उनतीस उन्तीस
तीस
इकतीस इकत्तीस
बत्तीस
तैंतीस तेंतीस तेतीस
चौंतीस चौतीस
पैंतीस पैतीस
छत्तीस
सैंतीस सैतीस
अड़तीस
उनतालीस उन्तालीस उनचालीस
चालीस
इकतालीस
बयालीस बियालीस
तैंतालीस तेंतालीस तिरतालीस
चौवालीस चवालीस चौंवालीस
पैंतालीस पैतालीस
छियालीस छयालीस
सैंतालीस सैतालीस
अड़तालीस
उनचास उन्चास
पचास
इक्यावन
बावन
तिरपन तिरेपन
चौवन
पचपन
छप्पन
सत्तावन
अट्ठावन अठावन
उनसठ
साठ
इकसठ
बासठ
तिरसठ तिरेसठ
चौंसठ चौसठ
पैंसठ पैसठ
छियासठ
सड़सठ
अड़सठ
उनहत्तर
सत्तर
इकहत्तर
बहत्तर
तिहत्तर
चौहत्तर
पचहत्तर
छिहत्तर
सतहत्तर
अठहत्तर
उन्यासी उनासी
अस्सी
इक्यासी
बयासी
तिरासी
चौरासी
पचासी
छियासी
सत्तासी सतासी
अट्ठासी अठासी
नवासी
नब्बे नव्वे
इक्यानवे इक्यानबे
बानवे बानबे
तिरानवे तिरानबे
चौरानवे चौरानबे
पंचानवे पंचानबे पचानवे
छियानवे छियानबे
सत्तानवे सत्तानबे
अट्ठानवे अट्ठानबे अठानवे
निन्यानवे निन्यानबे
"""

_ROMANISED = """
shunya
ek
do
teen tin
char chaar
paanch panch paach
chhah chhe chah che chha cheh chhai
saat sat
aath aat ath
nau nao
das dus
gyarah gyara gyaarah
barah baarah bara baara
terah tera
chaudah chauda
pandrah pandra
solah sola
satrah satra
atharah athara atthara
unnis unnees
bees bis
"""

_ENGLISH = """
zero nil
one
two
three
four
five
six
seven
eight
nine
ten
eleven
twelve
thirteen
fourteen
fifteen
sixteen
seventeen
eighteen
nineteen
"""

_TENS = "twenty thirty forty/fourty fifty sixty seventy eighty ninety"


def _numbered(table: str) -> dict[str, int]:
    return {folded(word): n for n, line in enumerate(table.strip().splitlines()) for word in line.split()}


WHOLE = _numbered(_HINDI) | _numbered(_ROMANISED) | {"pachas": 50, "pachaas": 50, "pachis": 25, "pachees": 25}
ONES = _numbered(_ENGLISH)
TENS = {word: 10 * n for n, words in enumerate(_TENS.split(), start=2) for word in words.split("/")}
HUNDRED = frozenset({"hundred", "सौ", "sau"})
HALVES = {
    folded(word): amount
    for amount, words in (
        (0.5, "half आधा आधे aadha adha"),
        (1.5, "डेढ़ डेड़ dedh derh"),
        (2.5, "ढाई अढ़ाई dhai dhaai"),
    )
    for word in words.split()
}
