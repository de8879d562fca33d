// Starts the page: reads the desk's state, makes the phones, and keeps them in step with the server.
import { ask, say } from "./dialogs.js";
import { listen, post, read } from "./net.js";
import { Phone } from "./phone.js";
import { Tabs } from "./tabs.js";
import { Tour } from "./tour.js";
import { readCity } from "./city.js";

const room = document.getElementById("phones");
const tourButton = document.getElementById("tour-toggle");
const gone = document.getElementById("gone");
const tabs = new Tabs(document.getElementById("people"), room);
const phones = new Map(); // person id -> Phone
const tour = new Tour(document.getElementById("tour"), {
  forward: (id) => tabs.bringForward(id),
  says: (id, text) => phones.get(id).says(text),
});
const reading = new Map(); // person id -> "busy" or "again"

async function readEverything() {
  const state = await read("/desk/state");
  const city = readCity(state.city);
  const made = state.people.map((person) => phones.get(person.id) ?? new Phone(person, state.bot, city));
  phones.clear();
  for (const phone of made) phones.set(phone.person.id, phone);
  tour.fill(state.tour, state.people);
  tourButton.hidden = state.tour.length === 0;
  if (made.some((phone, index) => tabs.phones[index] !== phone)) tabs.fill(made);
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
  gone.textContent = "The sandbox has stopped. Start it again, and this page goes on by itself.";
  gone.hidden = false;
  room.classList.add("without-server");
}

async function serverHere() {
  await readEverything();
  gone.hidden = true;
  room.classList.remove("without-server");
}

async function reset(button) {
  const sure = await ask("Start over?", "All chats are emptied, and the demo city is as it was at the beginning.", "Reset");
  if (!sure) return;
  button.disabled = true;
  await post("/desk/reset").catch((problem) => say("Not reset", problem.message));
  button.disabled = false;
}

function toggleTour() {
  const { room } = tour;
  room.hidden = !room.hidden;
  tourButton.setAttribute("aria-expanded", String(!room.hidden));
  if (!room.hidden) tour.draw();
}

document.getElementById("reset").addEventListener("click", (event) => reset(event.currentTarget));
tourButton.addEventListener("click", toggleTour);
listen("/desk/events", { event: happened, here: () => serverHere().catch(serverGone), gone: serverGone });
