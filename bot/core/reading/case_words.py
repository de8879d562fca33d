"""The words around an incident: how its number is called, its kind, and the times of day people say."""

from bot.core.casework.incident import IncidentKind
from bot.core.reading.digits import folded


def _set(words: str) -> frozenset[str]:
    return frozenset(folded(word.replace("_", " ")) for word in words.split())


def _table(**rows: str) -> dict[str, str]:
    return {word: meaning for meaning, words in rows.items() for word in _set(words)}


# what stands before the number; longer names go first where they are looked for
NUMBERED = _table(
    fir="fir f_i_r crime cr c_r case_crime एफआईआर एफ_आई_आर एफआइआर प्राथमिकी अपराध अप अप_क्र मर्ग अपराध_क्रमांक",
    gd="gd g_d dd d_d general_diary daily_diary rojnamcha sanha roznamcha जीडी जी_डी डीडी रोजनामचा रोज़नामचा "
    "सान्हा रोजनामचा_सान्हा आम_रोजनामचा",
    event="112 dial_112 dial112 erss event call डायल_112 डायल112 इवेंट ईवेंट कॉल",
)
IDLE_BEFORE_NUMBER = _set(
    "no number num nos entry id of dated dt date the under register क्रमांक क्र नंबर नम्बर नं संख्या सं दिनांक दि की का"
)
NO_NUMBER = _set(
    "na n/a n.a. n.a nil none no null nothing xx xxx xxxx pending test unknown later not_known not_applicable "
    "नहीं नही कुछ_नहीं पता_नहीं बाद_में"
)
TRAINING = _set("training train practice demo अभ्यास ट्रेनिंग प्रशिक्षण")

KINDS_SAID: dict[str, IncidentKind] = {
    word: IncidentKind(kind)
    for word, kind in _table(
        theft="theft stolen chori चोरी",
        burglary="burglary break-in house_breaking nakabjani नकबजनी सेंधमारी",
        snatching="snatching snatch loot robbery झपटमारी लूट छीना-झपटी",
        vehicle="vehicle vehicle_theft bike car वाहन वाहन_चोरी गाड़ी",
        accident="accident hit_and_run दुर्घटना एक्सीडेंट",
        assault="assault fight marpeet मारपीट हमला",
        missing="missing missing_person kidnapping गुमशुदा गुमशुदगी लापता अपहरण",
        other="other अन्य दूसरा कुछ_और",
    ).items()
}

MONTHS: dict[str, int] = {
    word: int(month[1:])
    for word, month in _table(
        m1="jan january जनवरी",
        m2="feb february फरवरी फ़रवरी",
        m3="mar march मार्च",
        m4="apr april अप्रैल",
        m5="may मई",
        m6="jun june जून",
        m7="jul july जुलाई",
        m8="aug august अगस्त",
        m9="sep sept september सितंबर सितम्बर",
        m10="oct october अक्टूबर अक्तूबर",
        m11="nov november नवंबर नवम्बर",
        m12="dec december दिसंबर दिसम्बर",
    ).items()
}
DAYS_AGO: dict[str, int] = {
    word: int(ago[1:])
    for word, ago in _table(d0="today aaj आज", d1="yesterday kal कल", d2="day_before_yesterday parso परसों").items()
}
PARTS_OF_DAY = _table(
    am="am a.m. a.m",
    pm="pm p.m. p.m",
    morning="subah morning सुबह सवेरे",
    noon="dopahar afternoon दोपहर दिन",
    evening="shaam sham evening शाम",
    night="raat night रात",
)
IDLE_IN_WINDOW = _set(
    "from to till until and between at on in the hrs hr hours o'clock window time baje se tak ko ke "
    "से तक बजे को के बीच में और समय"
)
