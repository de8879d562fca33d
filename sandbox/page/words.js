// Every word of the page itself, in English and in Hindi, and which of the two is spoken. People's words come from the bot.

export const LANGUAGES = { en: "English", hi: "हिन्दी" };

/** key: [English, Hindi]; values stand in {braces}. */
export const WORDS = {
  title: ["Citizen-Eye sandbox", "Citizen-Eye अभ्यास"],
  madeUp: ["made-up people, nothing leaves this computer", "सब लोग काल्पनिक हैं, कुछ भी इस कंप्यूटर से बाहर नहीं जाता"],
  phones: ["Phones", "फ़ोन"],
  whosePhone: ["Whose phone: {name}, {role}", "किसका फ़ोन: {name}, {role}"],
  tour: ["Guided tour", "कदम-दर-कदम"],
  pageLanguage: ["Language of the page", "पेज की भाषा"],
  reset: ["Reset", "नए सिरे से"],
  stopped: [
    "The sandbox has stopped. Start it again, and this page goes on by itself.",
    "अभ्यास का प्रोग्राम बंद हो गया है। उसे फिर चालू कीजिए, यह पेज अपने आप आगे चलेगा।",
  ],
  renewed: ["The sandbox is a newer one. The page loads anew…", "अभ्यास का प्रोग्राम नया हो गया है। पेज फिर से खुल रहा है…"],

  resident: ["resident", "रहवासी"],
  officer: ["officer", "अधिकारी"],
  "senior officer": ["senior officer", "वरिष्ठ अधिकारी"],
  "CI cell": ["CI cell", "सीआई सेल"],
  RWA: ["RWA", "रहवासी संघ"],
  administrator: ["administrator", "एडमिन"],

  bot: ["bot", "बॉट"],
  phoneOf: ["Phone of {name}", "{name} का फ़ोन"],
  chatOf: ["Chat of {name}", "{name} की चैट"],
  keyboardOf: ["Keyboard of {name}", "{name} का कीबोर्ड"],
  messageFrom: ["Message from {name}", "{name} का संदेश"],
  nothingYet: ["Nothing here yet. START opens the chat.", "अभी यहां कुछ नहीं है। START दबाने से चैट खुलती है।"],
  haveLink: ["I was given a link", "मुझे एक लिंक मिला है"],
  message: ["Message", "संदेश लिखें"],
  send: ["Send", "भेजें"],
  commands: ["Commands", "कमांड"],
  keyboard: ["Keyboard", "कीबोर्ड"],
  newest: ["Go to the newest message", "सबसे नए संदेश पर जाएं"],
  waiting: ["{n} new", "{n} नए"],

  attach: ["Attach", "जोड़ें"],
  myContact: ["My contact", "मेरा नंबर"],
  othersContact: ["Someone else’s contact", "किसी और का नंबर"],
  place: ["A place", "जगह"],
  livePlace: ["Live location", "लाइव लोकेशन"],
  photo: ["A photo", "फ़ोटो"],
  invitation: ["An invitation link", "न्योते का लिंक"],
  sixDigits: ["Six digits from the code generator", "कोड जनरेटर के छह अंक"],

  whichPlace: ["Which place?", "कौन-सी जगह?"],
  whereWalking: ["Where is {name} walking?", "{name} कहां चल रहे हैं?"],
  sendPlace: ["Send this place", "यह जगह भेजें"],
  shareLive: ["Share live location", "लाइव लोकेशन भेजें"],
  sendName: ["Send its name too", "जगह का नाम भी भेजें"],
  coordinates: ["Coordinates", "निर्देशांक"],
  landmarks: ["Landmarks", "जानी-मानी जगहें"],
  mapHelp: ["Map. Arrow keys move the pin, plus and minus zoom.", "नक्शा। तीर वाले बटन पिन खिसकाते हैं, + और − से नक्शा बड़ा-छोटा होता है।"],
  clickMap: ["Tap the map, choose a landmark, or type coordinates.", "नक्शे पर दबाएं, कोई जगह चुनें, या निर्देशांक लिखें।"],
  zoomIn: ["Zoom in", "बड़ा करें"],
  zoomOut: ["Zoom out", "छोटा करें"],
  farAway: ["far from the landmarks on this map", "इस नक्शे की जगहों से दूर"],
  atLandmark: ["at {name}", "{name} पर"],
  nearLandmark: ["about {far} from {name}", "{name} से करीब {far}"],
  metres: ["{n} m", "{n} मी"],
  kilometres: ["{n} km", "{n} किमी"],
  mapWithPin: ["Map with a pin {where}", "नक्शा, पिन {where}"],

  buttons: ["Buttons", "बटन"],
  forwarded: ["Forwarded", "आगे भेजा गया"],
  edited: ["edited", "बदला गया"],
  guarded: ["Protected: cannot be forwarded or saved", "सुरक्षित: आगे भेजा या सेव नहीं किया जा सकता"],
  document: ["document", "दस्तावेज़"],
  bytes: ["{n} bytes", "{n} बाइट"],
  kilobytes: ["{n} kB", "{n} केबी"],
  megabytes: ["{n} MB", "{n} एमबी"],
  view: ["View", "देखें"],
  viewIt: ["View {name}", "{name} देखें"],
  save: ["Save", "सेव करें"],
  saveIt: ["Save {name}", "{name} सेव करें"],
  larger: ["View larger: {name}", "बड़ा देखें: {name}"],
  noDocument: ["This document is no longer here.", "यह दस्तावेज़ अब यहां नहीं है।"],
  picture: ["Photo", "फ़ोटो"],
  video: ["Video", "वीडियो"],
  voice: ["Voice message", "आवाज़ का संदेश"],
  audio: ["Audio", "ऑडियो"],
  sticker: ["Sticker", "स्टिकर"],
  animation: ["Animation", "एनिमेशन"],
  video_note: ["Video message", "वीडियो संदेश"],
  dice: ["Dice", "पासा"],
  copied: ["Copied", "कॉपी हो गया"],

  okay: ["OK", "ठीक है"],
  cancel: ["Cancel", "रहने दें"],
  close: ["Close", "बंद करें"],
  open: ["Open", "खोलें"],
  openInvitation: ["Open an invitation link", "न्योते का लिंक खोलें"],
  notOurLink: ["Not a link to this bot", "यह इस बॉट का लिंक नहीं है"],
  linkEnds: ["It should end in “?start=” and a code.", "आखिर में “?start=” और एक कोड होना चाहिए।"],
  notHere: ["Not in the sandbox", "अभ्यास में नहीं"],
  telegramOnly: ["This kind of button works in Telegram only.", "ऐसा बटन सिर्फ़ Telegram में चलता है।"],
  otherApp: ["A phone would open this with another app:\n{address}", "फ़ोन इसे किसी दूसरे ऐप में खोलेगा:\n{address}"],
  leave: ["Leave the sandbox?", "अभ्यास से बाहर जाएं?"],
  opensOutside: ["This opens outside:\n{address}", "यह बाहर खुलेगा:\n{address}"],
  startOver: ["Start over?", "नए सिरे से शुरू करें?"],
  startOverHow: [
    "All chats are emptied, and the demo city is as it was at the beginning.",
    "सारी चैट खाली हो जाएंगी, और अभ्यास का शहर फिर शुरू जैसा हो जाएगा।",
  ],
  notReset: ["Not reset", "नए सिरे से नहीं हो पाया"],
  notSent: ["Not sent: {why}", "नहीं गया: {why}"],
  noAnswer: ["the sandbox does not answer", "अभ्यास का प्रोग्राम जवाब नहीं दे रहा"],
  answered: ["the sandbox answered {status}", "अभ्यास के प्रोग्राम का जवाब: {status}"],

  stepOf: ["Step {n} of {all}", "{all} में से कदम {n}"],
  done: ["done", "हो गया"],
  stepBefore: ["The step before", "पिछला कदम"],
  stepAfter: ["The step after", "अगला कदम"],
  tourEnds: ["That was the whole tour. Reset starts it over.", "सारे कदम हो गए। “नए सिरे से” दबाने पर फिर शुरू होंगे।"],
};

const CHOSEN = "citizen-eye language";
let language = sessionStorage.getItem(CHOSEN) ?? (navigator.language.startsWith("hi") ? "hi" : "en");

/** "en" or "hi". */
export function spoken() {
  return language;
}

/** Speak this language from now on; it lasts as long as the window. */
export function speak(code) {
  language = code;
  sessionStorage.setItem(CHOSEN, code);
}

/** The words of a key, with its values put in; a key that is not known is said as it is. */
export function said(key, values = {}) {
  const [english, hindi] = WORDS[key] ?? [key, key];
  const words = language === "hi" ? hindi : english;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
