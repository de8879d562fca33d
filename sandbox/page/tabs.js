// Which phones are in sight: as many as fit side by side, and a tab to bring each of the others forward.
import { el, tongue } from "./dom.js";

const NARROWEST_PHONE = 348; // pixels
const GAP = 20;

export class Tabs {
  constructor(nav, room) {
    this.nav = nav;
    this.room = room;
    this.phones = [];
    this.recent = []; // person ids, the one looked at last first
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
    const name = el("span", { class: "role", "aria-hidden": "true", text: role });
    return el("div", { class: "group", role: "group", "aria-label": role }, name, ...phones.map(({ person }) => this.buttons.get(person.id)));
  }

  button({ person }) {
    const name = el("span", { class: "who", text: person.name, lang: tongue(person.name) });
    const button = el("button", { class: "tab", type: "button", "data-tab": person.id }, name, el("span", { class: "count", hidden: true }));
    button.addEventListener("click", () => this.bringForward(person.id));
    if (person.colour) button.style.setProperty("--who", person.colour);
    return button;
  }

  bringForward(id) {
    this.recent = [id, ...this.recent.filter((other) => other !== id)];
    this.arrange();
    this.buttons.get(id).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  arrange() {
    const fit = Math.max(1, Math.floor((this.room.clientWidth + GAP) / (NARROWEST_PHONE + GAP)));
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
  }

  /** Say how many messages wait on a phone that is out of sight. */
  count(id, waiting) {
    const badge = this.buttons.get(id).querySelector(".count");
    badge.hidden = waiting === 0;
    badge.textContent = waiting ? `${waiting}` : "";
    badge.setAttribute("aria-label", `${waiting} new`);
  }
}
