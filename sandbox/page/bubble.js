// One message as a bubble: its words, what it carries, its marks and its inline buttons.
import { el, icon, tongue } from "./dom.js";
import { carried } from "./cards.js";
import { inlineKeyboard } from "./keys.js";
import { words } from "./text.js";
import { said } from "./words.js";

/** The element for one Telegram message; `phone` gets the taps. */
export function bubble(message, phone) {
  const text = message.text ?? message.caption ?? "";
  const spoken = text && el("p", { class: "said", lang: tongue(text), dir: "auto" }, ...words(text, phone));
  const guard = message.has_protected_content ? "guarded" : "";
  const inside = el("div", { class: `bubble ${guard}` }, forwarded(message), carried(message, phone), spoken || null, marks(message, phone));
  const rows = message.reply_markup?.inline_keyboard;
  return el(
    "article",
    { class: `message ${message.out ? "out" : "in"}`, "data-message": message.message_id, "aria-label": whose(message, phone) },
    inside,
    rows?.length ? inlineKeyboard(rows, message, phone) : null,
  );
}

function whose(message, phone) {
  return message.out ? phone.person.name : phone.bot.name;
}

function forwarded(message) {
  if (!message.forward_origin && !message.forward_date) return null;
  return el("p", { class: "forwarded" }, icon("forward"), el("span", { text: said("forwarded") }));
}

function marks(message, phone) {
  const time = new Date(message.date * 1000);
  return el(
    "p",
    { class: "marks" },
    message.has_protected_content ? protectedMark() : null,
    message.edited || message.edit_date ? el("span", { text: said("edited") }) : null,
    el("time", { datetime: time.toISOString(), text: clock(time, phone.city.timezone) }),
  );
}

/** "14:05" as the city's clocks show it, which is how the bot speaks of time. */
function clock(time, timezone) {
  return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: timezone });
}

function protectedMark() {
  const why = said("guarded");
  return el("span", { class: "protected", title: why }, icon("lock"), el("span", { class: "unseen", text: why }));
}
