// The guided tour: steps that were handed over; each is ticked off once the words it waits for stand in a chat.
import { el, tongue } from "./dom.js";

const LANGUAGES = { en: "English", hi: "हिन्दी" };

export class Tour {
  /** `forward(id)` brings a phone into sight, `says(id, text)` sends a text from it. */
  constructor(room, { forward, says }) {
    Object.assign(this, { room, forward, says });
    this.steps = [];
    this.done = new Set(); // numbers of steps
    this.language = navigator.language.startsWith("hi") ? "hi" : "en";
  }

  fill(steps, people) {
    this.steps = steps;
    this.names = new Map(people.map((person) => [person.id, person.name]));
    this.draw();
  }

  /** Tick off what this chat has reached; a step stays ticked even when its message goes away. */
  look(id, chat) {
    const said = chat.messages.filter((message) => !message.out && !message.deleted).map(wordsOf);
    const reached = this.steps.map((_, n) => n).filter((n) => !this.done.has(n) && this.reaches(this.steps[n], id, said));
    for (const n of reached) this.done.add(n);
    if (reached.length) this.draw();
  }

  reaches(step, id, said) {
    return step.person === id && said.some((words) => step.until.some((until) => words.includes(until)));
  }

  startOver() {
    this.done.clear();
    this.draw();
  }

  draw() {
    const next = this.steps.findIndex((_, n) => !this.done.has(n));
    const list = el("ol", {}, ...this.steps.map((step, n) => this.step(step, n, n === next)));
    this.room.replaceChildren(this.languages(), list);
    const current = list.children[next];
    if (current) list.scrollTo({ left: current.offsetLeft - list.offsetLeft - 20 });
  }

  step({ person, do: words, send }, n, now) {
    const name = this.names.get(person) ?? "";
    const text = words[this.language] ?? words.en;
    const done = this.done.has(n);
    const whose = el("button", { class: "plain whose-turn", type: "button", text: name, lang: tongue(name), onclick: () => this.forward(person) });
    const line = send && el("button", { class: "command", type: "button", text: send, onclick: () => this.sends(person, send) });
    const state = done ? el("span", { class: "unseen", text: "done" }) : null;
    return el("li", { class: done ? "done" : undefined, "aria-current": now ? "step" : undefined }, whose, state, el("p", { text, lang: tongue(text) }), line || null);
  }

  sends(person, text) {
    this.forward(person);
    this.says(person, text);
  }

  languages() {
    const choices = Object.entries(LANGUAGES).map(([code, text]) =>
      el("button", { class: "plain", type: "button", text, lang: code, "aria-pressed": String(code === this.language), onclick: () => this.speak(code) }),
    );
    return el("div", { class: "languages", role: "group", "aria-label": "Language of the tour" }, ...choices);
  }

  speak(language) {
    this.language = language;
    this.draw();
    this.room.querySelector(`.languages [lang="${language}"]`).focus();
  }
}

function wordsOf({ text, caption, reply_markup: markup }) {
  const labels = (markup?.inline_keyboard ?? []).flat().map((key) => key.text);
  return [text ?? "", caption ?? "", ...labels].join("\n");
}
