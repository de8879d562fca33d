// Starts the page: reads the desk's state, makes the phones, and keeps them in step with the server.
import { ask, say } from "./dialogs.js";
import { listen, post, read } from "./net.js";
import { Phone } from "./phone.js";
import { Tabs } from "./tabs.js";
import { Tour } from "./tour.js";
import { readCity } from "./city.js";
import { LANGUAGES, said, speak, spoken } from "./words.js";

const A_MOMENT = 1500; // milliseconds to read why the page loads anew
const TOUR = "citizen-eye tour"; // "open" or "closed", once somebody has decided
const LOWEST = 520; // pixels: a phone held sideways shows the tour only when asked

const byId = (id) => document.getElementById(id);
const [room, gone, languageButton, tourButton, resetButton] = ["phones", "gone", "language", "tour-toggle", "reset"].map(byId);
const phones = new Map(); // person id -> Phone
const tour = new Tour(byId("tour"), {
  forward: (id) => tabs.bringForward(id),
  inSight: (id) => phones.get(id)?.inSight() ?? false,
  says: (id, text) => phones.get(id)?.says(text),
});
const tabs = new Tabs({ nav: byId("people"), opener: byId("opener"), room, arranged: () => tour.draw() });
const reading = new Map(); // person id -> "busy" or "again"
let known = null; // which edition of the page this is, and which run of the sandbox it shows

/** False where this page is too old to show what the server has. */
async function readEverything() {
  const state = await read("/desk/state");
  const { page, run } = state;
  if (known && known.page !== page) {
    loadAnew();
    return false;
  }
  if (known && known.run !== run) tour.startOver();
  known = { page, run };
  fill(state);
  return true;
}

function fill(state) {
  const city = readCity(state.city, state.timezone);
  const made = state.people.map((person) => phones.get(person.id) ?? new Phone(person, state.bot, city));
  phones.clear();
  for (const phone of made) phones.set(phone.person.id, phone);
  if (made.some((phone, index) => tabs.phones[index] !== phone)) tabs.fill(made);
  tour.fill(state.tour, state.people);
  tourButton.hidden = state.tour.length === 0;
  const decided = sessionStorage.getItem(TOUR) ?? (innerHeight < LOWEST ? "closed" : "open");
  showTour(!tourButton.hidden && decided === "open");
  for (const phone of made) show(phone, state.chats[phone.person.id]);
  room.setAttribute("aria-busy", "false");
}

function show(phone, chat) {
  tabs.count(phone.person.id, phone.update(chat));
  tour.look(phone.person.id, chat);
}

// One read at a time for each chat; a change that arrives meanwhile is read once more afterwards.
async function readChat(id) {
  if (reading.has(id)) {
    reading.set(id, "again");
    return;
  }
  do {
    reading.set(id, "busy");
    const chat = await read(`/desk/chats/${id}`).catch(() => null);
    if (chat && phones.has(id)) show(phones.get(id), chat);
  } while (reading.get(id) === "again");
  reading.delete(id);
}

function happened(event) {
  if (event.reset) startOver();
  else if (event.toast !== undefined) note(event);
  else if (phones.has(event.chat)) readChat(event.chat);
  else if (event.chat > 0) readEverything();
}

function startOver() {
  tour.startOver();
  readEverything();
}

function note({ chat, toast, alert }) {
  const phone = phones.get(chat);
  if (!phone || !toast) return;
  if (alert) say(phone.bot.name, toast);
  else phone.toast(toast);
}

function serverGone() {
  gone.textContent = said("stopped");
  gone.hidden = false;
  room.classList.add("without-server");
}

async function serverHere() {
  if (!(await readEverything())) return;
  gone.hidden = true;
  room.classList.remove("without-server");
}

// The program was replaced under the open page: an old page would not understand it.
function loadAnew() {
  gone.textContent = said("renewed");
  gone.hidden = false;
  setTimeout(() => location.reload(), A_MOMENT);
}

async function reset() {
  const sure = await ask(said("startOver"), said("startOverHow"), said("reset"));
  if (!sure) return;
  resetButton.disabled = true;
  await post("/desk/reset").catch((problem) => say(said("notReset"), problem.message));
  resetButton.disabled = false;
}

function toggleTour() {
  const open = tour.room.hidden;
  sessionStorage.setItem(TOUR, open ? "open" : "closed");
  showTour(open);
}

function showTour(open) {
  tour.room.hidden = !open;
  tourButton.setAttribute("aria-expanded", String(open));
}

/** Say the page's own words in the language that is spoken now. */
function sayPage() {
  document.documentElement.lang = spoken();
  document.title = said("title");
  for (const node of document.querySelectorAll("[data-words]")) node.textContent = said(node.dataset.words);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", said(node.dataset.label));
  for (const [button, name] of [[resetButton, "reset"], [tourButton, "tour"]]) button.setAttribute("aria-label", said(name));
  const other = Object.keys(LANGUAGES).find((code) => code !== spoken());
  languageButton.textContent = LANGUAGES[other];
  languageButton.lang = other;
}

async function otherLanguage() {
  speak(languageButton.lang);
  sayPage();
  const before = new Map(phones);
  for (const [id, { person, bot, city }] of before) phones.set(id, new Phone(person, bot, city, before.get(id)));
  tabs.fill([...phones.values()]);
  await readEverything().catch(serverGone);
}

sayPage();
languageButton.addEventListener("click", otherLanguage);
resetButton.addEventListener("click", reset);
tourButton.addEventListener("click", toggleTour);
listen("/desk/events", { event: happened, here: serverHere, gone: serverGone });
