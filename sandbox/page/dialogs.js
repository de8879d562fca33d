// The page's dialogs: ask yes or no, say something, show a picture or a text.
import { el, tongue } from "./dom.js";
import { said } from "./words.js";

/** Ask before doing something; resolves to true when the person agrees. */
export function ask(title, words, yes, no = said("cancel")) {
  const buttons = [
    el("button", { class: "quiet", value: "no", text: no }),
    el("button", { class: "strong", value: "yes", text: yes, autofocus: true }),
  ];
  return shown(title, el("p", { class: "words", text: words, lang: tongue(words) }), buttons).then((answer) => answer === "yes");
}

/** Say something that waits for OK. */
export function say(title, words) {
  const okay = el("button", { class: "strong", value: "yes", text: said("okay"), autofocus: true });
  return shown(title, el("p", { class: "words", text: words, lang: tongue(words) }), [okay]);
}

/** Ask for one line of text; resolves to it, or to "" when cancelled. */
export async function askLine(title, words, yes) {
  const field = el("input", { class: "line", type: "text", "aria-label": words, autocomplete: "off", autofocus: true });
  const buttons = [
    el("button", { class: "quiet", value: "no", type: "button", text: said("cancel"), onclick: (event) => event.target.closest("dialog").close("no") }),
    el("button", { class: "strong", value: "yes", text: yes }),
  ];
  const answer = await shown(title, el("label", { class: "words" }, el("span", { text: words }), field), buttons);
  return answer === "yes" ? field.value.trim() : "";
}

/** Show a photo large. */
export function showPicture(title, source) {
  return shown(title, el("img", { class: "large", src: source, alt: title }), [closer()], "wide");
}

/** Show the text of a document. */
export function showText(title, words) {
  const page = el("pre", { class: "page", text: words, lang: tongue(words), tabindex: "0", role: "region", "aria-label": title });
  return shown(title, page, [closer()], "wide");
}

function closer() {
  return el("button", { class: "strong", value: "yes", text: said("close"), autofocus: true });
}

function shown(title, body, buttons, kind = "") {
  const heading = el("h2", { id: "dialog-title", text: title, lang: tongue(title) });
  const form = el("form", { method: "dialog" }, heading, body, el("div", { class: "choices" }, ...buttons));
  const dialog = el("dialog", { class: `card ${kind}`, "aria-labelledby": "dialog-title" }, form);
  return open(dialog);
}

/** Open a <dialog>, take it away when it closes, and resolve to its answer. */
export function open(dialog) {
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    dialog.showModal();
  });
}
