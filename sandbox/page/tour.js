// The guided tour: one step at a time, large enough for a hall; each is ticked off once its words stand in a chat.
import { el, icon, tongue } from "./dom.js";
import { said, spoken } from "./words.js";

export class Tour {
  /** `forward(id)` brings a phone into sight, `inSight(id)` tells whether it is, `says(id, text)` sends a text from it. */
  constructor(room, { forward, inSight, says }) {
    Object.assign(this, { room, forward, inSight, says });
    this.steps = [];
    this.done = new Set(); // numbers of steps
    this.chosen = null; // the number of a step that someone looks at, whatever is next
    this.numbers = el("ol");
    this.now = el("div", { class: "step", "aria-live": "polite" });
    room.append(this.numbers, this.now);
  }

  fill(steps, people) {
    this.steps = steps;
    this.people = new Map(people.map((person) => [person.id, person]));
    this.draw();
  }

  /** Tick off what this chat has reached; a step stays ticked even when its message goes away. */
  look(id, chat) {
    const words = chat.messages.filter((message) => !message.out && !message.deleted).map(wordsOf);
    const reached = this.steps.map((_, n) => n).filter((n) => !this.done.has(n) && this.reaches(this.steps[n], id, words));
    for (const n of reached) this.done.add(n);
    if (!reached.length) return;
    this.chosen = null;
    this.draw();
  }

  reaches(step, id, words) {
    return step.person === id && words.some((one) => step.until.some((until) => one.includes(until)));
  }

  startOver() {
    this.done.clear();
    this.chosen = null;
    this.draw();
  }

  choose(n) {
    this.chosen = n;
    this.draw();
    this.room.querySelector("[aria-current]").focus();
  }

  draw() {
    if (!this.steps.length) return;
    const next = this.steps.findIndex((_, n) => !this.done.has(n));
    const at = this.chosen ?? next;
    const held = [...this.room.querySelectorAll("button")].indexOf(document.activeElement);
    this.numbers.replaceChildren(...this.steps.map((_, n) => el("li", {}, this.number(n, n === at))));
    this.now.replaceChildren(...(at < 0 ? [el("p", { text: said("tourEnds"), lang: spoken() })] : this.step(at)));
    this.room.querySelectorAll("button")[held]?.focus();
  }

  number(n, now) {
    const done = this.done.has(n);
    const name = said("stepOf", { n: n + 1, all: this.steps.length });
    return el(
      "button",
      { class: `number ${done ? "ticked" : ""}`, type: "button", "aria-label": done ? `${name}: ${said("done")}` : name, "aria-current": now ? "step" : undefined, onclick: () => this.choose(n) },
      el("span", { "aria-hidden": "true", text: done ? "✓" : `${n + 1}` }),
    );
  }

  step(n) {
    const { person, do: words, send } = this.steps[n];
    const { name = "", colour } = this.people.get(person) ?? {};
    const text = words[spoken()] ?? words.en;
    const whose = el("button", { class: `whose-turn ${this.inSight(person) ? "" : "away"}`, type: "button", onclick: () => this.forward(person) }, el("span", { text: name, lang: tongue(name) }), icon("go"));
    if (colour) whose.style.setProperty("--who", colour);
    const line = send && el("button", { class: "command", type: "button", text: send, onclick: () => this.sends(person, send) });
    return [whose, el("p", { text, lang: spoken() }), line].filter(Boolean);
  }

  sends(person, text) {
    this.forward(person);
    this.says(person, text);
  }
}

function wordsOf({ text, caption, reply_markup: markup }) {
  const labels = (markup?.inline_keyboard ?? []).flat().map((key) => key.text);
  return [text ?? "", caption ?? "", ...labels].join("\n");
}
