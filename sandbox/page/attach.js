// The attach menu: what a phone can send besides words.
import { el, fitAbove, icon } from "./dom.js";
import { said } from "./words.js";

export class AttachMenu {
  constructor(phone) {
    this.phone = phone;
    this.button = el("button", { class: "round", type: "button", "aria-label": said("attach"), "aria-expanded": "false" }, icon("attach"));
    this.button.addEventListener("click", () => this.toggle(this.list.hidden));
    this.list = el("div", { class: "menu attach", role: "group", "aria-label": said("attach"), hidden: true }, ...this.rows());
    this.list.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
    document.addEventListener("pointerdown", (event) => this.leave(event.target));
    this.list.addEventListener("focusout", (event) => event.relatedTarget && this.leave(event.relatedTarget));
  }

  rows() {
    return [
      this.row("person", said("myContact"), () => this.phone.sharesContact("own")),
      this.row("people", said("othersContact"), () => this.phone.sharesContact("other")),
      this.row("pin", said("place"), () => this.phone.picksPlace({ naming: true })),
      this.row("live", said("livePlace"), () => this.phone.picksPlace({ live: true })),
      this.row("photo", said("photo"), () => this.phone.sendsMedia("photo")),
      this.row("link", said("invitation"), () => this.phone.opensLink()),
      this.phone.person.codes && this.row("lock", said("sixDigits"), () => this.phone.sendsCode()),
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
    if (open) fitAbove(this.list);
    if (open) this.list.firstElementChild.focus();
    else if (inside) this.button.focus();
  }

  leave(target) {
    if (!this.list.contains(target) && !this.button.contains(target)) this.toggle(false);
  }
}
