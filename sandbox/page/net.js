// Talks with the sandbox's server on this computer: reads, posts, and listens for what changed.

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
  throw new Error(body.description || body.error || `the sandbox answered ${response.status}`);
}

const LONGEST_WAIT = 4000;

/** Listen for changes for as long as the page lives; `on.event`, `on.here` and `on.gone` are told. */
export function listen(path, on) {
  let wait = 250;
  const connect = () => {
    const source = new EventSource(path);
    source.onopen = () => {
      wait = 250;
      on.here();
    };
    source.onmessage = (message) => on.event(JSON.parse(message.data));
    source.onerror = () => {
      source.close();
      on.gone();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  };
  connect();
}
