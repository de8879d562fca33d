// The attach menu: what a phone can send besides words.
import { el, icon } from "./dom.js";

export class AttachMenu {
  constructor(phone) {
    this.phone = phone;
    this.button = el("button", { class: "round", type: "button", "aria-label": "Attach", "aria-expanded": "false" }, icon("attach"));
    this.button.addEventListener("click", () => this.toggle(this.list.hidden));
    this.list = el("div", { class: "menu attach", role: "group", "aria-label": "Attach", hidden: true }, ...this.rows());
    this.list.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
    document.addEventListener("pointerdown", (event) => this.leave(event.target));
    this.list.addEventListener("focusout", (event) => event.relatedTarget && this.leave(event.relatedTarget));
  }

  rows() {
    return [
      this.row("person", "My contact", () => this.phone.sharesContact("own")),
      this.row("people", "Someone else’s contact", () => this.phone.sharesContact("other")),
      this.row("pin", "A place", () => this.phone.picksPlace({ naming: true })),
      this.row("live", "Live location", () => this.phone.picksPlace({ live: true })),
      this.row("photo", "A photo", () => this.phone.sendsMedia("photo")),
      this.row("link", "An invitation link", () => this.phone.opensLink()),
      this.phone.person.codes && this.row("lock", "Six digits from the code generator", () => this.phone.sendsCode()),
    ].filter(Boolean);
  }

  row(sign, text, act) {
    return el("button", { type: "button", onclick: () => this.pick(act) }, icon(sign), el("span", { text }));
  }

  pick(act) {
    this.toggle(false);
    act();
  }

  toggle(open) {
    if (this.list.hidden === !open) return;
    const inside = this.list.contains(document.activeElement);
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.list.firstElementChild.focus();
    else if (inside) this.button.focus();
  }

  leave(target) {
    if (!this.list.contains(target) && !this.button.contains(target)) this.toggle(false);
  }
}
