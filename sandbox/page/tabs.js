// Which phones are in sight: as many as fit side by side, and a tab to bring each of the others forward.
import { el, icon, tongue } from "./dom.js";
import { initials } from "./phone.js";
import { said } from "./words.js";

const NARROWEST_PHONE = 348; // pixels
const GAP = 20;
const LOWEST_ROW = 520; // a phone held sideways has no room for tabs over the chat

export class Tabs {
  /** `opener` shows the list where only one phone fits; `arranged()` is told of every change of what is in sight. */
  constructor({ nav, opener, room, arranged }) {
    Object.assign(this, { nav, opener, room, arranged });
    this.phones = [];
    this.recent = []; // person ids, the one looked at last first
    this.waiting = new Map(); // person id -> messages that wait out of sight
    opener.addEventListener("click", () => this.open(!this.nav.classList.contains("open")));
    nav.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
    document.addEventListener("pointerdown", ({ target }) => nav.contains(target) || opener.contains(target) || this.open(false));
    new ResizeObserver(() => this.arrange()).observe(room);
  }

  /** Take these phones, in this order. */
  fill(phones) {
    this.phones = phones;
    const ids = phones.map((phone) => phone.person.id);
    this.recent = [...this.recent.filter((id) => ids.includes(id)), ...ids.filter((id) => !this.recent.includes(id))];
    this.buttons = new Map(phones.map((phone) => [phone.person.id, this.button(phone)]));
    const roles = [...new Set(phones.map((phone) => phone.person.role))];
    this.nav.replaceChildren(...roles.map((role) => this.group(role, phones.filter((phone) => phone.person.role === role))));
    this.room.replaceChildren(...phones.map((phone) => phone.element));
    this.arrange();
  }

  /** The tabs of those who do the same. */
  group(role, phones) {
    const name = el("span", { class: "role", "aria-hidden": "true", text: said(role) });
    return el("div", { class: "group", role: "group", "aria-label": said(role) }, name, ...phones.map(({ person }) => this.buttons.get(person.id)));
  }

  button({ person }) {
    const name = el("span", { class: "who", text: person.name, lang: tongue(person.name) });
    const button = el("button", { class: "tab", type: "button", "data-tab": person.id }, name, el("span", { class: "count", hidden: true }));
    button.addEventListener("click", () => this.bringForward(person.id));
    if (person.colour) button.style.setProperty("--who", person.colour);
    return button;
  }

  /** Show or put away the list of phones, on a screen that has room for one only. */
  open(wanted) {
    if (this.nav.classList.contains("open") === wanted) return;
    const inside = this.nav.contains(document.activeElement);
    this.nav.classList.toggle("open", wanted);
    this.opener.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.buttons.get(this.recent[0]).focus();
    else if (inside) this.opener.focus();
  }

  bringForward(id) {
    this.recent = [id, ...this.recent.filter((other) => other !== id)];
    this.open(false);
    this.arrange();
  }

  arrange() {
    if (!this.phones.length) return;
    const fit = innerHeight < LOWEST_ROW ? 1 : Math.max(1, Math.floor((this.room.clientWidth + GAP) / (NARROWEST_PHONE + GAP)));
    const inSight = new Set(this.recent.slice(0, fit));
    this.nav.hidden = fit >= this.phones.length;
    document.body.classList.toggle("one", fit === 1);
    for (const phone of this.phones) {
      const visible = inSight.has(phone.person.id);
      phone.show(visible);
      const button = this.buttons.get(phone.person.id);
      button.setAttribute("aria-pressed", String(visible));
      if (visible) this.count(phone.person.id, 0);
    }
    this.name();
    this.arranged();
  }

  /** Say how many messages wait on a phone that is out of sight. */
  count(id, waiting) {
    this.waiting.set(id, waiting);
    badge(this.buttons.get(id).querySelector(".count"), waiting);
    const all = this.phones.reduce((sum, { person }) => sum + (this.waiting.get(person.id) ?? 0), 0);
    badge(this.opener.querySelector(".count"), all);
  }

  /** The opener says whose phone is looked at. */
  name() {
    const { person } = this.phones.find((phone) => phone.person.id === this.recent[0]);
    const shown = JSON.stringify([person.id, said(person.role)]);
    if (this.shown === shown) return;
    this.shown = shown;
    this.opener.style.setProperty("--who", person.colour || "var(--accent)");
    this.opener.setAttribute("aria-label", said("whosePhone", { name: person.name, role: said(person.role) }));
    const who = el("span", { class: "who" }, el("span", { text: person.name, lang: tongue(person.name) }), el("span", { class: "second", text: said(person.role) }));
    const count = this.opener.querySelector(".count") ?? el("span", { class: "count", hidden: true });
    this.opener.replaceChildren(el("span", { class: "face", "aria-hidden": "true", text: initials(person.name) }), who, count, icon("more"));
  }
}

function badge(node, waiting) {
  if (!node) return;
  node.hidden = waiting === 0;
  node.textContent = waiting ? `${waiting}` : "";
  node.setAttribute("aria-label", said("waiting", { n: waiting }));
}
