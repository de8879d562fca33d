// Talks with the sandbox's server on this computer: reads, posts, and listens for what changed.
import { said } from "./words.js";

/** Read JSON from the server; throws when there is no good answer. */
export async function read(path) {
  return unpack(await fetch(path, { headers: { Accept: "application/json" } }));
}

/** Post JSON to the server; throws when it is refused or nobody answers. */
export async function post(path, body = {}) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return unpack(await fetch(path, options));
}

async function unpack(response) {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw new Error(body.description || body.error || said("answered", response));
}

const SHORTEST_WAIT = 250; // milliseconds
const LONGEST_WAIT = 4000;

/** Listen for changes for as long as the page lives. `on.event` gets each; `on.here` may fail, then it is tried again, as when `on.gone`. */
export function listen(path, on) {
  let wait = SHORTEST_WAIT;
  const connect = () => {
    const source = new EventSource(path);
    let over = false;
    const lost = () => {
      if (over) return; // one connection is lost only once
      over = true;
      source.close();
      on.gone();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
    source.onopen = () => on.here().then(() => (wait = SHORTEST_WAIT), lost);
    source.onmessage = (message) => on.event(JSON.parse(message.data));
    source.onerror = lost;
  };
  connect();
}
