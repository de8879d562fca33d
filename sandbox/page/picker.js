// The place picker: click the map, choose a landmark, move the pin with arrow keys, or type coordinates.
import { el, svg } from "./dom.js";
import { open } from "./dialogs.js";
import { drawCity, nearby, projection, wholeCity, written } from "./map.js";
import { said } from "./words.js";

const NUDGE = 12; // pixels an arrow key moves the pin
const STEPS = { ArrowUp: [0, -NUDGE], ArrowDown: [0, NUDGE], ArrowLeft: [-NUDGE, 0], ArrowRight: [NUDGE, 0] };
const CLOSEST = 1.5; // metres a pixel

/** Ask for a place; resolves to {lat, lon, venue} or null. `naming` offers to send a landmark's name with it. */
export async function pickPlace(city, { title, send, start = null, naming = false }) {
  const picker = new Picker(city, { title, send, naming });
  if (start) picker.put(start);
  const answer = open(picker.dialog);
  picker.watch();
  return (await answer) === "send" ? picker.chosen() : null;
}

// Where the zoom buttons lie on the map.
function buttons(width) {
  return { left: width - 50, right: width, top: 0, bottom: 92 };
}

class Picker {
  constructor(city, { title, send, naming }) {
    this.city = city;
    this.pin = null;
    this.view = null;
    this.map = svg("svg", { class: "map", tabindex: "0", role: "application", "aria-describedby": "picker-help" });
    this.map.setAttribute("aria-label", said("mapHelp"));
    this.map.addEventListener("click", (event) => this.clicked(event));
    this.map.addEventListener("keydown", (event) => this.pressed(event));
    this.typed = el("input", { id: "picker-typed", class: "line", type: "text", autocomplete: "off", spellcheck: "false" });
    this.typed.setAttribute("placeholder", "22.71850, 75.85500");
    this.typed.addEventListener("input", () => this.readTyped());
    this.where = el("p", { id: "picker-help", class: "where", "aria-live": "polite" });
    this.name = el("input", { type: "checkbox", id: "picker-name" });
    this.naming = el("label", { class: "tick", hidden: true }, this.name, el("span", { text: said("sendName") }));
    this.offersName = naming;
    this.sender = el("button", { class: "strong", value: "send", text: send, disabled: true });
    this.dialog = this.build(title);
    this.tell();
  }

  build(title) {
    const cancel = el("button", { class: "quiet", type: "button", text: said("cancel"), onclick: () => this.dialog.close("") });
    const zoom = (text, name, by) =>
      el("button", { class: "zoom", type: "button", "aria-label": name, text, onclick: () => this.zoom(by) });
    const board = el("div", { class: "board" }, this.map, zoom("+", said("zoomIn"), 0.5), zoom("−", said("zoomOut"), 2));
    const coordinates = el("label", { class: "coordinates", for: "picker-typed" }, el("span", { text: said("coordinates") }), this.typed);
    return el(
      "dialog",
      { class: "card picker", "aria-labelledby": "picker-title" },
      el(
        "form",
        { method: "dialog" },
        el("h2", { id: "picker-title", text: title }),
        el("div", { class: "places" }, board, this.list()),
        el("div", { class: "under" }, coordinates, this.where, this.naming),
        el("div", { class: "choices" }, cancel, this.sender),
      ),
    );
  }

  list() {
    const rows = this.city.landmarks.map((place, index) => {
      const radio = el("input", { type: "radio", name: "landmark", value: index, onchange: () => this.put(place) });
      const hindi = el("span", { class: "second", lang: "hi", text: place.hindi });
      return el("label", {}, radio, el("span", { class: "names" }, el("span", { text: place.name }), hindi));
    });
    return el("fieldset", { class: "landmarks" }, el("legend", { text: said("landmarks") }), ...rows);
  }

  /** Draw at the size the map really has, now and whenever that changes. */
  watch() {
    const sized = new ResizeObserver(() => this.draw());
    sized.observe(this.map);
    this.dialog.addEventListener("close", () => sized.disconnect());
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.map;
    if (!width || !height) return;
    this.size = { width, height };
    this.whole = wholeCity(this.city.bounds, width, height);
    this.view ??= this.whole;
    drawCity(this.map, this.city, this.view, { ...this.size, pin: this.pin, reserved: [buttons(width)] });
  }

  put(place) {
    this.pin = { lat: place.lat, lon: place.lon };
    this.venue = place.name ?? "";
    this.typed.value = written(place);
    this.settle();
  }

  settle() {
    for (const radio of this.dialog.querySelectorAll("input[type=radio]")) {
      radio.checked = Boolean(this.venue) && this.city.landmarks[radio.value].name === this.venue;
    }
    this.naming.hidden = !(this.offersName && this.venue);
    this.sender.disabled = !this.pin;
    this.tell();
    if (this.size) this.draw();
  }

  tell() {
    if (!this.pin) this.where.textContent = said("clickMap");
    else this.where.textContent = nearby(this.city, this.pin) || said("farAway");
  }

  clicked(event) {
    const box = this.map.getBoundingClientRect();
    this.put(this.toPlace(event.clientX - box.left, event.clientY - box.top));
  }

  toPlace(x, y) {
    return projection(this.view, this.size.width, this.size.height).toPlace(x, y);
  }

  pressed(event) {
    if (event.key === "+" || event.key === "=") this.zoom(0.5);
    else if (event.key === "-") this.zoom(2);
    else if (event.key === "Enter" && this.pin) this.sender.click();
    else if (STEPS[event.key]) this.nudge(...STEPS[event.key]);
    else return;
    event.preventDefault();
  }

  nudge(right, down) {
    const { toPixel } = projection(this.view, this.size.width, this.size.height);
    const [x, y] = toPixel(this.pin ?? this.view);
    this.put(this.pin ? this.toPlace(x + right, y + down) : this.view);
  }

  zoom(by) {
    const scale = Math.min(this.whole.scale, Math.max(CLOSEST, this.view.scale * by));
    const middle = scale === this.whole.scale ? this.whole : (this.pin ?? this.view);
    this.view = { lat: middle.lat, lon: middle.lon, scale };
    this.draw();
  }

  readTyped() {
    const found = /^\s*(-?\d{1,2}(?:\.\d+)?)[\s,]+(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(this.typed.value);
    const place = found && { lat: Number(found[1]), lon: Number(found[2]) };
    const possible = place && Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180;
    this.pin = possible ? place : null;
    this.venue = "";
    this.settle();
  }

  chosen() {
    return { ...this.pin, venue: !this.naming.hidden && this.name.checked ? this.venue : "" };
  }
}
