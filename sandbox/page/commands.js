// The command menu: all commands of the chat, or those that begin with what is being typed.
import { el, fitAbove, tongue } from "./dom.js";
import { said } from "./words.js";

export class CommandMenu {
  constructor(field, choose) {
    this.field = field;
    this.choose = choose;
    this.commands = [];
    this.offered = [];
    this.at = -1;
    const id = `commands-${field.id}`;
    this.list = el("ul", { class: "menu commands", id, role: "listbox", "aria-label": said("commands"), hidden: true });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" })) {
      field.setAttribute(name, value);
    }
  }

  get open() {
    return !this.list.hidden;
  }

  /** Show every command, or hide the menu. */
  toggle() {
    if (this.open) this.close();
    else this.offer(this.commands, 0);
  }

  /** Follow the typing: "/" opens the menu and more letters narrow it. */
  typed(text) {
    const begun = /^\/([a-z0-9_]*)$/i.exec(text);
    if (!begun) this.close();
    else this.offer(this.commands.filter(({ command }) => command.startsWith(begun[1].toLowerCase())), 0);
  }

  offer(commands, at) {
    this.offered = commands;
    this.list.replaceChildren(...commands.map((one, index) => this.row(one, index)));
    this.list.hidden = commands.length === 0;
    if (this.open) fitAbove(this.list);
    this.field.setAttribute("aria-expanded", String(this.open));
    this.mark(this.open ? at : -1);
  }

  row({ command, description }, index) {
    const name = el("span", { class: "name", text: `/${command}` });
    const meaning = el("span", { class: "second", text: description, lang: tongue(description) });
    const row = el("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" }, name, meaning);
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", () => this.take(index));
    return row;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const { command } = this.offered[index];
    this.close();
    this.choose(`/${command}`);
  }

  close() {
    this.offer([], -1);
  }

  /** Handle a key pressed in the text field; true when it was for the menu. */
  key(name, text) {
    if (!this.open) return false;
    const many = this.offered.length;
    const exact = this.offered.some(({ command }) => `/${command}` === text.toLowerCase());
    if (name === "ArrowDown") this.mark((this.at + 1) % many);
    else if (name === "ArrowUp") this.mark((this.at - 1 + many) % many);
    else if (name === "Escape") this.close();
    else if (name === "Enter" && !(exact && this.at === 0)) this.take(this.at);
    else return false;
    return true;
  }
}
