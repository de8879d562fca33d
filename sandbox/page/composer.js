// The foot of a phone: START, the text field with its menus, and the reply keyboard.
import { AttachMenu } from "./attach.js";
import { CommandMenu } from "./commands.js";
import { el, icon } from "./dom.js";
import { replyKeyboard } from "./keys.js";
import { said } from "./words.js";

const TALLEST = 120; // pixels of typed lines before the field scrolls

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.keyboard = null;
    this.fitted = "";
    this.field = el("textarea", { id: `field-${phone.person.id}`, rows: "1", "aria-label": said("messageFrom", phone.person), maxlength: "4096", autocomplete: "off" });
    this.menu = new CommandMenu(this.field, (text) => this.phone.says(text));
    this.attach = new AttachMenu(phone);
    this.sender = round("send", said("send"), () => this.send(), "strong");
    this.menuButton = round("menu", said("commands"), () => this.toggleMenu());
    this.keysButton = round("keys", said("keyboard"), () => this.showKeys(this.keys.hidden));
    this.keys = el("div", { class: "keys", role: "group", "aria-label": said("keyboardOf", phone.person), hidden: true });
    this.line = el("div", { class: "line-of-tools" }, this.menuButton, this.box(), this.sender);
    this.start = this.startArea();
    this.element = el("div", { class: "foot" }, this.menu.list, this.attach.list, this.line, this.keys, this.start);
    this.listen();
  }

  box() {
    return el("div", { class: "box" }, this.field, this.keysButton, this.attach.button);
  }

  startArea() {
    const start = el("button", { class: "strong start", type: "button", text: "START", onclick: () => this.phone.starts("") });
    const link = el("button", { class: "plain", type: "button", text: said("haveLink"), onclick: () => this.phone.opensLink() });
    return el("div", { class: "start-area" }, start, link);
  }

  listen() {
    this.field.addEventListener("input", () => {
      this.menu.typed(this.field.value);
      this.grow();
    });
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.menu.close(), 150));
  }

  pressed(event) {
    if (event.isComposing) return;
    const used = this.menu.key(event.key, this.field.value);
    if (used || (event.key === "Enter" && !event.shiftKey)) event.preventDefault();
    if (used && event.key === "Enter") this.clear();
    if (!used && event.key === "Enter" && !event.shiftKey) this.send();
  }

  toggleMenu() {
    this.menu.toggle();
    this.field.focus();
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.clear();
    if (!(await this.phone.says(text)) && !this.field.value) this.field.value = text;
  }

  clear() {
    this.field.value = "";
    this.menu.close();
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  /** Fit the foot to the chat: START or the field, its commands, the keyboard in force. */
  update(chat) {
    this.start.hidden = chat.started;
    this.line.hidden = !chat.started;
    this.menu.commands = chat.commands ?? [];
    this.menuButton.hidden = this.menu.commands.length === 0;
    this.fit(chat.keyboard, chat.keyboard_of);
  }

  // The same keyboard sent anew, with another message, comes up again.
  fit(keyboard, sentWith) {
    const written = JSON.stringify([keyboard, sentWith]);
    if (written === this.fitted) return;
    this.fitted = written;
    this.keyboard = keyboard;
    const rows = keyboard?.keyboard ?? [];
    this.keys.replaceChildren(...replyKeyboard(rows, this.phone));
    this.field.placeholder = keyboard?.input_field_placeholder || said("message");
    this.keysButton.hidden = rows.length === 0;
    this.showKeys(rows.length > 0);
  }

  showKeys(open) {
    if (!open && this.keys.contains(document.activeElement)) this.field.focus();
    this.keys.hidden = !open;
    this.keysButton.setAttribute("aria-pressed", String(open));
  }

  /** A key of the reply keyboard was pressed: one that is meant for one time steps aside. */
  keyPressed() {
    if (this.keyboard?.one_time_keyboard) this.showKeys(false);
  }
}

function round(sign, name, act, kind = "") {
  return el("button", { class: `round ${kind}`, type: "button", "aria-label": name, title: name, onclick: act }, icon(sign));
}
