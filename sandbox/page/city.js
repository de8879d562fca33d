// Reads the city the server sends into the shape the map draws.

/** {bounds, landmarks: [{name, hindi, lat, lon}], roads: [[{lat, lon}]], water: [[{lat, lon}]], timezone} */
export function readCity(sent, timezone) {
  return {
    timezone,
    bounds: sent.bounds,
    landmarks: (sent.landmarks ?? []).map(({ name, hindi, lat, lon }) => ({ name, hindi: hindi ?? "", lat, lon })),
    roads: (sent.roads ?? []).map(line),
    water: (sent.water ?? []).map(line),
  };
}

function line(points) {
  return points.map(([lat, lon]) => ({ lat, lon }));
}
