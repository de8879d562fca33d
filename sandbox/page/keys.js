// Inline keyboards under messages, and the reply keyboard under the text field.
import { el, icon, tongue } from "./dom.js";
import { say } from "./dialogs.js";
import { openLink } from "./text.js";
import { said } from "./words.js";

const STYLES = ["primary", "success", "danger"];
const DRAWN = /^\p{Extended_Pictographic}/u; // words that bring a small picture of their own

/** The inline buttons of a message; a tap goes to `phone`. */
export function inlineKeyboard(rows, message, phone) {
  return el("div", { class: "inline", role: "group", "aria-label": said("buttons") }, ...rows.map((row) => inlineRow(row, message, phone)));
}

function inlineRow(row, message, phone) {
  return el("div", { class: "row" }, ...row.map((button) => inlineButton(button, message, phone)));
}

function inlineButton(button, message, phone) {
  const style = STYLES.includes(button.style) ? button.style : "";
  const made = el("button", { class: `key ${style}`, type: "button", lang: tongue(button.text) }, el("span", { text: button.text }));
  if (button.url) made.append(icon("link"));
  made.addEventListener("click", () => inlineTap(button, message, phone, made));
  return made;
}

async function inlineTap(button, message, phone, made) {
  if (button.callback_data !== undefined) {
    made.classList.add("waiting");
    setTimeout(() => made.classList.remove("waiting"), 1500);
    await phone.taps(message.message_id, button.callback_data);
  } else if (button.url) await openLink(button.url, phone);
  else if (button.copy_text) await copy(button.copy_text.text, phone);
  else await say(said("notHere"), said("telegramOnly"));
}

async function copy(text, phone) {
  await navigator.clipboard.writeText(text);
  phone.toast(said("copied"));
}

/** The reply keyboard in force. A key that asks for a contact or a place does so; any other says its words. */
export function replyKeyboard(rows, phone) {
  return rows.map((row) => el("div", { class: "row" }, ...row.map((key) => replyKey(typeof key === "string" ? { text: key } : key, phone))));
}

function replyKey(key, phone) {
  const sign = DRAWN.test(key.text) ? null : key.request_contact ? icon("person") : key.request_location ? icon("pin") : null;
  const style = STYLES.includes(key.style) ? key.style : "";
  return el("button", { class: `key ${style}`, type: "button", lang: tongue(key.text), onclick: () => replyTap(key, phone) }, sign, el("span", { text: key.text }));
}

async function replyTap(key, phone) {
  if (key.request_contact) await phone.sharesContact("own");
  else if (key.request_location) await phone.picksPlace();
  else await phone.says(key.text);
  phone.keyPressed();
}
