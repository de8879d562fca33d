// What a message carries beside its words: a place on a small map, a contact, a document, a photo, other media.
import { el, icon, svg, tongue } from "./dom.js";
import { showPicture, showText } from "./dialogs.js";
import { drawCity, nearby, written } from "./map.js";
import { said } from "./words.js";

const SMALL_MAP = { width: 280, height: 150 };
const SMALL_SCALE = 9; // metres a pixel
const OTHER_MEDIA = ["video", "voice", "audio", "sticker", "animation", "video_note", "dice"];

/** The card for whatever the message carries, or null. */
export function carried(message, phone) {
  if (message.venue) return place(message.venue.location, phone, { title: message.venue.title, address: message.venue.address });
  if (message.location) return place(message.location, phone, { live: Boolean(message.location.live_period) });
  if (message.contact) return contact(message.contact);
  if (message.photo) return photo(message.photo, message.caption);
  const kind = OTHER_MEDIA.find((name) => message[name]);
  if (kind) return otherMedia(kind);
  return message.document ? paper(message.document) : null;
}

function place(location, phone, { title = "", address = "", live = false }) {
  const spot = { lat: location.latitude, lon: location.longitude };
  const map = svg("svg", { class: "map small", role: "img", "aria-label": said("mapWithPin", { where: nearby(phone.city, spot) }) });
  drawCity(map, phone.city, { ...spot, scale: SMALL_SCALE }, { ...SMALL_MAP, pin: spot });
  const lines = [
    title && el("strong", { text: title, lang: tongue(title) }),
    address && el("span", { text: address, lang: tongue(address) }),
    live && el("span", { class: "live" }, icon("live"), el("span", { text: said("livePlace") })),
    !title && nearby(phone.city, spot) && el("span", { text: nearby(phone.city, spot) }),
    address !== written(spot) && el("span", { class: "coordinates", text: written(spot) }),
  ];
  return el("div", { class: "carried place" }, map, el("div", { class: "about" }, ...lines.filter(Boolean)));
}

function contact(given) {
  const name = [given.first_name, given.last_name].filter(Boolean).join(" ");
  return el(
    "div",
    { class: "carried row" },
    el("span", { class: "disc" }, icon("person")),
    el("div", { class: "about" }, el("strong", { text: name, lang: tongue(name) }), el("span", { text: `+${given.phone_number.replace(/^\+/, "")}` })),
  );
}

function paper(file) {
  const name = file.file_name || said("document");
  const address = `/desk/files/${encodeURIComponent(file.file_id)}`;
  return el(
    "div",
    { class: "carried row" },
    el("span", { class: "disc" }, icon("file")),
    el("div", { class: "about" }, el("strong", { text: name, lang: tongue(name) }), el("span", { text: size(file.file_size) })),
    el(
      "div",
      { class: "deeds" },
      viewer(file, name, address),
      el("a", { class: "deed", href: address, download: name, text: said("save"), "aria-label": said("saveIt", { name }) }),
    ),
  );
}

function viewer(file, name, address) {
  const kind = file.mime_type || "";
  const props = { class: "deed", text: said("view"), "aria-label": said("viewIt", { name }) };
  if (kind.startsWith("image/") && kind !== "image/svg+xml") return el("button", { ...props, type: "button", onclick: () => showPicture(name, address) });
  if (readable(kind, name)) return el("button", { ...props, type: "button", onclick: () => showFile(name, address) });
  if (kind === "application/pdf") return el("a", { ...props, href: address, target: "_blank", rel: "noopener" });
  return null;
}

function readable(kind, name) {
  return (kind.startsWith("text/") && kind !== "text/html") || /json|xml|csv/.test(kind) || /\.(txt|json|csv|md|geojson|kml)$/i.test(name);
}

async function showFile(name, address) {
  const answer = await fetch(address);
  await showText(name, answer.ok ? await answer.text() : said("noDocument"));
}

function size(bytes) {
  if (!bytes) return said("document");
  if (bytes < 1024) return said("bytes", { n: bytes });
  if (bytes < 1024 * 1024) return said("kilobytes", { n: (bytes / 1024).toFixed(1) });
  return said("megabytes", { n: (bytes / 1024 / 1024).toFixed(1) });
}

function photo(sizes, caption) {
  const largest = sizes[sizes.length - 1];
  const source = `/desk/files/${encodeURIComponent(largest.file_id)}`;
  const title = caption ? caption.split("\n")[0] : said("picture");
  const drawn = el("img", { src: source, alt: title, width: largest.width, height: largest.height });
  const button = el("button", { type: "button", "aria-label": said("larger", { name: title }), onclick: () => showPicture(title, source) }, drawn);
  drawn.addEventListener("error", () => button.replaceWith(otherMedia("photo")));
  return el("div", { class: "carried picture" }, button);
}

function otherMedia(kind) {
  return el("div", { class: "carried row" }, el("span", { class: "disc" }, icon("photo")), el("div", { class: "about" }, el("strong", { text: said(kind === "photo" ? "picture" : kind) })));
}
