// One person's phone: who they are, their chat with the bot, and everything they can do in it.
import { Composer } from "./composer.js";
import { askLine, say } from "./dialogs.js";
import { el, tongue } from "./dom.js";
import { Log } from "./log.js";
import { post } from "./net.js";
import { pickPlace } from "./picker.js";
import { startPayload } from "./text.js";
import { LANGUAGES, said } from "./words.js";

const TOAST_TIME = 4000;

export class Phone {
  /** `before` is the same phone as it was until now, when only the language of the page changed. */
  constructor(person, bot, city, before) {
    Object.assign(this, { person, bot, city });
    this.lastPlace = before?.lastPlace ?? null;
    this.seen = before?.seen ?? 0;
    this.newestId = 0;
    this.log = new Log(this);
    this.composer = new Composer(this);
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.welcome = el("p", { class: "welcome" });
    this.log.element.append(this.toasts, this.welcome);
    this.element = el("section", { class: "phone", "data-person": person.id, "aria-label": said("phoneOf", person) });
    this.element.append(this.owner(), el("div", { class: "screen" }, this.top(), this.log.element, this.composer.element));
    if (person.colour) this.element.style.setProperty("--who", person.colour);
  }

  owner() {
    const { name } = this.person;
    return el(
      "header",
      { class: "owner" },
      el("span", { class: "face", "aria-hidden": "true", text: initials(name) }),
      el("h2", { text: name, lang: tongue(name), title: [name, this.person.of].filter(Boolean).join(" · ") }),
      ...this.tags().map((text) => el("span", { class: "tag", text, lang: tongue(text) })),
    );
  }

  tags() {
    const { role, language } = this.person;
    return [said(role), LANGUAGES[language] ?? language].filter(Boolean);
  }

  top() {
    const sign = el("img", { src: "/page/icon.svg", alt: "", width: 34, height: 34 });
    const name = el("strong", { text: this.bot.name, lang: tongue(this.bot.name) });
    const madeUp = el("span", { class: "second made-up", text: said("madeUp") });
    return el("div", { class: "top" }, sign, el("div", {}, name, el("span", { class: "second kind", text: said("bot") }), madeUp));
  }

  /** Show the chat as it is now; returns how many messages are new since it was last in sight. */
  update(chat) {
    if (chat.messages.length === 0) this.lastPlace = null;
    this.log.show(chat.messages);
    this.greet(chat.welcome || said("nothingYet"));
    this.composer.update(chat);
    const fromBot = chat.messages.filter((message) => !message.out && !message.deleted);
    this.newestId = Math.max(0, ...fromBot.map((message) => message.message_id));
    if (this.inSight() || this.newestId < this.seen) this.seen = this.inSight() ? this.newestId : 0;
    return fromBot.filter((message) => message.message_id > this.seen).length;
  }

  greet(words) {
    this.welcome.textContent = words;
    this.welcome.lang = tongue(words) ?? "";
  }

  inSight() {
    return !this.element.hidden;
  }

  /** Bring the phone into sight, or put it away. */
  show(visible) {
    this.element.hidden = !visible;
    if (visible) this.seen = this.newestId;
  }

  says(text) {
    return this.does("text", { text });
  }

  starts(payload) {
    return this.does("start", { payload });
  }

  taps(messageId, data) {
    return this.does("tap", { message_id: messageId, data });
  }

  sharesContact(whose) {
    return this.does("contact", { whose });
  }

  sendsCode() {
    return this.does("code", {});
  }

  sendsMedia(kind) {
    return this.does("media", { kind });
  }

  /** Open the place picker and send what was chosen. */
  async picksPlace({ live = false, naming = false } = {}) {
    const send = said(live ? "shareLive" : "sendPlace");
    const title = live ? said("whereWalking", this.person) : said("whichPlace");
    const place = await pickPlace(this.city, { title, send, naming, start: this.lastPlace });
    if (!place) return false;
    this.lastPlace = { lat: place.lat, lon: place.lon };
    return this.does("place", { ...this.lastPlace, ...(live && { live }), ...(place.venue && { venue: place.venue }) });
  }

  /** Ask for a link that was handed over, and open it in this chat. */
  async opensLink() {
    const given = await askLine(said("openInvitation"), `https://t.me/${this.bot.username}?start=…`, said("open"));
    if (!given) return;
    const payload = startPayload(given, this.bot.username) ?? (/^[\w-]{1,64}$/.test(given) ? given : null);
    if (payload === null) await say(said("notOurLink"), said("linkEnds"));
    else await this.starts(payload);
  }

  async does(what, body) {
    try {
      await post(`/desk/people/${this.person.id}/${what}`, body);
      return true;
    } catch (problem) {
      const why = problem instanceof TypeError ? said("noAnswer") : problem.message; // fetch throws a TypeError when nobody is there
      this.toast(said("notSent", { why }));
      return false;
    }
  }

  keyPressed() {
    this.composer.keyPressed();
  }

  /** Show a short note over the chat for a few seconds. */
  toast(text) {
    const note = el("p", { class: "toast", text, lang: tongue(text) });
    this.toasts.append(note);
    setTimeout(() => note.remove(), TOAST_TIME);
  }
}

/** "AV" for Asha Verma. */
export function initials(name) {
  const parts = name.replace(/[,.].*$/, "").split(/\s+/).filter(Boolean);
  return parts.slice(0, 2).map((part) => [...part][0]).join("").toUpperCase();
}
