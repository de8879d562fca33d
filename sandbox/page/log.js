// The chat of one phone: keeps the bubbles in step with the messages and the newest one in sight.
import { bubble } from "./bubble.js";
import { el, icon } from "./dom.js";
import { said } from "./words.js";

const NEAR_THE_END = 80; // pixels

export class Log {
  constructor(phone) {
    this.phone = phone;
    this.shown = new Map(); // message id -> {written, node}
    this.list = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": said("chatOf", phone.person), tabindex: "0" });
    this.newest = el("button", { class: "newest", type: "button", "aria-label": said("newest"), hidden: true }, icon("down"));
    this.newest.addEventListener("click", () => this.toEnd());
    this.list.addEventListener("load", () => this.following && this.toEnd("instant"), true);
    this.element = el("div", { class: "chat" }, this.list, this.newest);
    this.following = true;
    this.lastTop = 0;
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.following && this.toEnd("instant")).observe(this.list);
  }

  // Only someone who scrolls back stops the chat from following its newest message.
  scrolled() {
    const back = this.list.scrollTop < this.lastTop - 2;
    this.lastTop = this.list.scrollTop;
    if (this.atEnd()) this.following = true;
    else if (back) this.following = false;
    this.newest.hidden = this.following;
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_THE_END;
  }

  toEnd(behavior = "auto") {
    this.following = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior });
  }

  /** Show exactly these messages, touching only what changed. */
  show(messages) {
    const living = messages.filter((message) => !message.deleted);
    const follow = this.following || living.some((message) => message.out && !this.shown.has(message.message_id));
    const fresh = this.shown.size === 0;
    const ids = new Set(living.map((message) => message.message_id));
    for (const [id, { node }] of this.shown) if (!ids.has(id)) this.take(id, node);
    for (const message of living) this.put(message);
    this.list.classList.toggle("empty", living.length === 0);
    if (follow) this.toEnd(fresh ? "instant" : "auto");
  }

  take(id, node) {
    if (node.contains(document.activeElement)) this.list.focus({ preventScroll: true });
    node.remove();
    this.shown.delete(id);
  }

  put(message) {
    const written = JSON.stringify(message);
    const old = this.shown.get(message.message_id);
    if (old?.written === written) return;
    const node = bubble(message, this.phone);
    if (old) swap(old.node, node, this.list);
    else this.list.append(node);
    this.shown.set(message.message_id, { written, node });
  }
}

// Puts a changed bubble in place; someone whose focus was on one of its buttons keeps their place.
function swap(old, node, list) {
  const buttons = [...old.querySelectorAll("button, a")];
  const at = buttons.indexOf(document.activeElement);
  old.replaceWith(node);
  if (at < 0) return;
  const now = [...node.querySelectorAll("button, a")];
  (now[Math.min(at, now.length - 1)] ?? list).focus({ preventScroll: true });
}
