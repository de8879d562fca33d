"""Every sentence the bot says, in English: the msgids that `locale/` translates. No logic, no other sentences."""

# --- language, notice and consent ------------------------------------------------------------------
CHOOSE_LANGUAGE = "नमस्ते! किस भाषा में बात करें?\nHello! Which language shall we use?"
HINDI = "हिन्दी"
ENGLISH = "English"
LANGUAGE_SET = "We will go on in English."
NOTICE = """{police} ask you: if there are cameras at your home, shop or institution, register them. After a crime nearby, an officer can then ask you for help.

What we keep of you:
1. your mobile number
2. the place of the camera
3. how many cameras there are
(and what you choose to add: kind of place, road in view, days kept, a label)
So that the bot can answer: your chat with it, your language, when you agreed and when you last wrote.

What for: when there is an incident, officers look up the cameras near it. Every look is written down.

Never: no picture, no live view, no password, no access to your camera. Sharing a recording stays your decision, each time.

You can see, correct or withdraw everything at any time, as easily as you gave it: /mine, /mydata, /forget. {leftovers}

Questions or complaints: {contact}. You can also complain to the Data Protection Board of India.

It is voluntary. You need to be 18 or older."""
NOTICE_AGREED = "{notice}\n\n✅ You agreed to this. /privacy shows it again."
AGREE = "✅ I am 18 or older and I agree"
NO_THANKS = "No, thanks"
REFUSED = "That is all right. Nothing about you was registered. If you change your mind: /start"
CONSENT_AGAIN = "Do you agree to the notice above? /privacy shows it again."
LEFTOVERS = "What you withdraw is hidden from every search at once, stays sealed for {days} days because the law may require it, and is then destroyed."
NO_LEFTOVERS = "What you withdraw is destroyed at once."
STEP = "{n} of {most} · {question}"

# --- sign-up ---------------------------------------------------------------------------------------
ASK_NUMBER = """Your mobile number

Press “📱 Share my number” under the text field. Telegram then asks once more: say yes."""
ASK_PLACE = """Where is the camera?

At the camera now? Press “📍 I am at the camera”.
Somewhere else? Press 📎, then Location, and move the pin onto the camera.
Or write its coordinates (22.7196, 75.8577), a plus code, or a Google Maps link."""
ASK_HERE = "{place}\n\nIs the camera here?"
ASK_HERE_SWAPPED = "You wrote the two numbers in the other order. Turned round, it is {place}.\n\nIs the camera here?"
ADDRESS = "🏠 {address}"
YES_HERE = "✅ Yes, here"
ELSEWHERE = "📍 Somewhere else"
ASK_SAME = "You already registered {cameras} here, number {number}. Is this a correction, or are these other cameras?"
UPDATE_IT = "✏️ Correct that entry"
IT_IS_ANOTHER = "➕ Other cameras"
ASK_COUNT = "How many cameras are there?\n\nPress a button, or write the number."
COUNT_BUTTON = "{n}"
ASK_MANY = "{n} cameras is a lot for one place. Is that right?"
YES_MANY = "Yes, {n}"
SUMMARY = """Please check:

📱 {phone}
📍 {place}
📹 {cameras}"""
SUMMARY_CHANGE = "Entry {number}\n\n{summary}"
SAVE = "💾 Save"
LEAVE_IT = "✖️ Leave it as it was"
CHANGE_NUMBER = "✏️ Number"
CHANGE_PLACE = "✏️ Place"
CHANGE_COUNT = "✏️ Cameras"
SAVED = """✅ Saved. Thank you!

Your registration number: {number}

Four short questions make your entry more useful. You can skip them all."""
SAVED_CHANGE = "✅ Entry {number} is up to date."
RECEIPT = "✅ Saved. Your registration number: {number}\n/mine shows your entries, /add adds another place."
MORE_QUESTIONS = "Answer four questions"
ENOUGH = "That is enough"
SHARE_NUMBER_KEY = "📱 Share my number"
SEND_PLACE_KEY = "📍 I am at the camera"
SEND_HERE_KEY = "📍 Here, where I am"
BACK = "↩️ Back"
YES = "Yes"
NO = "No"

# --- hints: what to do instead ---------------------------------------------------------------------
HINT = "{hint}\n\n{question}"
HINT_BUTTONS = "Please press one of the buttons below."
HINT_NOT_NOW = "Thank you, but first this question:"
HINT_NUMBER_TYPED = "A typed number could be anyone's, so we do not take it. The button proves that the number is yours. On a computer there may be no such button: please use your phone for this step."
HINT_NUMBER = "Please press “📱 Share my number” under the text field."
HINT_NUMBER_NOT_YOURS = "That is someone else's number. Each person registers with their own: please press the button."
HINT_NUMBER_FORWARDED = "A forwarded contact is no proof that the number is yours. Please press the button."
HINT_NUMBER_NO_PROOF = "Telegram did not say whose number that is. Please press the button: then it does."
HINT_NUMBER_NOT_VALID = (
    "That number does not look like one that can be called. Please check the number of your Telegram account."
)
HINT_PLACE = (
    "I could not find a place in that; I do not know places by name. A pin works best, “22.7196, 75.8577” works too."
)
HINT_SHORT_LINK = "I cannot open short links. Please send a pin (📎, then Location)."
HINT_OUTSIDE = "That is {distance} outside {city}. This register covers {city} only. Please check the pin."
HINT_COUNT = "Please write one number, such as 4 or four."
HINT_COUNT_RANGE = "For one place it can be {least} to {most} cameras. For more, please make a second entry."
HINT_DAYS = "Please write the number of days, from 0 to {most}, such as 15."
HINT_LABEL = (
    "Please write a few words, at most {most} letters, such as: blue gate. No camera links, IP addresses or passwords."
)
NO_PICTURES = "The bot never takes pictures, videos or recordings, and this one was not looked at or kept. You can delete it here."
NO_CAMERA_ACCESS = "Please do not send a camera's link, IP address or password: the bot never takes access, and this message was not kept. Better delete it here."
OLD_BUTTON = "That button is old. Please answer this one:"
OLD_BUTTON_SHORT = "That button is old."
WHERE_YOU_ARE = "This question is still open:"
NOTHING_OPEN = "No question is open just now. /start shows where to begin, /mine your entries, /help everything."
UNKNOWN_COMMAND = "I do not know that command. /help shows them all."
NOT_FOR_YOU = "That command is not for you. /help shows what you can do."
IN_GROUPS = "I talk to people one to one, so that nobody else reads along."
WRITE_TO_ME = "Write to me privately"
OUR_FAULT = "Something went wrong on our side, not yours. Your last message was not taken; your earlier answers are safe. Please send it once more."
NOTHING_SAVED_NOW = "We cannot save anything just now. Your message is not lost: it is answered as soon as we can. You need not send it again."
FILE_NOT_MADE = "The file could not be made just now: our fault, not yours. Please ask for it once more in a while."
FAULT_TOLD = "One message could not be handled, even at the third try (error: {error}). It was set aside so that the others go on. `citizen-eye check` shows how many."

# --- details ---------------------------------------------------------------------------------------
ASK_KIND = "What kind of place is it?"
ASK_ROAD = "Does a camera see the road?"
ASK_DAYS = "After how many days are recordings overwritten?\n\nPress a button, or write the number."
DAYS_BUTTON = "{n}"
ASK_LABEL = "Would you like to name the place, so that you recognise it? For example: blue gate"
SKIP = "Skip"
FINISH = "Finish"
DETAILS_DONE = "Thank you, that is all. /mine shows your entries."
KIND_HOME = "home"
KIND_SHOP = "shop"
KIND_INSTITUTION = "institution"
KIND_SOCIETY = "society"
KIND_OTHER = "other"
SEES_ROAD = "sees the road"
SEES_NO_ROAD = "no road in view"
VERIFIED = "✅ seen {date}"
VERIFIED_MARK = " ✅"
DAYS_KEPT = ("kept {n} day", "kept {n} days")
DAYS = ("{n} day", "{n} days")
CAMERAS = ("{n} camera", "{n} cameras")
PLACES = ("{n} place", "{n} places")
COORDINATES = "{lat}, {lon}"
PLACE_NAMED = "“{name}” · {place}"
NAMED = "“{name}”"

# --- one's own entries -----------------------------------------------------------------------------
MINE_NONE = "You have no entries. /add registers a camera."
MINE_NONE_YET = "Nothing is saved yet: the question below is still open."
MINE_LIST = ("You have {n} entry.", "You have {n} entries. Press one to change it.")
MINE_LINE = "{number} · {place} · {cameras}{paused}"
MINE_PAUSED = " · ⏸ paused"
CARD = """Entry {number}
📍 {place}
📹 {cameras}
{known}{state}"""
CARD_KNOWN = "ℹ️ {known}\n"
CARD_ACTIVE = "🟢 Officers can find it when there is an incident."
CARD_PAUSED = "⏸ Paused: officers do not find it."
ALSO = "{before} · {part}"
ALSO_TIGHT = "{before}·{part}"
CHANGE = "✏️ Change"
MOVE = "📍 Move"
MORE = "ℹ️ Tell more"
PAUSE = "⏸ Pause"
RESUME = "▶️ Resume"
REMOVE = "🗑 Remove"
ON_THE_MAP = "🗺 On the map"
ALL_ENTRIES = "« All entries"
NOT_YOURS_NOW = "That entry is not there any more. /mine shows your entries."
SURE_REMOVE = "Remove entry {number}? {leftovers}"
YES_REMOVE = "🗑 Yes, remove it"
KEEP = "Keep it"
KEPT_AS_IT_WAS = "All right, everything stays as it was."
REMOVED = "🗑 Entry {number} is removed."
SURE_FORGET = "Remove everything the register holds about you ({entries} in all), and your consent? {leftovers}"
ENTRIES = ("{n} entry", "{n} entries")
YES_FORGET = "🗑 Yes, remove everything"
FORGOTTEN = (
    "Done. From now on nobody finds anything of yours. {leftovers} Thank you for having helped. /start begins anew."
)
NOTHING_TO_FORGET = "The register holds no entry of yours."
TOO_MANY = "You have {most} entries, and more than that is not possible here. Please ask: {contact}"

# --- everything kept about one ---------------------------------------------------------------------
MYDATA = "This file holds everything that is kept about you. Keep it to yourself."
MYDATA_FILE = "my-data.txt"
MYDATA_TITLE = "Everything that the camera register of {police} keeps about you\nMade on {date}\n"
MYDATA_PERSON = "Chat: {channel} {chat}\nLanguage: English\nKnown since: {since}\nLast message: {seen}"
MYDATA_PHONE = "Mobile number: {phone}"
MYDATA_NO_PHONE = "Mobile number: none"
MYDATA_CONSENT = "Consent: to the notice of version {version}, on {date}"
MYDATA_NO_CONSENT = "Consent: none at present"
MYDATA_ENTRY = "\nEntry {number}\n  state: {state}\n  place: {place} {name}\n  cameras: {n}\n  more: {known}\n  made: {made}, changed: {changed}\n  consent: version {version}, on {date}"
MYDATA_LEFTOVER = "  withdrawn: {date}; destroyed on {until}"
MYDATA_NO_ENTRIES = "\nEntries: none"
MYDATA_OPEN = "\nUnfinished answers: yes; they are wiped {days} days after your last message"
MYDATA_QUEUED = ("\nOn its way to you: {n} message", "\nOn their way to you: {n} messages")
MYDATA_KEPT = "\nMessages in your chat that the bot can still change or take back: {n}"
MYDATA_ASKED = "\nRequests for help that you got: {n}"
MYDATA_LOOKS = "\nLooks of officers at your entries: {n} (/seen lists them)"
MYDATA_ROLE = "\nRole: {role}, station {station}, name {name}\n  from {since} until {until}"
MYDATA_TRACE = "\nWritten down about what you did here (searches, incidents, requests, roles, removals): {n} lines"
MYDATA_INCIDENTS = ("\nIncident that you opened: {n}", "\nIncidents that you opened: {n}")
MYDATA_INCIDENT = "  {reference} · {kind} · opened {opened}, closed {closed}"
MYDATA_NOT_CLOSED = "not yet"
MYDATA_CURRENT = "\nThe incident you work on just now: {reference}"
MYDATA_FACTOR = "\nSecond factor: yes, made on {date}; its secret is sealed"
MYDATA_WATCHED = (
    "\nHow much you look at is counted each day against the limits, and your seniors are told of what stands out."
)
MYDATA_NEWS = "\nBroadcasts of the past month that went to you: {n}"
MYDATA_END = "\nQuestions or complaints: {contact}"
STATE_ACTIVE = "active"
STATE_PAUSED = "paused"
STATE_WITHDRAWN = "withdrawn, sealed"
NONE_GIVEN = "–"
NO_END = "without an end"

# --- the ways in, help -----------------------------------------------------------------------------
WELCOME_BACK = (
    "Welcome back. You have {entries}.\n\n/mine – your entries\n/add – another place\n/help – everything else"
)
HELP = """This bot keeps {city}'s voluntary register of cameras.

/add – register a camera
/mine – see, change, pause or remove your entries
/mydata – a file with everything kept about you
/seen – who looked at your entries
/claim – use the code of a slip or an invitation
/rwa – spread the word for your residents' association
/forget – remove everything
/privacy – what is kept, and what never
/language – हिन्दी / English
/cancel – leave the question that is open

Questions: {contact}"""
HELP_MIDDLE = "A question is still open and stands below once more: answer it, or leave it with /cancel.\n\nAnything unclear? Ask: {contact}"
HELP_WHOLE = "📖 Everything the bot can do"
HELP_OFFICER = """For officers ({station}):

/incident – open the incident you search for: FIR, GD entry or Dial 112
/incidents – your station's incidents: work on one, close it
/near – find the cameras around a place. It asks you step by step, or takes all at once:
/near 22.7196 75.8577 500
/near 22.7196, 75.8577 1.2 km
You can also just send a pin.
✅ – station staff saw the cameras there; 📍 says when
/route – along a way: send its points, or /route 22.7196 75.8577; 22.7236 75.8850; 100
/area – in a station's area, or in a polygon that you send as a file

Every search is written down with your name, and owners can see that your station looked.
To reach owners, press “📨 Ask the owners” under a search. One number: 📍 under the search, then “📞 Show number”, with a reason and your six digits.
/export – the case file, as PDF or table"""
HELP_ADMIN = """For administrators:

/officers – who holds which role; invite, extend, move, end
/roles – who may do what
/broadcast – write to office-bearers, or to owners at a station
/report – the public report, as PDF and text
/health – how the bot is: queue, backup, versions

You are told here when a message could not be handled."""
CANCELLED = "All right, we leave that question. Nothing of it was kept."
NOTHING_TO_CANCEL = "There was nothing to cancel. /help shows what you can do."
CHOOSE_NOW = "Which language?\nकौन-सी भाषा?"

# --- roles and links -------------------------------------------------------------------------------
ROLE_RESIDENT = "resident"
ROLE_OFFICER = "officer"
ROLE_SENIOR = "senior officer"
ROLE_STAFF = "CI-cell staff"
ROLE_BEARER = "office-bearer of an association"
ROLE_ADMIN = "administrator"
ROLE_BEARER_OF = "office-bearer of {society}"
GRANTS_RESIDENT = "register cameras"
GRANTS_OFFICER = "find the cameras near an incident with /near. Every search is written down"
GRANTS_SENIOR = "do what an officer may, and approve what one officer alone may not do"
GRANTS_STAFF = "keep your station's part of the register true"
GRANTS_BEARER = "spread the sign-up link among neighbours, and see counts, never people"
GRANTS_ADMIN = "give and end roles, and be told when the bot has trouble"
ASK_ACCEPT = """This link makes you: {role}
Station: {station}
Name: {name}

It lets you {grants}. Your own registrations stay as they are.

Do you accept?"""
ACCEPT_ROLE = "✅ I accept"
ROLE_DECLINED = "All right. Nothing was granted."
ROLE_GRANTED = "Your role: {role}, station {station}."
HELP_SHOWS = "/help shows everything you can do."
ROLE_ENDED = "Your role as {role}, station {station}, has ended."
LINK_NOT_VALID = (
    "This link is not valid, or no longer valid. Please ask for a new one. To register a camera you need none: /start"
)

# --- search ----------------------------------------------------------------------------------------
ASK_WHERE = "Where did it happen?\n\nSend a pin (📎, then Location), or write the place: 22.7196, 75.8577"
ASK_RADIUS = "📍 {place}\n\nSearch here? Press how far around, or write it: 300 m, 1.2 km"
NO_SEARCH = "✖️ No search"
SEARCH_LEFT = "All right, no search was made."
HINT_QUERY = "I could not read a place in that; I do not know places by name. For example: /near 22.7196 75.8577 500"
HINT_RADIUS = "The radius can be from {least} m to {most}."
SEARCHED = "📍 {place} · within {radius}"
SEARCHED_SWAPPED = "You wrote the two numbers in the other order; I turned them round."
SEARCHED_OUTSIDE = "This is {distance} outside the area of this register."
TOTAL = "{places}, {cameras}{here}\n{order}\n"
ON_THIS_PAGE = "; here {first}–{last}"
ORDER_NEAREST = "Nearest first; within each {step} m, “road: yes” first"
FOUND_LINE = "{n}. {away}{also}\n\u2003{number}{known}"
CAMERAS_FOUND = "📹 {n}"
ROAD_YES = "road: yes"
ROAD_NO = "road: no"
AWAY = "{distance} {compass}"
RIGHT_HERE = "right here"
NOTHING_FOUND = "\nNo registered camera within this distance."
METRES = "{n} m"
KILOMETRES = "{n} km"
PIN_BUTTON = "📍{n}"
NEXT_PAGE = "Next »"
PREVIOUS_PAGE = "« Back"
WIDER = "🔎 Wider: {distance}"
PIN_OF = "📍 {number} · {cameras}{verified}"
NOT_THERE_NOW = "That entry is not there any more. Please search again."
SEARCH_GONE = "That search is not yours, or too old. Please search again: /near"
NORTH = "N"
NORTH_EAST = "NE"
EAST = "E"
SOUTH_EAST = "SE"
SOUTH = "S"
SOUTH_WEST = "SW"
WEST = "W"
NORTH_WEST = "NW"

# --- pictures --------------------------------------------------------------------------------------
MAP_TITLE = "{radius} around {place}"
MAP_TITLE_WAY = "{distance} on either side of the way"
MAP_TITLE_AREA = "Inside the area"
MAP_BARE = "Grid in degrees (WGS-84)"
POSTER_HEAD = "A camera at your home or shop?"
POSTER_CALL = "Register it with {police}. After a crime nearby, they know whom to ask."
POSTER_STEP_SCAN = "Scan this code with your phone"
POSTER_STEP_START = "Press START in Telegram"
POSTER_STEP_TELL = "Give your number, the camera’s place, and how many there are"
POSTER_PROMISE_FEED = "Your camera’s pictures are never taken"
POSTER_PROMISE_LOOK = "Police look only after an incident, and every look is written down"
POSTER_PROMISE_FREE = "It is voluntary: change or withdraw it at any time"
POSTER_ASK = "Questions: {contact}"

# --- incidents -------------------------------------------------------------------------------------
ASK_REFERENCE = """Which incident is it? Write its number:

FIR 123/2026
GD 12 (an entry of today), GD 12 23-11-2026
112 P24112600123"""
NEEDS_INCIDENT = "Every search needs an incident. Two short questions, then comes the answer.\n\n{question}"
TRAINING_INCIDENT = "🎓 Training"
TRAINING_NAME = "Training"
NO_INCIDENT = "✖️ Leave it"
INCIDENT_LEFT = "All right, no incident was opened."
HINT_REFERENCE = "I cannot read that as a number of an FIR, a GD entry or a Dial 112 event. For example: FIR 123/2026"
HINT_REFERENCE_EMPTY = "There is no number in that. An incident needs one: the GD entry is enough, for example GD 12."
HINT_REFERENCE_NOT_GIVEN = "“NA” is no reference. Without a number nobody is searched for: make a GD entry first, and write its number, for example GD 12."
HINT_REFERENCE_NO_YEAR = "The year is missing: please write FIR 123/2026, or for a diary entry GD 12."
HINT_REFERENCE_FUTURE = "That number belongs to a day or year that is still to come. Please look at it once more."
HINT_REFERENCE_CLOSED = (
    "{reference} was closed at your station. For a new enquiry, please take the number of today's GD entry."
)
HINT_TRAINING = "Made-up incidents are for the sandbox. Here a search needs a real number: FIR, GD entry or Dial 112."
ASK_WHOSE = "Another station has an open incident under {reference}. Is it the same one?\n\nThat station is told when you work on theirs."
WORK_ON_THEIRS = "Theirs: {station}"
OURS_IS_ANOTHER = "Ours is another"
ASK_INCIDENT_KIND = "What happened?"
INCIDENT_THEFT = "theft"
INCIDENT_BURGLARY = "burglary"
INCIDENT_SNATCHING = "snatching"
INCIDENT_VEHICLE = "vehicle theft"
INCIDENT_ACCIDENT = "accident"
INCIDENT_ASSAULT = "assault"
INCIDENT_MISSING = "missing person"
INCIDENT_OTHER = "other incident"
ASK_WINDOW = """When was it? Press a button, or write from when until when:

14:00-15:00
21 Nov 22:30 to 23:15"""
LAST_HOUR = "Last hour"
LAST_3_HOURS = "Last 3 hours"
TODAY_SO_FAR = "Today (12 hours at most)"
HINT_WINDOW = "I need two times, from when until when. For example: 14:00-15:00, or 21 Nov 22:30 to 23:15"
HINT_WINDOW_WHICH_HALF = "At night or by day? Please write am or pm, or all four digits: 02:00-03:00, 14:00-15:00."
HINT_WINDOW_FUTURE = "That time is still to come. If it was yesterday, please write: yesterday 22:30-23:15"
HINT_WINDOW_UPSIDE_DOWN = "It ends before it begins. Please write the earlier time first: 14:00-15:00"
HINT_WINDOW_TOO_OLD = "That is more than a year ago: no recording is kept so long. Please look at the date once more."
ASK_LONG_WINDOW = (
    "That is {hours} hours. For more than 12 hours, a senior officer of your station has to say yes. Shall I ask?"
)
ASK_A_SENIOR = "Ask a senior officer"
ANOTHER_WINDOW = "A shorter time"
NO_SENIOR = "Your station has no other senior officer here who could say yes. Please choose 12 hours at most: /incident"
SENIOR_ASKED = "Your station's senior officers were asked. You are told here as soon as one of them has answered."
MAY_SEARCH_LONG = (
    "{who} asks for a time of {hours} hours, more than one officer alone may choose:\n\n{incident}\n\nDo you allow it?"
)
ALLOW = "✅ Allow"
DISALLOW = "✖️ Do not allow"
DECIDED_YES = "✅ You allowed it. The officer was told."
DECIDED_NO = "✖️ You refused it. The officer was told."
DECISION_OVER = "That request was answered before, is too old, or is not for you to answer."
LONG_WINDOW_ALLOWED = "✅ {who} allowed it:\n\n{incident}\n\nThis is now your current incident, for 12 hours. Please send your search (again): /near"
LONG_WINDOW_REFUSED = (
    "✖️ {who} did not allow so long a time for {reference}. With 12 hours at most you can open it alone: /incident"
)
WINDOW = "{day}, {start} to {end}"
WINDOW_OF_TWO_DAYS = "{first}, {start} to {last}, {end}"
INCIDENT_CARD = "🗂 {reference} · {kind}\n📍 {place}\n🕑 {window}"
INCIDENT_OPENED = "{incident}\n\nThis is your current incident for 12 hours, or until it is closed. Now you can search: /near. /incidents shows it again."
INCIDENT_CURRENT = "{incident}\n\nThis is your current incident for 12 hours, or until it is closed: /incidents"
TAKEN_UP_ELSEWHERE = "{who} (station {station}) works on your station's {reference} from now on."
INCIDENTS_NONE = "No incident is open at {station}. /incident opens one."
INCIDENTS_LIST = ("At {station}, {n} incident is open:\n", "At {station}, {n} incidents are open:\n")
INCIDENT_LINE = "▫️ {reference} · {kind} · {window}"
INCIDENT_LINE_CURRENT = "👉 {reference} · {kind} · {window} (your current one)"
INCIDENT_BUTTON = "🗂 {reference}"
WORK_ON_IT = "👉 Work on it"
SAY_ITS_KIND = "What happened"
CLOSE_INCIDENT = "🔒 Close it"
TAKE_FILE = "📁 Its file, to take along"
ALL_INCIDENTS = "« All incidents"
SURE_CLOSE_INCIDENT = "Close {reference}? After that nobody can search for it, and it cannot be opened again."
YES_CLOSE_INCIDENT = "🔒 Yes, close it"
KEEP_OPEN = "Keep it open"
INCIDENT_CLOSED = "🔒 {reference} is closed. Thank you. /incident opens another."
INCIDENT_CLOSED_NOW = "{reference} is closed, so nobody can search for it any more. For a new enquiry: /incident"
INCIDENT_GONE = (
    "That incident is not one of your station's. /incidents shows those, /incident takes up another's by its number."
)
SEARCH_OF_CLOSED = "That search was for {reference}, which is closed. For a new enquiry: /incident"
SEARCH_OF_ANOTHER = "That search was for {reference}, which you do not work on just now."

# --- limits and alarms -----------------------------------------------------------------------------
MEASURE_SEARCHES = "searches"
MEASURE_PLACES = "places shown"
MEASURE_NUMBERS = "phone numbers shown"
LIMIT_REACHED = "⛔ That would be more than one officer may do in a day ({most} {measure}). A senior officer of your station can allow as many again for today, and was told just now."
LIMIT_WITHOUT_SENIOR = "⛔ That would be more than one officer may do in a day ({most} {measure}). Only another senior officer of your station can allow more, and there is none here. Tomorrow it begins anew."
LIMIT_LIFTED = "✅ {who} allowed as many {measure} again for today. Please send it once more."
LIFT_OVER = "That limit is of another day, was lifted before, or is not for you to lift."
ALLOW_AGAIN = "✅ Allow as many again today"
ALARM_NEARLY = "⚠️ {who}, station {station}, has used four fifths of what one officer may do in a day: {most} {measure}."
ALARM_REACHED = "⛔ {who}, station {station}, has reached what one officer may do in a day: {most} {measure}."
ALARM_OWN_ADDRESS = "⚠️ {who}, station {station}, searched around an address of their own. Incident: {reference}."
ALARM_SAME_PLACE = (
    "⚠️ {who}, station {station}, searched the same place {n} times in {days} days. Incident now: {reference}."
)
ALARM_NO_REQUEST = "⚠️ {who}, station {station}, made {n} searches for {reference}, and no owner was asked for help."
NO_REFERENCE = "none"

# --- routes and areas ------------------------------------------------------------------------------
ASK_WAY = "Which way? Send its points one after another (📎, then Location), or write them all:\n22.7196 75.8577; 22.7236 75.8850"
ASK_WAY_ON = "🛣 {points}. Send the next one, or press Done."
WAY_POINTS = ("{n} point", "{n} points")
WAY_DONE = "✅ Done"
ASK_WIDTH = "🛣 {length}\n\nHow far to either side of it?"
HINT_ONE_POINT = "A way needs at least two points. Please send the next one."
HINT_WAY = "I could not read every place in that. Put semicolons between them: 22.7196 75.8577; 22.7236 75.8850"
HINT_WAY_LONG = "A way can have {most} points and be {length} long. Please search it in parts."
HINT_WAY_OUTSIDE = "That point is {km} km outside the area of this register. Please look at it once more."
HINT_WIDTH = "Please choose 50, 100 or 200 m."
SEARCHED_WAY = "🛣 {points}, {length} · within {width} of it"
ORDER_WAY = "As one passes them: after how far, how far off"
AFTER = "{after}, {beside} off"
ASK_AREA = "Which area? Choose a station, or send a file with a polygon: GeoJSON or KML, 5 MB at most."
STATION_BUTTON = "🚓 {station}"
HINT_AREA = "Please choose a station, or send a GeoJSON or KML file as a document (📎, then File)."
HINT_NO_STATION = "I do not know the outline of a station of that name."
HINT_FILE = "I could not read that file. It should be GeoJSON or KML; a KMZ has to be unpacked first."
HINT_FILE_LARGE = "That file is larger than 5 MB. Please simplify the polygon."
HINT_NO_POLYGON = "There is no polygon in that file, in degrees of longitude and latitude (WGS-84)."
HINT_CROSSES_ITSELF = "The border of that polygon crosses itself. Please mend it and send it again."
HINT_AREA_OUTSIDE = "That area lies outside the city that this register covers."
HINT_AREA_LARGE = "That area is larger than {most} km², more than one search may cover. Please send a part of it."
HINT_AREA_DETAILED = "That polygon has more than 5,000 corners. Please simplify it."
SEARCHED_AREA = "⬠ Area of {km2} km²"
ORDER_FROM_INCIDENT = "Nearest to the incident first; within each {step} m, “road: yes” first"
ORDER_FROM_MIDDLE = "Nearest to the middle first; within each {step} m, “road: yes” first"

# --- what is overwritten first ---------------------------------------------------------------------
ORDER_SOON = "What is overwritten soonest comes first"
KEPT_DAYS_LEFT = ("{n} day left of {kept}", "{n} days left of {kept}")
KEPT_HOURS_LEFT = "{kept}, {n} h left"
KEPT_GONE = "{kept}, gone?"
OVERWRITTEN_FIRST = "⏳ Overwritten first"
USUAL_ORDER = "📏 Usual order"

# --- asking owners ---------------------------------------------------------------------------------
ERASED = "🗑 This message was taken back."
ONE_MOMENT = "🔒 One moment…"
ASK_OWNERS = "📨 Ask the owners"
ASK_NEEDS_INCIDENT = "A request belongs to the incident that you work on. Please take it up first: /incidents"
NOTHING_TO_ASK = "This search found nothing, so there is nobody to ask."
ASK_WHOM = "Whom shall the bot ask? Your search found {places}."
ASK_WHOM_OF_MORE = "Whom shall the bot ask? One request can go to the nearest {places} of your search."
ASK_ALL = "All {n}"
ASK_FIRST = "The first {n}"
ASK_EACH = "One by one"
ASK_NOBODY = "✖️ Ask nobody"
ASKED_NOBODY = "All right, nobody was asked."
ASK_EACH_OF = (
    "Press the places to ask; the numbers are those of your search. {n} is chosen.",
    "Press the places to ask; the numbers are those of your search. {n} are chosen.",
)
PICKED = "✅ {n}"
NOT_PICKED = "{n}."
GO_ON = "➡️ Go on"
HINT_CHOOSE = "Please choose at least one place."
ASK_TIME = "Which time shall owners keep? That of the incident, or write another: 14:00-15:00, 21 Nov 22:30 to 23:15"
SAME_TIME = "🕑 That of the incident"
HINT_KEEP_SHORTER = "Please ask for at most 12 hours, so that owners know what to look at."
ASK_DEADLINE = "By when shall they answer?"
IN_HOURS = ("in {n} hour", "in {n} hours")
PREVIEW = "{owners} will read this, each in their own language:\n\n{reads}"
SEND_REQUEST = "📨 Send it"
NOBODY_TO_ASK = (
    "There is nobody to ask: the entries are gone, or their owners were asked for this incident within the last day."
)
REQUEST_SENT = "✅ On its way to {owners}. The message below shows how they answer, and changes by itself."
OWNERS = ("{n} owner", "{n} owners")
NO_SENIOR_TO_ASK = (
    "More than {most} owners need a senior officer's yes, and your station has none here. Please choose fewer."
)
SENIOR_ASKED_MANY = (
    "More than {most} owners need a second officer's yes. Your seniors are asked; you are told what they say."
)
MAY_ASK_MANY = "{who} wants to ask {owners}:\n\n{reads}\n\nDo you allow it?"
MANY_ALLOWED = "{who} allowed it: the request is on its way to {owners}."
MANY_REFUSED = "{who} did not allow the request to {owners}, or it cannot be sent any more."
OWNER_ASKED = """📨 {police}, station {station}, asks you for help.
Reference: {reference} · {kind}

Perhaps your cameras ({numbers}) saw something. Please look, and please keep {window} until an officer calls.

This is a request, not an order: helping is voluntary. Do not send anything here; the bot takes no recordings, an officer collects them from you.

Please answer by {deadline}:"""
OWNER_REMINDED = "🔔 A reminder, the only one:\n\n{asked}"
OWNER_ANSWERED = "{asked}\n\n✔️ Your answer: {answer}. Thank you! Until {deadline} you can change it."
I_HAVE_IT = "✅ I have it"
CAMERA_WAS_OFF = "🔧 The camera was not working"
NOT_COVERED = "↔️ It does not cover that"
CANNOT_HELP = "🚫 I cannot help"
CALL_ME = "📞 Call me"
MAY_SHARE = "May the officer of station {station} who asks for this ({reference}) see your phone number, to call you? It is shown to that officer alone, for {hours} hours."
SHARE_YES = "✅ Yes, show it"
SHARE_NO = "No, keep it hidden"
SHARED = "Thank you! The officer of station {station} sees your number until {until}."
NOT_SHARED = "All right, your number stays hidden: no officer sees it for this incident."
OFFICER_GONE = "Thank you! The officer who asked is not on duty here any more, so your number was not shown to anyone."
NUMBER_SHARED = "📞 {phone}\n{numbers} · {reference}\n{answer}\n\nThe owner allows you to call. This message goes after {hours} hours."
ASK_OVER = "Thank you for wanting to help! The time for this request is over, so there is nothing left to do. If you did keep a recording, every police station will be glad to hear of it."
ASK_GONE = "This request is not open for you any more. Thank you all the same!"
LIVE_HEAD = "📨 {reference} · {window}\n{ends}\n"
LIVE_UNTIL = "Answers until {deadline}"
LIVE_OVER = "Over since {deadline}"
LIVE_CLOSED = "Over: the incident is closed"
LIVE_ASKED = "{owners} asked · {delivered} delivered · {silent} silent"
LIVE_ON_THE_WAY = "Still on the way: {n}"
LIVE_UNREACHABLE = "Not delivered, the bot cannot reach them: {n}"
LIVE_ANSWER = "{answer}: {n}"
LIVE_HAS = "   {number} · {answer}"
LIVE_MORE = "   and {n} more"
OVERWRITTEN_IN = ("⏳ overwritten in {n} day", "⏳ overwritten in {n} days")
OVERWRITTEN_SOON = "⏳ may be overwritten by now"
ASK_HELPED = ("{n} owner answered. Did the footage help?", "{n} owners answered. Did the footage help?")
YES_HELPED = "🎥 Yes, tell those who had it"
JUST_THANKS = "🙏 Just thank them"
OWNERS_THANKED = ("Done, {n} owner is thanked.", "Done, {n} owners are thanked.")
THANK_YOU = (
    "🙏 {police} thank you for answering the request {reference}. The case is closed here; nothing more is needed."
)
IT_HELPED = "🙏 Your footage helped! {police} thank you for your help with {reference}. The case is closed here; nothing more is needed."

# --- the number behind a second step ---------------------------------------------------------------
SHOW_NUMBER = "📞 Show number"
ASK_REASON = "Why do you need this owner's number? Your reason is written down, and the owner can see that their number was opened."
REASON_RECORDING = "To ask for the recording"
REASON_VISIT = "To agree on a visit"
REASON_SOON = "The recording is about to be overwritten"
NO_NUMBER = "✖️ No number"
HINT_REASON = "Tap one of the reasons, or write yours in a few words."
ASK_SIX_DIGITS = "Now the six digits that your code app shows. Your message is deleted from this chat."
HINT_SIX_DIGITS = "A code is six digits, such as 123 456. Open your code app and write what it shows now."
CODE_WRONG = (
    "That code is not right. Wait for the next one and write that. {n} more wrong code locks it.",
    "That code is not right. Wait for the next one and write that. {n} more wrong codes lock it.",
)
CODE_USED = "That code was used already: each works once. Wait for the next one, half a minute at most, and write that."
CODE_LOCKS = "Five wrong codes: no code is taken until {time}. Your station's administrator has been told. If it was not you, tell them now."
CODE_LOCKED = "No code is taken until {time}, because five were wrong. Try again after that."
CODE_LOCKED_TOLD = "⚠️ {name}, station {station}: five wrong second-factor codes in a row, so it is locked until {time}. Please ask them whether it was they."
NO_FACTOR = "Numbers need a second factor, and you have none yet. Your administrator sets it up with you at the station: it takes a minute."
NO_NUMBER_SHOWN = "No number was shown."
NUMBER_NEEDS_INCIDENT = "A number is shown only for the incident you are working on. Open it or take it up with /incident, then tap here again."
NUMBER_IS = """📞 {phone}
Entry {number}, for {reference}. This message is deleted in 10 minutes, and the owner can see that their number was opened."""
NUMBER_KEPT_BACK = "The owner of entry {number} does not want the number shown for this incident, and it stays hidden. You can still go there and ask."
NUMBER_GONE = "The owner of entry {number} has no number here any more."

# --- what owners see of looks ----------------------------------------------------------------------
SEEN_NONE = "No officer has looked at your entries so far. When one does, it stands here: the day, the station and the kind of incident."
SEEN_TITLE = "👁 Who looked at your entries, the newest first:\n"
SEEN_LINE = "{day} · {station} · {kind}\n      {number}: {act}"
SEEN_PLACE = "found in a search"
SEEN_PIN = "shown on the map"
SEEN_VISIT = "checked on the spot by the station's staff"
SEEN_FILE = "went into the case file, without your phone number"
SEEN_EXPORT = "your phone number went into the case file"
SEEN_NUMBER = "your phone number was shown"
SEEN_NO_INCIDENT = "no incident"
SEEN_LATER = "\nWhile a case is open, a senior officer can delay its lines by at most {most} days. Then they appear by themselves."
SEEN_NOTE = (
    "👁 Officers looked at your entries on {n} occasion: /seen",
    "👁 Officers looked at your entries on {n} occasions: /seen",
)
DELAY_NO_INCIDENT = "This is for the incident of your own station that you work on, while it is open. Please take one up first: /incidents"
ASK_DELAY = "For how many days shall owners not yet read under /seen that their entries were looked at for this incident? At most {most}, and only once."
DELAY_NOT = "✖️ No delay"
DELAY_LEFT = "All right, owners read it at once, as usual."
ASK_DELAY_WHY = "Why must owners wait {days}? Please write one sentence. It is kept with your name."
HINT_DELAY_DAYS = "Please write the number of days, from 1 to {most}."
HINT_DELAY_WHY = (
    "Please write the reason in a sentence, at most {most} letters, such as: the suspect may be an owner's neighbour."
)
DELAYED = "Done. Owners read of the looks for this incident from {day} on, by themselves. Your reason is kept."
DELAYED_BEFORE = "A delay can be ordered only once for an incident. For this one it ends on {day}."
PROMISES = "🤝 What we promise, each sentence tested every time the bot is changed:\n"
PROMISE_INCIDENT = "• An officer sees your entry only for an incident with a reference in the police's own books, and every look is written down."
PROMISE_SEEN = "• You can read every look under /seen: the day, the station and the kind of incident."
PROMISE_DELAY = "• For an open case a senior officer can delay that by at most 30 days, once, with a reason that is kept. Then it appears by itself."
PROMISE_NUMBER = "• No search shows your phone number. Where an officer does see it, you read that too."
PROMISE_FEED = "• The bot takes no picture, no recording, no password and no way into your camera."
PROMISE_REQUEST = "• A request for help is a request: you may say no, or nothing at all."
PROMISE_SHARE = "• After a request you are asked for your number. If you say yes, that officer alone sees it, for 24 hours. If you say no, no officer sees it for that incident."
PROMISE_LEAVE = "• You can see, change and remove everything yourself, at any time. What you remove, nobody finds."
PROMISE_SEALED = (
    "• Numbers, places and messages are kept sealed: a stolen copy of the register tells a burglar nothing."
)

# --- the trace and the case file -------------------------------------------------------------------
EXPORT_WHAT = """{incident}

What shall the file be? It holds those who were asked, and what they answered: {places}. No phone number is in it."""
EXPORT_WHAT_WITH = """{incident}

The same with the numbers of those who have it or want a call, and did not say no to that: {n}. That takes a reason and your second factor, and each of them can see it."""
FORM_PDF = "📄 PDF, to print and sign"
FORM_XLSX = "📊 Excel"
FORM_CSV = "CSV"
FORM_GEOJSON = "🗺 GeoJSON"
FORM_KML = "🗺 KML"
EXPORT_WITH = "📞 With numbers …"
EXPORT_WITHOUT = "« Without numbers"
EXPORT_NOBODY_ASKED = "Nobody has been asked for {reference} yet, so there is nothing to take along. Search with /near, then ask the owners."
EXPORT_NEEDS_INCIDENT = (
    "Which incident? Open it or take it up with /incident, or write its reference: /export FIR 123/2026"
)
EXPORT_UNKNOWN = "No incident stands here under {reference}. Your station's are in /incidents."
EXPORT_OTHER_STATION = "This is an incident of station {station}; they are told that you took its file."
EXPORT_TOLD = "📁 {who}, station {station}, took the file of your incident {reference}."
EXPORT_NUMBERS_CLOSED = (
    "{reference} is closed, and numbers are for open incidents only. The file without numbers is there as before."
)
EXPORT_NUMBERS_NOT_CURRENT = (
    "Numbers are for the incident you are working on. Take {reference} up with /incident first."
)
EXPORT_CAPTION = "📁 {reference}: {places}. For the case file only."
CASE_TITLE = "Cameras around an incident: who was asked, what they answered"
CASE_TRAINING = "TRAINING: not a real case"
CASE_NOTE = "From the voluntary register of private cameras of {city}. Owners were asked and were free to refuse; no recording came through the register."
CASE_MADE = "Made by {officer}, station {station}, on {time} · {reference}"
CASE_PAGE = "page {n} of {all}"
CASE_MAP = "Places that were asked"
CASE_MAP_FIRST = "The map shows the first {n} of {all}."
COLUMN_N = "No."
COLUMN_ENTRY = "Entry"
COLUMN_PLACE = "Place"
COLUMN_LAT = "Latitude"
COLUMN_LON = "Longitude"
COLUMN_CAMERAS = "Cameras"
COLUMN_ASKED = "Asked"
COLUMN_WINDOW = "Asked to keep"
COLUMN_ANSWER = "Answer"
COLUMN_ANSWERED = "Answered"
COLUMN_DAYS = "Overwritten in (days)"
COLUMN_NUMBER = "Phone number"
COLUMN_INCIDENT = "Incident"
COLUMN_STATION = "Station"
COLUMN_OFFICER = "Officer"
COLUMN_MADE = "File made"
FACT_KIND = "Kind of incident"
FACT_PLACE = "Where"
FACT_WINDOW = "When"
FACT_ASKED = "Owners asked"
FACT_ANSWERS = "Answers"
NO_ANSWER_YET = "no answer yet"
CERTIFICATE = "Certificate under section 63(4)(c) of the Bharatiya Sakshya Adhiniyam, 2023"
CERTIFICATE_NOTE = "Form after the Schedule of the Act, to be filled in and signed by hand; nothing in it was filled in by the register."
PART_A = "Part A (to be filled by the party)"
PART_B = "Part B (to be filled by the expert)"
CERTIFICATE_I = "I, {blank} (name), son / daughter / spouse of {blank}, residing / employed at {blank}, do hereby solemnly affirm and sincerely state and submit as follows:"
CERTIFICATE_SOURCE_A = "I have produced electronic record / output of the digital record taken from the following device / digital record source (tick):"
CERTIFICATE_SOURCE_B = "The produced electronic record / output of the digital record is obtained from the following device / digital record source (tick):"
CERTIFICATE_DEVICES = "{box} computer / storage media   {box} DVR   {box} mobile   {box} flash drive   {box} CD / DVD   {box} server   {box} cloud   {box} other: {blank}"
CERTIFICATE_MAKE = "Make and model: {blank}   Colour: {blank}   Serial number: {blank}   IMEI / UIN / UID / MAC / cloud ID: {blank} (as applicable), and any other relevant information about the device / digital record: {blank}"
CERTIFICATE_CONTROL = "The digital device or the digital record source was under lawful control for regularly creating, storing or processing information for the purposes of carrying out regular activities, and during this period the computer or the communication device was working properly and the relevant information was regularly fed into the computer during the ordinary course of business. If the computer / digital device at any point of time was not working properly or out of operation, then it has not affected the electronic / digital record or its accuracy. The digital device or the source of the digital record is:"
CERTIFICATE_MINE = "{box} owned   {box} maintained   {box} managed   {box} operated   by me (select as applicable)."
CERTIFICATE_HASH = "I state that the HASH value/s of the electronic / digital record/s is {blank}, obtained through the following algorithm:"
CERTIFICATE_ALGORITHMS = "{box} SHA1   {box} SHA256   {box} MD5   {box} other: {blank} (legally acceptable standard)   (hash report to be enclosed with the certificate)"
CERTIFICATE_SIGNED_A = "(Name and signature)"
CERTIFICATE_SIGNED_B = "(Name, designation and signature)"
CERTIFICATE_WHEN = "Date (DD/MM/YYYY): {blank}   Time (IST, 24 hours): {blank}   Place: {blank}"
MENU_EXPORT = "The file of an incident, to take along"

# --- associations: links, posters, progress --------------------------------------------------------
INVITED_BY = "🏘 {society} invites you to register your cameras, as your neighbours do. It takes two minutes, and it is voluntary."
HELP_SOCIETIES = """For CI-cell staff, to spread the word:

/link – the societies of your station: enter one, invite its office-bearer, renew or withdraw its links
/link new Shanti Niketan, Vijay Nagar – enters one at once"""
MYDATA_WISH = "\nYou asked to spread the word for: {society}, {place}; as: {who}"
MYDATA_CAME_BY = "\nYou came here by the link of: {society}"
HINT_NAME_UNSEEN = "There are signs in that name that nobody can see; they often come along when a name is copied. Please type it yourself."
HINT_NAME_SIGN = "A poster cannot show “{sign}”. Please write the name in Hindi or English letters."
HINT_NAME_LONG = "That name has {n} letters; at most {most} fit on a poster. Please shorten it."
HINT_NAME_SHORT = "Please write the whole name, such as: Shanti Niketan Society"
HINT_NAME_NUMBER = "Everyone will see this name, so please leave phone numbers and web addresses out of it."
ASK_YOUR_SOCIETY = (
    "What is your society called?\n\nWrite its name as it should stand on its poster, such as: Shanti Niketan"
)
ASK_SOCIETY = "What is the society called?\n\nWrite its name as it should stand on its poster, such as: Shanti Niketan"
ASK_SOCIETY_PLACE = "Where is {society}?\n\nSend a pin of its gate (📎, then Location), or write the locality, such as: Scheme 54, Vijay Nagar"
ASK_WHO = "What is your name, and which office do you hold?\n\nFor example: Sunita Verma, secretary. Only the CI cell of your police station reads this."
HINT_SOCIETY = "Please write the name in one message."
HINT_LOCALITY = "Please send a pin, or write the locality in Hindi or English letters, such as: Vijay Nagar"
HINT_SOCIETY_OUTSIDE = "That is {km} km outside the area of this register. Please check the pin, or write the locality."
HINT_WHO = "Please write your name and office, at most {most} letters, such as: Sunita Verma, secretary"
FOUNDING_LEFT = "All right, nothing was entered."
RWA_SENT = "Thank you. The CI cell of the police has been asked about {society}. You will hear here what they decide."
RWA_WAITS = "The CI cell has your request and has not answered yet. You will hear here as soon as it does."
RWA_TOO_MANY = "You have asked three times this month. Please talk to: {contact}"
RWA_ASKS = "🏘 {who}\nasks to spread the sign-up link of: {society}\nPlace: {place}\n\nWhoever you approve gets the society's link and poster, and sees counts, never people. The bot cannot check who somebody is: approve only whom you know."
RWA_APPROVE = "✅ Approve"
RWA_REFUSE = "✖️ Refuse"
RWA_WAS_APPROVED = "{asked}\n\n✅ Approved: {by}"
RWA_WAS_REFUSED = "{asked}\n\n✖️ Refused: {by}"
RWA_GONE = "That request is not there any more."
RWA_APPROVED = "🏘 The CI cell said yes: you now spread the word for {society}."
RWA_REFUSED = "The CI cell did not agree to your request about {society}. Please talk to them: {contact}"
OFFICER_BEGINS = "To find cameras, send a pin, or /near; the bot asks for which incident. A camera of your own: /add"
STAFF_BEGINS = (
    "Begin with /verify: it leads you from one entry to the next. /coverage shows where there are no cameras yet."
)
ADMIN_BEGINS = "Begin with /officers: who holds which role, and new invitations. /health shows how the bot is."
BEARER_BEGINS = "Begin with /invite: it gives you the link, a text to forward and a poster."
LINK_NEW = "new"
NO_SOCIETIES = "No society has a link here yet. Enter the first one: you get an invitation for its office-bearer."
SOCIETIES = ("{n} society of {station} has a link.", "{n} societies of {station} have links.")
SOCIETY_BUTTON = "🏘 {name}"
SOCIETY_NEW = "➕ New society"
SOCIETY_MADE = "🏘 {society} is entered."
BEARER_INVITE = "For the office-bearer of {society} – please pass this link on to that person alone. It works once, within 48 hours:\n\n{link}"
SOCIETY_CARD = "🏘 {society}\n📍 {place}\n"
SOCIETY_BEARER = "Office-bearer: {name}"
SOCIETY_NO_BEARER = "Nobody spreads the word for it yet."
SOCIETY_INVITED = "An invitation waits to be used."
SOCIETY_SHUT = ("{n} sign-up link is withdrawn.", "{n} sign-up links are withdrawn.")
SOCIETY_INVITE = "✉️ Invite an office-bearer"
SOCIETY_RENEW = "🔄 Renew links"
SOCIETY_CLOSE = "⏹ Withdraw"
ALL_SOCIETIES = "« All societies"
SOCIETY_GONE = "That society is not there any more. /link shows all."
SURE_RENEW = "Renew the sign-up links of {society}? The old ones and the posters that hang already then open the sign-up without the society's name, and count no more."
YES_RENEW = "🔄 Yes, renew"
SURE_CLOSE = "Withdraw {society}? Its links and invitations end, and so do the roles of its office-bearers. What neighbours registered stays."
YES_CLOSE = "⏹ Yes, withdraw"
KEEP_IT_SO = "Leave it"
LINKS_RENEWED = "🔄 {society} has new sign-up links. Its office-bearers have been told."
LINKS_RENEWED_BY_STAFF = (
    "🔄 The CI cell renewed the sign-up links of {society}. Please send the new one, and hang new posters: /invite"
)
SOCIETY_CLOSED = "⏹ {society} is withdrawn. Its office-bearers have been told."
NO_SOCIETY = "Your role belongs to no society yet. Ask for yours with /rwa, or ask the CI cell of your police station for an invitation."
NOT_YOUR_SOCIETY = "That is not your society, or not any more. /invite shows yours."
AS_IT_IS = "{words}"
INVITE = "🏘 {society}\n\nYour sign-up link:\n{links}\n\nForward one of the two texts below, or press Share under it. The poster is for the gate, the lift and the notice board."
INVITE_SHUT = "🏘 {society}\n\nYour sign-up link is withdrawn. “{key}” makes a new one."
BOTH_LINKS = "Telegram: {telegram}\nWhatsApp: {whatsapp}"
FORWARD = """Dear neighbours of {society}, many of us have cameras at our homes and shops. When something happens nearby, they can help the police find out what it was. Please register yours with the police:

📱 your mobile number
📍 the place of the camera
📹 how many there are

Nothing else. No picture, no live view and no password is ever taken. The police ask you only when an incident needs it, and whether you share a recording stays your decision each time. It is voluntary, takes two minutes, and can be undone at any time.

{links}"""
FORWARD_SHORT = "Dear neighbours of {society}, please register your cameras with the police. Two minutes, voluntary; no picture is ever taken."
SHARE_HINDI = "↗️ Share in Hindi"
SHARE_ENGLISH = "↗️ Share in English"
POSTER_PDF = "🖨 Poster to print"
POSTER_PNG = "🖼 Poster as a picture"
POSTER_PDF_FILE = "poster.pdf"
POSTER_PNG_FILE = "poster.png"
POSTER_HERE = "The poster of {society}, in Hindi and English. Its code has a link of its own, so that /progress shows what it brings."
POSTER_SHUT = "The code on the poster of {society} is withdrawn. “{key}” under /invite makes a new one."
POSTER_CONTACT = "{station} police station, {contact}"
WHICH_RENEW = "{society}: renew which of the two? The old one then opens the sign-up without your society's name, and counts no more."
WHICH_STOP = (
    "{society}: withdraw which of the two? It then opens the sign-up without your society's name, and counts no more."
)
DOOR_MESSAGE = "💬 The link in messages"
DOOR_POSTER = "🖨 The code on posters"
DOOR_RENEWED = "🔄 Here is your new link. The old one counts no more."
POSTER_RENEWED = "🔄 The poster has a new code. Please take the old posters down."
DOOR_STOPPED = "⏹ Withdrawn. Whoever opens it from now on comes to the ordinary sign-up."
AT_LEAST = "at least {n}"
FEWER_THAN = "fewer than {n}"
PROGRESS_HEAD = "🏘 {society}\n"
PROGRESS_NEW = "Fewer than {n} neighbours have opened the link so far. From {n} on you see here how many sign up, with how many cameras, and where they stop: in steps of {n}, so that nobody can tell who it was."
PROGRESS_LINE = "{what}: {in_all}\n  this week: {week}"
PROGRESS_LINE_FEW = "{what}: {in_all}"
SIGN_UPS = "at least {n} sign-ups, at least {cameras} cameras"
FEW_SIGN_UPS = "fewer than {n} sign-ups"
BY_ALL = "In all"
BY_MESSAGE = "By messages"
BY_POSTER = "By the poster"
PROGRESS_GOAL = "\n🎯 Your goal: {goal} sign-ups"
PROGRESS_GOAL_MET = "\n🎯 Your goal of {goal} sign-ups is reached. Thank you!"
PROGRESS_NO_GOAL = "\n🎯 You have set no goal yet."
PROGRESS_NOTE = "\nNumbers move in steps of {n}, so that nobody can tell from them who signed up, with how many cameras, or who withdrew."
BAR_WEEK = "This week"
BAR_ALL = "In total"
BAR_GOAL = "Goal"
CHART_SIGNUPS = "Sign-ups: {society}"
CHART_STOPS = "How far neighbours come: {society}"
STOPS_HEAD = "How far neighbours come:"
STEP_LINE = "{step}: {count}"
STEP_OPENED = "opened the link"
STEP_AGREED = "agreed"
STEP_NUMBER = "gave their number"
STEP_PLACE = "gave the place"
STEP_SAVED = "saved"
TRY = "\n💡 {suggestion}"
TRY_FORWARDING = "Few have opened the link yet. Forward the text to your group in the evening, and hang the poster at the gate and in the lift."
TRY_NOTICE = "Many stop at the notice. Tell neighbours: it is voluntary, no picture is ever taken, and all of it can be undone at any time."
TRY_NUMBER = "Many stop at the phone number. Tell neighbours: it goes to the police alone, no neighbour and no office-bearer ever sees it. The button under the text field gives it, on a phone."
TRY_PLACE = (
    "Many stop at the place. Tell neighbours: standing at the camera, press “{key}”; from elsewhere, 📎, then Location."
)
TRY_SAVING = (
    "Many stop just before the end. Tell neighbours: only “{key}” registers the camera, and it can be changed later."
)
TRY_THANKING = "The goal is reached: thank your neighbours in the group, and set a new one if houses are still missing."
TRY_ASKING = "Nobody gets stuck. Ask those who signed up to tell the two houses beside them."
SET_GOAL = "🎯 Set a goal"
ASK_GOAL = "How many sign-ups do you aim for? One for each house with a camera is a good goal.\n\nPress a button, or write the number."
HINT_GOAL = "Please write one number, such as 50."
HINT_GOAL_RANGE = "A goal can be from {least} to {most}."
GOAL_SET = "🎯 Your goal: {goal} sign-ups. All office-bearers of your society see it."
WEEKLY_OFF = "🔕 No weekly message"
WEEKLY_ON = "🔔 Weekly message"
WEEKLY_IS_OFF = "🔕 You get no weekly message any more. /progress shows the numbers at any time."
WEEKLY_IS_ON = "🔔 You get a message every Monday."
DIGEST = "📣 {society}, last week: {week}\n  in all: {in_all}"
DIGEST_FEW = "📣 {society}: {in_all} so far."
DIGEST_MORE = "📊 See more"
MYDATA_QUIET = "\nWeekly message: muted"
HELP_BEARER = """For office-bearers:

/invite – the link, a text to forward, the poster
/progress – how many signed up, and where neighbours stop

You see counts, never people."""

# --- stations: outlines, verification, numbers -----------------------------------------------------
STATION_UNKNOWN = (
    "The register does not know the area of station {station} yet. Please ask an administrator to import the outlines."
)
ASK_STAND = """Where are you standing now?

Press “📍 Here, where I am”, send a pin (📎, then Location), or write the place: 22.7196, 75.8577"""
WALK_ENTRY = """🚶 {away} · {left}

Entry {number}: {cameras}{known}

Are the cameras there?"""
WALK_LEFT = ("{n} entry to look at", "{n} entries to look at")
WALK_THERE = "✅ Yes, {n}"
WALK_COUNT = "✏️ Another number"
WALK_GONE = "❌ No camera here"
WALK_NOBODY = "🚪 Nobody answered"
WALK_STOP = "✖️ Stop for now"
WALK_STOPPED = "All right, the walk ends here. /verify goes on whenever you like."
ASK_TRUE_COUNT = """How many cameras do you see at entry {number}?

Press a button, or write the number."""
WALK_NOTED = "✅ Entry {number}: noted."
NOT_THERE_NOW_WALK = "Entry {number} is not on your list any more. Nothing was changed."
WALK_DONE = "Nothing is left to look at: every entry of station {station} was seen within a year, or visited this week."
WALK_ENOUGH = "You looked at {most} entries within 24 hours, and more is not possible. Please go on tomorrow."
TOLD_COUNT = "The CI cell of station {station} saw {cameras} at your entry {number} and corrected the number. Is that wrong? /mine"
TOLD_GONE = "On {date} the CI cell of station {station} looked for the cameras of your entry {number} and found none. Officers do not find this entry now. If the cameras are there, one tap brings it back."
BRING_BACK = "▶️ They are there: bring it back"
HELP_STAFF = """For the CI cell ({station}):

/verify – walk from entry to entry, nearest first, and say what you see
/stats – your station's numbers
/coverage – where there are cameras, and where none

Every look is written down with your name."""
STATS = """Station {station} on {date}

📍 {places}
📹 {cameras}
✅ seen by staff within a year: {verified}
🕰 not seen for a year: {stale}
🆕 never seen: {unseen}

New, by week:"""
STATS_WEEK = "from {date}: {places}, {cameras}, {seen} seen by staff, {answered}"
STATS_ANSWERED = ("{n} request answered", "{n} requests answered")
STATS_CHART = "New entries by week, station {station}"
STATS_NONE = "Station {station} has no entries yet."
COVERAGE = """Station {station}: {cells} of about 0.7 km² each

🟦 with cameras: {full}
⬜ without any: {empty}
🟧 of those, next to cells that have some: {matter}

The map shows cameras for each cell. Cells with fewer than {few} places only say so. No place is shown."""
CELLS = ("{n} cell", "{n} cells")
COVERAGE_TITLE = "Cameras by cell, station {station}"
COVERAGE_FEW = "<{n}"
COVERAGE_NOTE = "Orange: no camera, next to cells that have some"
COVERAGE_LARGE = "The area of station {station} has {cells} of 0.7 km²: no readable picture can be made of that."

# --- assisted entries, imports, duplicates ---------------------------------------------------------
OFFER = """There is an old entry for your number (station {station}):

📍 {place}
📹 {cameras}

Nobody finds it until you agree. What shall become of it?"""
OFFER_BY_CODE = """This entry belongs to your code (station {station}):

📍 {place}
📹 {cameras}

What shall become of it?"""
OFFER_KEEP = "✅ It is mine, and right"
OFFER_CORRECT = "✏️ Correct it"
OFFER_LATER = "Decide later"
OFFER_TAKEN = "✅ Entry {number} is yours now. /mine shows your entries."
OFFER_REMOVED = "🗑 It is removed: nobody can find it."
OFFER_WAITS = "All right. It stays hidden until you decide: /start shows it again."
OFFER_GONE = "Nothing waits for your decision any more."
OFFER_MESSAGE = "An old register has an entry for your number. Nobody finds it until you agree."
OFFER_SEE = "👀 See it"
ASK_CODE = "Please write the code from your slip or message, such as 7K4M-92QX-1B8T-ZZ0D"
HINT_CODE = "A code has 16 letters and digits. Please look at the slip once more."
CODE_NOT_VALID = "Nothing belongs to this code, or not any more. Please check it against the slip: /claim"
TOO_MANY_GUESSES = "That was a wrong code too often. Please try again in an hour."
CODE_OF_YOUR_MAKING = "You entered this for somebody else. Only the owner may use its code."
INVITE_OLD_ENTRY = "{police} has an old entry of your cameras. Nobody finds it until you agree. Keep, correct or remove it here: {link} (code: {code})"
MYDATA_WAITING = """
Waits for your decision, found by nobody: {cameras} at {place}, from {date}"""
MYDATA_STATION = "  station: {station}; staff saw it: {seen}; came from: {source}"
SOURCE_OWNER = "you, in this chat"
SOURCE_REGISTER = "an older register, and you agreed"
SOURCE_ASSIST = "station staff, and you agreed"
SOURCE_SLIP = "station staff, with slip {slip} that you signed"
ASK_ASSIST = "What is it about?"
ASSIST_NEW = "➕ Enter cameras for someone"
ASSIST_SIGNED = "✍️ A slip was signed"
ASSIST_LEFT = "All right, nothing was entered for anyone."
ASK_ASSIST_NUMBER = "What is the owner's mobile number?"
HINT_ASSIST_NUMBER = "Please write one number that can be called, such as 98260 12345."
ASK_ASSIST_PLACE = """Where is the camera?

At the camera now? Press “📍 Here, where I am”. Else send a pin (📎, then Location), or write the place: 22.7196, 75.8577"""
ASSIST_ENTER = "🖨 Enter it and make the slip"
ASSISTED = """Slip {number}. The entry is hidden until its owner agrees: in the chat, with their own number, or on this slip.

Print it, read it out, let the owner sign the upper part and keep the lower one. Then: /assist, “✍️ A slip was signed”."""
ASSIST_ENOUGH = "You entered {most} for others within 24 hours, and more is not possible. Please go on tomorrow."
OFFER_MESSAGE_STAFF = (
    "The CI cell of station {station} entered cameras for your number. Nobody finds the entry until you agree."
)
ASK_SLIP = "Please write the number of the slip, such as 7K4M-92QX"
HINT_SLIP = "That is no slip's number. It has eight letters and digits: please look once more."
SLIP_UNKNOWN = "Your station has no slip {number} that waits for a signature."
ASK_SIGNED = """Slip {number}
📍 {place}
📹 {cameras}

Did the owner sign it, and keep the lower part?"""
YES_SIGNED = "✅ Yes, signed"
NOT_SIGNED = "Not yet"
SIGNED = "✅ Entry {number} is in the register now. Keep the signed part: its number is the proof."
TOLD_SIGNED = "The CI cell of station {station} says that you signed a slip for your cameras: officers can find the entry now. Is that wrong, or do you want it in your own hands?"
SLIP_HEAD = "Camera register of {police}"
SLIP_TITLE = "Slip {number}"
SLIP_NUMBER = "Mobile number"
SLIP_PLACE = "Place of the camera"
SLIP_CAMERAS = "Number of cameras"
SLIP_STATION = "Police station"
SLIP_CONSENT = "I am 18 or older. {police} may keep this number, this place and the number of cameras. When there is an incident nearby, officers look it up and may ask me for help; every look is written down. No picture, no live view and no password is ever taken; sharing a recording is my decision each time. It is voluntary. {leftovers}"
SLIP_SIGN = "Signature or thumb mark"
SLIP_DATE = "Date"
SLIP_KEEP = "Keep this part. With this code you can see, correct or remove the entry from any phone: scan it, or send /claim and the code."
DUPLICATE = """Two entries {apart} apart, {why}:

A: {first}, {first_cameras}, from {first_date}
B: {second}, {second_cameras}, from {second_date}

Are they the same cameras?"""
SAME_NUMBER = "with the same number"
SAME_PLACE = "from two people"
KEEP_FIRST = "Same: keep A, hide B"
KEEP_SECOND = "Same: keep B, hide A"
KEEP_BOTH = "Different cameras: keep both"
NO_DUPLICATES = "No two entries of station {station} look like the same cameras."
MERGED = "✅ {kept} stays, {hidden} is hidden. Its owner was told and can bring it back."
BOTH_KEPT = "✅ Both stay, and are not asked about again."
TOLD_MERGED = "The CI cell of station {station} thinks that your entry {hidden} and another entry are the same cameras, and hid yours so that they count once. Officers find the other one. If yours are other cameras, one tap brings it back."
BRING_BACK_OTHER = "▶️ Other cameras: bring it back"
HELP_STAFF_MORE = """/assist – enter cameras for someone without a smartphone, with a slip to sign
/duplicates – entries that look like the same cameras"""

# --- administrators: roles, broadcasts, reports ----------------------------------------------------
ASK_ROLE = "Which role shall the link give?"
ASK_STATION = "Which station does the {role} belong to?\n\nWrite its name, such as: Palasia"
NO_OUTLINE = "ℹ️ No outline of a station {station} was imported, so /area and the counts do not know it. If it is a slip of the pen: the outlines are {known}."
NO_OUTLINES = "ℹ️ No station outlines were imported yet, so /area and the counts do not know {station}."
ASK_HOLDER = "Whom is the link for? ({role}, station {station})\n\nWrite rank and name, such as: SI Verma"
SURE_INVITE = """Please check:

{name}
{role}, station {station}

The role lasts {days} days. The link works once, within 48 hours."""
MAKE_LINK = "✅ Make the link"
LEAVE_ROLES = "✖️ Change nothing"
ROLES_LEFT = "All right, nothing was changed."
ASK_NEW_STATION = "To which station does {name} move?\n\nWrite its name, such as: Palasia"
SURE_END = "End the role of {name}? It stops at their next tap."
YES_END = "🛑 Yes, end it"
HINT_FEW_WORDS = "Please write a few words, at most 60 letters."
OFFICERS = ("{n} role is held just now. Choose a station:", "{n} roles are held just now. Choose a station:")
STATION_LINE = "{station} · {n}"
AT_STATION = "Who holds a role at station {station}:"
OFFICER_LINE = "{name} · {role}"
OFFICER_LINE_ASLEEP = "💤 {name} · {role}"
OFFICER_CARD = """{name}
{role}, station {station}

From {since} until {until}
Last seen: {seen}
{state}"""
OFFICER_AWAKE = "🟢 In force"
OFFICER_ASLEEP = "💤 Asleep: unused for 90 days"
INVITE_SOMEONE = "➕ Invite someone"
ALL_STATIONS = "« All stations"
BACK_TO_STATION = "« Back to the station"
EXTEND = ("⏳ {n} day from now", "⏳ {n} days from now")
MOVE_ROLE = "↪️ Move"
END_ROLE = "🛑 End"
WAKE = "🔔 Wake"
HOLDER = "{name} ({role}, station {station})"
WISH_INVITE = "a link for {name}: {role}, station {station}"
WISH_EXTEND = "{who}: {days} days from now"
WISH_MOVE = "{who}: move to station {station}"
WISH_END = "{who}: end the role"
WISH_GONE = "a role that nobody holds any more"
SECOND_WANTED = "{by} wants this, and it takes a second administrator:\n\n{what}\n\nDo you agree? Ask them first if you do not know about it."
AGREE_TO_ROLE = "✅ I agree"
REFUSE_ROLE = "✖️ I do not"
SECOND_ASKED = "This takes a second administrator, and the others are asked now:\n\n{what}\n\nWithout an answer within 48 hours nothing happens."
NO_SECOND = "This takes a second administrator, and there is none who may decide it. The command line can do it: citizen-eye invite, citizen-eye revoke."
PROPOSAL_GONE = "That is decided already, or too old."
AGREED_TO = "✅ You agreed, and it is done:\n\n{what}"
REFUSED_IT = "All right, it does not happen. Whoever wanted it is told."
REFUSED_BY = "{by} did not agree:\n\n{what}"
NOT_ONES_OWN_WISH = "Someone else has to agree to that: it is your own wish, or about your own role."
NOT_ONES_OWN_ROLE = "Nobody changes their own role: another administrator does, or the command line."
ROLE_GONE = "That role is not there any more. /officers shows those that are."
ROLE_DONE = "✅ Done: {what}"
ROLE_CHANGED_TOLD = "For your information: {by} did this:\n\n{what}"
LINK_MADE = "The link for {name} ({role}, station {station}) is below. Send it to them and to nobody else: it works once, within 48 hours, and not for those who made it."
LINK_ITSELF = "{url}"
LINK_NOT_YOURS = "You made this link, or agreed to it: someone else has to open it."
LINK_USED = "{name} opened the link and is now {role}."
LINK_DIED = "The link for {name} ({role}, station {station}) was not used within 48 hours and is dead. /officers makes a new one."
ROLE_EXTENDED = "Your role as {role}, station {station}, now lasts {days} more days."
ROLE_MOVED = "Your role as {role} now belongs to station {station}."
ROLE_ENDS_SOON = (
    "Your role as {role}, station {station}, ends in {days} days. If you still need it, ask your administrator."
)
ROLE_ASLEEP = "Your role as {role}, station {station}, sleeps, because you did not use it for {days} days. An administrator can wake it."
ASK_TO_WAKE = "🔔 Ask to be woken"
WAKE_ASKED = "The administrators were asked."
WAKE_WANTED = (
    "This role sleeps, and its holder asks to be woken:\n\n{who}\n\nIs it really them? Call them if you are not sure."
)
WOKEN = "🔔 Woken: {who}"
ROLE_WOKEN = "Your role as {role}, station {station}, is awake again. /help shows what you can do."
TO_BEARERS = "🤝 Office-bearers of associations"
TO_OWNERS = "📹 Owners at one station"
TO_OWNERS_OF = "owners at station {station}"
ASK_AUDIENCE = "Whom do you want to write to?"
ASK_WHICH_STATION = "The owners at which station?\n\nWrite its name, such as: Palasia"
HINT_STATION = "I do not know that station. These are known: {names}"
NO_STATIONS = "No station outlines are there yet, so nobody's station is known. On the command line: citizen-eye import stations FILE"
ASK_BROADCAST = "What do you want to write? At most {most} letters; you will see it before it goes out."
HINT_BROADCAST = "Please write the message as text."
HINT_BROADCAST_LENGTH = "Please write something, at most {most} letters."
HINT_NO_LINKS = (
    "No links and no @names, please: people learn from us that an honest message of the police asks nobody to open one."
)
BROADCAST = "📢 From {police}:\n\n{words}"
SURE_SEND = """That is how it will be read, above.

To: {to}
{people}, about {minutes}"""
PEOPLE = ("{n} person", "{n} people")
MINUTES = ("{n} minute", "{n} minutes")
SEND_IT = "📢 Send it"
SEND_NOTHING = "✖️ Send nothing"
NOT_SENT = "All right, nothing was sent."
NOBODY_TO_WRITE = "There is nobody to write to."
BROADCAST_GOES = "📢 On its way: {gone} of {people}"
BROADCAST_OVER = "✅ Sent: {gone} of {people}"
BROADCAST_STOPPED = "🛑 Stopped: {gone} of {people} have it already"
BROADCAST_TOLD = "For your information: {by} writes this to many people:\n\n{words}"
STOP = "🛑 Stop"
STOPPED = "🛑 It is stopped: nobody else gets it."
NOTHING_TO_STOP = "That is over, or stopped already."
MUTE = "🔕 No more news"
UNMUTE = "🔔 News again"
MUTED = "All right, no more news. Requests after an incident still come: only you can help there."
UNMUTED = "🔔 News will come again."
MYDATA_MUTED = "News: none wanted"
MAY_BROADCAST = "write to many people at once"
REPORT_TITLE = "Transparency report of the camera register of {police}, {first} to {last}"
REPORT_WHAT = "What was registered, searched, asked, answered and withdrawn, by month and station. Numbers only: no name, no number, no place."
REPORT_HIDDEN = "“·” stands for fewer than {few}, or for a number from which such a one could be worked out."
REPORT_SUM = "{what}: {n}"
REPORT_PAPER = "The report as a paper, to be published."
REPORT_TEXT = "The same as text."
REPORT_REGISTRATIONS = "Registrations"
REPORT_SEARCHES = "Searches by officers"
REPORT_REQUESTS = "Requests to owners"
REPORT_ANSWERS = "Answers of owners"
REPORT_WITHDRAWALS = "Withdrawals"
REPORT_ALERTS = "Alerts about unusual searches"
REPORT_MONTH = "Month"
REPORT_TOTAL = "Total"
REPORT_NO_STATION = "no station"
REPORT_HEADING = "\n{what}"
REPORT_ROW = "{what} – {n}"
REPORT_CELL = "  {what}: {n}"
HEALTH_TITLE = "How the bot is, {at}:"
HEALTH_VERSIONS = "Citizen-Eye {program}, Python {python}"
HEALTH_DATABASE = "🗄 {database}, schema {schema}"
HEALTH_QUEUE = ("✉️ {n} message waits", "✉️ {n} messages wait")
HEALTH_OLDEST = "⏱ The oldest unsent one: {age}"
HEALTH_NONE_WAITS = "⏱ Nothing unsent"
HEALTH_ASIDE = ("📎 {n} update set aside", "📎 {n} updates set aside")
HEALTH_BACKUP = "💾 Backup: {at} ({note})"
HEALTH_BACKUP_NEVER = "⚠️ Backup: never"
HEALTH_BACKUP_BAD = "⚠️ Backup: failed on {at} ({note})"
HEALTH_RESTORE = "🔁 Restore test: {at} ({note})"
HEALTH_RESTORE_NEVER = "⚠️ Restore test: never"
HEALTH_RESTORE_BAD = "⚠️ Restore test: failed on {at} ({note})"
HEALTH_LATE = "⚠️ Answers are late."
AGE_SECONDS = ("{n} second", "{n} seconds")
AGE_MINUTES = ("{n} minute old", "{n} minutes old")
MAY_REPORT = "make the public report"
MAY_LOOK_AFTER = "see how the bot is"
ROLES_TITLE = "Who may do what:"
ROLE_MAY = "\n{role}"
MAY_LINE = "• {what}"
MAY_LOOK_ROUND = "begin, read the notice and the help, choose the language"
MAY_REGISTER = "register cameras of their own"
MAY_MANAGE_OWN = "see, change and withdraw their own entries"
MAY_ASK_TO_SPREAD = "ask to become the office-bearer of a society"
MAY_KEEP_SOCIETIES = "enter societies, invite their office-bearers, renew and withdraw their links"
MAY_SPREAD = "pass one's society's link on, and see its counts"
MAY_SEARCH = "find the cameras near an incident"
MAY_KEEP_TRUE = "verify their station's entries, and see its numbers"
MAY_ASSIST = "enter cameras for someone without a smartphone"
MAY_CASEWORK = "open, take up and close incidents"
MAY_REVEAL = "open owners' numbers, each with a reason and a code, and take the file of an incident along"
MAY_APPROVE = "allow what one officer alone may not do"
MAY_ADMINISTER = "give, change and end roles"
MAY_HEAR_OF_FAULTS = "hear when a message could not be handled"

BACKUP_FAILED = "⚠️ The backup failed: {reason}. It is tried again in an hour; `citizen-eye backup` tries it now."

# --- the clock: reminders and yearly questions -----------------------------------------------------
REMINDER = "You stopped in the middle the other day. If you like, we go on here; /cancel leaves it."
STILL_THERE = """Is this still true?

Entry {number}
📍 {place}
📹 {cameras}"""
STILL_THERE_AGAIN = """Half a year ago we asked and heard nothing. Is this still true?

Entry {number}
📍 {place}
📹 {cameras}

Without an answer within {days} days, officers no longer find this entry."""
STILL_YES = "✅ Yes, still true"
STILL_CHANGED = "✏️ Changed"
STILL_GONE = "🗑 Gone"
STILL_BACK = "✅ Still true: show it again"
STILL_THANKS = "Thank you! Entry {number} stays as it is. We ask again in about half a year."
FOUND_AGAIN = "Thank you! Officers can find entry {number} again."
NOW_HIDDEN = """Officers no longer find this entry, because two of our questions stayed unanswered:

Entry {number}
📍 {place}
📹 {cameras}

Is it still true? One tap brings it back."""
REMOVAL_NEAR = """This entry has been hidden for almost a year. In {days} days it will be removed:

Entry {number}
📍 {place}
📹 {cameras}

Is it still true? One tap brings it back."""
REMOVED_SILENT = "Entry {number} ({place}) was removed, because for a year nobody said that it is still true. {leftovers} /add registers it anew."
CARD_HIDDEN = "🙈 Hidden: two of our questions stayed unanswered, so officers do not find it."
MYDATA_CONFIRMED = "  last confirmed: {date}"
MYDATA_HIDDEN = "  hidden from every search; last confirmed: {date}"

# --- menus and descriptions ------------------------------------------------------------------------
MENU_START = "Begin, or see where you are"
MENU_ADD = "Register a camera"
MENU_MINE = "Your entries: see, change, remove"
MENU_MYDATA = "Everything kept about you, as a file"
MENU_SEEN = "Who looked at your entries"
MENU_DELAY = "Let owners of a live case know later"
MENU_FORGET = "Remove everything about you"
MENU_LANGUAGE = "हिन्दी / English"
MENU_PRIVACY = "What is kept, and what never"
MENU_HELP = "What this bot can do"
MENU_CANCEL = "Leave the open question"
MENU_RWA = "Spread the word in your society (RWA)"
MENU_INVITE = "Your society's link, text and poster"
MENU_PROGRESS = "How many signed up, and where they stop"
MENU_LINK = "Societies: links and office-bearers"
MENU_OFFICERS = "Who holds which role; invite, extend, end"
MENU_BROADCAST = "Write to many at once"
MENU_REPORT = "The public report, as PDF and text"
MENU_HEALTH = "How the bot is"
MENU_ROLES = "Who may do what"
MENU_NEAR = "Find the cameras near a place"
MENU_ROUTE = "Find the cameras along a way"
MENU_AREA = "Find the cameras in an area"
MENU_INCIDENT = "Open an incident: the reason for a search"
MENU_INCIDENTS = "Your station's incidents: work on, close"
BOT_DESCRIPTION = """The voluntary register of private cameras of {city}, for {police}.

Register in two minutes: your number, the place, how many cameras. Police ask you only after an incident. No camera feed is ever taken."""
BOT_SHORT_DESCRIPTION = "Register your cameras with {police}: voluntary, two minutes, no feed is ever taken."
MENU_VERIFY = "CI cell: look at entries, nearest first"
MENU_STATS = "CI cell: your station's numbers"
MENU_COVERAGE = "CI cell: where there are cameras, and where none"
MENU_CLAIM = "Use the code of a slip: keep, correct or remove its entry"
MENU_ASSIST = "CI cell: enter cameras for someone, with a slip to sign"
MENU_DUPLICATES = "CI cell: entries that look like the same cameras"

# --- the sandbox's guided tour ---------------------------------------------------------------------
TOUR_REGISTER = "Be a resident. Press START, {agree}, {number}, then {place}: choose Rajwada and send it. Then {here}, 4 and {save}."
TOUR_SEARCH = "Be the officer: something happened at Rajwada. Search around it; choose {training}, then {hour}."
TOUR_ASK = "Found. Choose {ask}, {all}, {time}, any deadline, then {send}."
TOUR_ANSWER = "The owner is asked, in Hindi, and is free to refuse. Choose {have}, then {share}."
TOUR_NUMBER = "The number is here, for a day. Take the case file along: {pdf}."
TOUR_SEEN = "An owner may know who looked, and for what."
TOUR_REMOVE = "And may change her mind at any time: {remove}, then {yes}."
TOUR_COVERAGE = "The CI cell sees where there are no cameras yet."
TOUR_POSTER = "And the residents’ association spreads the word: {poster}, for the notice board."
