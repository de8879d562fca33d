// Turns the words of a message into text, links and tappable commands, and decides what a link does.
import { el } from "./dom.js";
import { ask, say } from "./dialogs.js";
import { said } from "./words.js";

const PARTS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'’।]|\bt\.me\/[^\s<>"]+[^\s<>".,;:!?)\]}'’।])|(?<![\w/:.])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

/** The nodes for a message's words; `phone` is asked when a link or command is tapped. */
export function words(text, phone) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(PARTS)) {
    nodes.push(text.slice(done, found.index), found[1] ? link(found[1], phone) : command(found[2], phone));
    done = found.index + found[0].length;
  }
  nodes.push(text.slice(done));
  return nodes;
}

function link(address, phone) {
  const href = /^https?:/i.test(address) ? address : `https://${address}`;
  return el("a", { href, rel: "noopener noreferrer", text: address, onclick: follow(href, phone) });
}

function follow(href, phone) {
  return (event) => {
    event.preventDefault();
    openLink(href, phone);
  };
}

function command(name, phone) {
  return el("button", { class: "command", type: "button", text: name, onclick: () => phone.says(name) });
}

/** The payload of a link to this very bot, "" for one without payload, null for any other link. */
export function startPayload(address, username) {
  const found = /^(?:https?:\/\/)?(?:t|telegram)\.me\/([a-z0-9_]+)\/?(?:\?start=([\w-]*))?$/i.exec(address.trim());
  if (!found || found[1].toLowerCase() !== username.toLowerCase()) return null;
  return found[2] || "";
}

/** Follow a link: one to the bot starts it in this chat; any other leaves the sandbox, so it asks first. */
export async function openLink(address, phone) {
  const payload = startPayload(address, phone.bot.username);
  if (payload !== null) {
    await phone.starts(payload);
    return;
  }
  if (!/^https?:\/\//i.test(address)) {
    await say(said("notHere"), said("otherApp", { address }));
    return;
  }
  const sure = await ask(said("leave"), said("opensOutside", { address }), said("open"));
  if (sure) window.open(address, "_blank", "noopener,noreferrer");
}
