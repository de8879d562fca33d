// Draws the simple map of the demo city as SVG: water, roads, landmarks and a pin.
import { svg } from "./dom.js";
import { said, spoken } from "./words.js";

const METRES_PER_DEGREE = 111320;

/** Ties places to pixels: `view` is {lat, lon, scale} with scale in metres a pixel, for a box of width x height. */
export function projection(view, width, height) {
  const east = METRES_PER_DEGREE * Math.cos((view.lat * Math.PI) / 180);
  return {
    toPixel: ({ lat, lon }) => [
      width / 2 + ((lon - view.lon) * east) / view.scale,
      height / 2 - ((lat - view.lat) * METRES_PER_DEGREE) / view.scale,
    ],
    toPlace: (x, y) => ({
      lat: view.lat - ((y - height / 2) * view.scale) / METRES_PER_DEGREE,
      lon: view.lon + ((x - width / 2) * view.scale) / east,
    }),
  };
}

/** The view that shows the whole city in a box. */
export function wholeCity(bounds, width, height) {
  const lat = (bounds.north + bounds.south) / 2;
  const lon = (bounds.east + bounds.west) / 2;
  const tall = (bounds.north - bounds.south) * METRES_PER_DEGREE;
  const wide = (bounds.east - bounds.west) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return { lat, lon, scale: Math.max(tall / height, wide / width) };
}

/** Metres between two places of one city: flat-earth arithmetic, good for a drawing and for nothing else. */
export function apart(a, b) {
  const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(a.lat - b.lat, east) * METRES_PER_DEGREE;
}

/** "22.71850, 75.85500" */
export function written({ lat, lon }) {
  return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
}

/** In words: "at Rajwada", "about 400 m from Rajwada", or nothing when no landmark is within 3 km. */
export function nearby(city, place) {
  const [nearest] = [...city.landmarks].sort((a, b) => apart(place, a) - apart(place, b));
  if (!nearest) return "";
  const metres = apart(place, nearest);
  const name = (spoken() === "hi" && nearest.hindi) || nearest.name;
  if (metres < 40) return said("atLandmark", { name });
  if (metres > 3000) return "";
  return said("nearLandmark", { name, far: inWords(metres) });
}

function inWords(metres) {
  if (metres >= 1000) return said("kilometres", { n: (metres / 1000).toFixed(1) });
  return said("metres", { n: Math.max(50, Math.round(metres / 50) * 50) });
}

/** Draw the city into an <svg> of width x height pixels; `pin` is a place or null; no name covers a `reserved` box. */
export function drawCity(target, city, view, { width, height, pin = null, reserved = [] }) {
  const { toPixel } = projection(view, width, height);
  const line = (points) => points.map((point) => toPixel(point).map((n) => n.toFixed(1)).join(",")).join(" ");
  const covered = pin ? [...reserved, pinBox(toPixel(pin))] : reserved;
  target.setAttribute("viewBox", `0 0 ${width} ${height}`);
  target.replaceChildren(
    svg("rect", { class: "map-land", width, height }),
    grid(view, width, height),
    ...city.water.map((points) => svg("polyline", { class: "map-water", points: line(points) })),
    ...city.roads.map((points) => svg("polyline", { class: "map-kerb", points: line(points) })),
    ...city.roads.map((points) => svg("polyline", { class: "map-road", points: line(points) })),
    ...landmarks(city.landmarks, toPixel, { width, height, reserved: covered }),
  );
  if (pin) target.append(drawnPin(toPixel(pin)));
}

function grid(view, width, height) {
  const step = 500 / view.scale;
  const lines = svg("g", { class: "map-grid" });
  if (step < 8) return lines;
  for (let x = (width / 2) % step; x < width; x += step) lines.append(svg("line", { x1: x, x2: x, y1: 0, y2: height }));
  for (let y = (height / 2) % step; y < height; y += step) lines.append(svg("line", { x1: 0, x2: width, y1: y, y2: y }));
  return lines;
}

function pinBox([x, y]) {
  return { left: x - 12, right: x + 12, top: y - 34, bottom: y };
}

function drawnPin([x, y]) {
  return svg(
    "g",
    { class: "map-pin", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    svg("ellipse", { class: "map-pin-shade", rx: 6, ry: 2.5 }),
    svg("path", { d: "M0 0C-5-9-11-14-11-22a11 11 0 0 1 22 0C11-14 5-9 0 0Z" }),
    svg("circle", { cy: -22, r: 4.2 }),
  );
}

// A dot for every landmark, and its names wherever they cover no others; the English one alone where only that fits.
function landmarks(places, toPixel, { width, height, reserved }) {
  const taken = [...reserved, ...places.map((place) => around(toPixel(place), 5))];
  return places.flatMap((place) => {
    const [x, y] = toPixel(place);
    if (x < 0 || y < 0 || x > width || y > height) return [];
    const dot = svg("circle", { class: "map-dot", cx: x, cy: y, r: 3.5 });
    const free = (hindi) => freeSpot({ name: place.name, hindi }, x, y, taken, { width, height });
    const spot = free(place.hindi) ?? (place.hindi ? free("") : undefined);
    return spot ? [dot, label(spot)] : [dot];
  });
}

function around([x, y], reach) {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function freeSpot({ name, hindi }, x, y, taken, { width, height }) {
  const wide = Math.max(name.length * 6.8, hindi.length * 6.4) + 6;
  const tall = hindi ? 30 : 15;
  const spots = [
    { anchor: "start", x: x + 8, left: x + 8, top: y - tall / 2 },
    { anchor: "end", x: x - 8, left: x - 8 - wide, top: y - tall / 2 },
    { anchor: "middle", x, left: x - wide / 2, top: y + 7 },
    { anchor: "middle", x, left: x - wide / 2, top: y - tall - 7 },
    { anchor: "end", x: x - 14, left: x - 14 - wide, top: y - tall / 2 },
    { anchor: "start", x: x + 14, left: x + 14, top: y - tall / 2 },
  ];
  const found = spots.find((spot) => {
    const box = { left: spot.left, right: spot.left + wide, top: spot.top, bottom: spot.top + tall };
    const inside = box.left > 2 && box.right < width - 2 && box.top > 2 && box.bottom < height - 2;
    if (!inside || taken.some((other) => overlap(box, other))) return false;
    taken.push(box);
    return true;
  });
  return found && { ...found, name, hindi };
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function label(spot) {
  const row = (text, lower, lang) =>
    svg("text", { class: "map-name", x: spot.x, y: spot.top + lower, "text-anchor": spot.anchor, lang, text });
  return svg("g", {}, row(spot.name, 12), spot.hindi ? row(spot.hindi, 27, "hi") : null);
}
