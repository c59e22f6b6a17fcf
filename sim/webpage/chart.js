// The chart of the chosen indicator: published years solid, each scenario's projection dashed.

const frame = { left: 58, top: 22, bottom: 30, right: 20, width: 700, height: 380, low: 0, high: 1 };

function scaleX(year) {
  const first = data.years[0];
  const last = data.years[data.years.length - 1];
  return frame.left + ((year - first) / Math.max(last - first, 1)) * (frame.width - frame.left - frame.right);
}

function scaleY(value) {
  const share = (value - frame.low) / (frame.high - frame.low);
  return frame.height - frame.bottom - share * (frame.height - frame.bottom - frame.top);
}

const valueAtY = (y) =>
  frame.low + ((frame.height - frame.bottom - y) / (frame.height - frame.bottom - frame.top)) * (frame.high - frame.low);

function niceStep(span, parts) {
  const raw = span / parts;
  const size = 10 ** Math.floor(Math.log10(raw));
  return size * [1, 2, 2.5, 5, 10].find((factor) => factor * size >= raw * 0.999);
}

// Values that the axis must hold: published, projected, and what other parts add.
function extent(item) {
  const values = item.published.map((point) => point.value);
  for (const place of shownPlaces()) {
    for (const steps of item.middle[place]) if (steps !== null) values.push(valueOf(steps, item));
  }
  for (const hook of hooks.extent) values.push(...hook(item));
  return values;
}

function fitAxis(item) {
  const values = extent(item);
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (!(high > low)) [low, high] = [low - 1, high + 1];
  const step = niceStep(high - low, 5);
  frame.low = Math.floor(low / step) * step;
  frame.high = Math.ceil(high / step) * step;
  return step;
}

function axis(picture, item) {
  const step = fitAxis(item);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (String(step / 10 ** Math.floor(Math.log10(step) + 1e-9)).startsWith("2.5") ? 1 : 0));
  for (let value = frame.low; value <= frame.high + step / 2; value += step) {
    const y = scaleY(value);
    picture.append(draw("line", { x1: frame.left, x2: frame.width - frame.right, y1: y, y2: y, stroke: "#e1e5e8" }));
    picture.append(draw("text", { x: frame.left - 6, y: y + 4, "text-anchor": "end" }, numberText(value, digits)));
  }
  const every = Math.ceil(data.years.length / Math.max((frame.width - frame.left - frame.right) / 44, 1));
  const last = data.years.length - 1;
  data.years.forEach((year, place) => {
    if ((last - place) % every) return;
    picture.append(draw("text", { x: scaleX(year), y: frame.height - 10, "text-anchor": "middle" }, String(year)));
  });
  picture.append(draw("text", { x: 4, y: 12 }, say("unit", { unit: item.unit })));
}

function yearMark(picture) {
  const x = scaleX(state.year);
  const line = { x1: x, x2: x, y1: frame.top, y2: frame.height - frame.bottom, stroke: "#7a858c", "stroke-dasharray": "1 3" };
  picture.append(draw("line", line));
}

function path(points) {
  return points.map(([x, y], place) => `${place ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

// Published years that follow each other are joined; a year without a figure leaves a gap.
function publishedLine(picture, item) {
  const joined = item.published.filter((point) => !point.other);
  joined.forEach((point, place) => {
    const next = joined[place + 1];
    if (!next || next.year !== point.year + 1) return;
    const ends = { x1: scaleX(point.year), y1: scaleY(point.value), x2: scaleX(next.year), y2: scaleY(next.value) };
    picture.append(draw("line", { ...ends, stroke: "#1a1a1a", "stroke-width": 2.5 }));
  });
  for (const point of item.published) {
    const fill = point.other ? "#fff" : "#1a1a1a";
    const spot = { cx: scaleX(point.year), cy: scaleY(point.value), r: 3.5, fill, stroke: "#1a1a1a", "stroke-width": 1.5 };
    picture.append(draw("circle", spot));
  }
}

// The year before the projection, where a figure was published on the same basis, and the projected years.
function projectedPoints(item, place, series = item.middle[place]) {
  const years = data.years.slice(item.start);
  const points = years.map((year, index) => [year, series[index]]).filter(([, steps]) => steps !== null);
  const found = points.map(([year, steps]) => [scaleX(year), scaleY(valueOf(steps, item)), year]);
  const before = item.start > 0 ? publishedAt(item, data.years[item.start - 1]) : undefined;
  if (before && !before.other && found.length) found.unshift([scaleX(before.year), scaleY(before.value), before.year]);
  return found;
}

function projectedLine(picture, item, place) {
  const scenario = data.scenarios[place];
  const points = projectedPoints(item, place);
  if (!points.length) return;
  const look = { fill: "none", stroke: scenario.colour, "stroke-width": 2, "stroke-dasharray": DASHES[place % DASHES.length] };
  picture.append(draw("path", { d: path(points), ...look }));
  for (const [x, y, year] of points) {
    if (!data.milestones.includes(year) && year !== data.years[data.years.length - 1]) continue;
    const move = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
    picture.append(draw("path", { d: MARKERS[place % MARKERS.length], fill: scenario.colour, stroke: "#fff", transform: move }));
  }
}

// Names at the ends of the lines, moved apart; where there is no room the legend below names them.
function endLabels(picture, item) {
  if (frame.right < 100) return;
  const ends = shownPlaces()
    .map((place) => ({ place, end: projectedPoints(item, place).at(-1) }))
    .filter(({ end }) => end)
    .sort((one, other) => one.end[1] - other.end[1]);
  let last = -Infinity;
  const placed = ends.map(({ place, end }) => ({ place, end, y: (last = Math.max(end[1] + 4, last + 15)) }));
  const over = last - (frame.height - frame.bottom);
  for (const { place, end, y } of placed) {
    const name = labelOf(place);
    const text = name.length > 9 ? name.slice(0, 8) + "…" : name;
    picture.append(draw("text", { x: end[0] + 9, y: over > 0 ? y - over : y, class: "end" }, text));
  }
}

const labelOf = (place) => {
  const { rank, name } = data.scenarios[place];
  return rank || name;
};

function fullLabel(place) {
  const { rank, name } = data.scenarios[place];
  return rank ? rank + say("colon") + name : name;
}

function drawChart() {
  const plot = byId("plot");
  const item = chosen();
  const focused = plot.contains(document.activeElement) && document.activeElement !== plot;
  frame.width = Math.max(plot.clientWidth || 700, 280);
  frame.height = Math.round(Math.min(Math.max(frame.width * 0.46, 270), 430));
  frame.right = frame.width >= 640 && shownPlaces().length <= 6 ? 140 : 20;
  const size = { viewBox: `0 0 ${frame.width} ${frame.height}` };
  const picture = draw("svg", size);
  const label = say("chart", chartWords(item));
  const drawing = draw("g", { role: "img", "aria-label": label });
  picture.append(drawing);
  axis(drawing, item);
  yearMark(drawing);
  for (const hook of hooks.under) hook(drawing, item);
  for (const place of shownPlaces()) projectedLine(drawing, item, place);
  publishedLine(drawing, item);
  endLabels(drawing, item);
  drawing.append(draw("line", { id: "cursor", y1: frame.top, y2: frame.height - frame.bottom, stroke: "#c2570c", visibility: "hidden" }));
  for (const hook of hooks.over) hook(picture, item);
  plot.replaceChildren(picture, make("div", { class: "box", hidden: "" }));
  if (focused) picture.querySelector("[tabindex]")?.focus({ preventScroll: true });
  showCursor();
}

const chartWords = (item) => ({
  indicator: item.name, unit: item.unit, first: data.years[0], last: data.years[data.years.length - 1],
});

function captions() {
  const item = chosen();
  const legend = byId("legend");
  legend.replaceChildren();
  if (item.published.length) legend.append(make("span", {}, publishedKey(), say("reported")));
  for (const place of shownPlaces()) legend.append(make("span", {}, key(place), fullLabel(place)));
  const empty = shownPlaces().every((place) => item.middle[place].every((steps) => steps === null));
  const more = hooks.caption.map((hook) => hook(item)).filter((text) => text);
  const said = empty ? say("no_values") : say("chart", chartWords(item));
  byId("caption").textContent = [said, ...more].join("");
}

function publishedKey() {
  const picture = draw("svg", { width: 38, height: 16, viewBox: "0 0 38 16", "aria-hidden": "true" });
  picture.append(draw("line", { x1: 1, x2: 37, y1: 8, y2: 8, stroke: "#1a1a1a", "stroke-width": 2.5 }));
  picture.append(draw("circle", { cx: 19, cy: 8, r: 3.5, fill: "#1a1a1a" }));
  return picture;
}

// Sources of the projected values of these scenarios; of many, that of the one the keys speak of.
function modelSources(places) {
  const many = places.length > 3;
  const cited = many ? [places.includes(state.focus) ? state.focus : places[0]] : places;
  return sourcesText(cited.map((place) => data.scenarios[place].source)) + (many ? say("semicolon") + say("more_sources") : "");
}

function showCursor() {
  const box = byId("plot").querySelector(".box");
  const line = byId("cursor");
  if (!box || !line) return;
  box.hidden = state.cursor === null;
  line.setAttribute("visibility", state.cursor === null ? "hidden" : "visible");
  if (state.cursor === null) return;
  const item = chosen();
  const x = scaleX(state.cursor);
  line.setAttribute("x1", x);
  line.setAttribute("x2", x);
  const models = shownPlaces().filter((place) => stepsAt(item.middle[place], item, state.cursor) !== null);
  const lines = yearWords(item, state.cursor).map((text) => make("p", {}, text));
  const source = models.length ? [make("p", {}, modelSources(models))] : [];
  box.replaceChildren(make("p", { class: "now" }, yearText(state.cursor)), ...lines, ...source);
  const room = byId("plot").clientWidth;
  const scale = room / frame.width;
  const left = x * scale + 12;
  box.style.left = `${Math.max(0, Math.min(left + box.offsetWidth > room ? x * scale - box.offsetWidth - 12 : left, room - box.offsetWidth))}px`;
  box.style.top = "8px";
}

function moveCursor(event) {
  if (event.target !== event.currentTarget) return;
  const last = data.years.length - 1;
  const now = state.cursor === null ? data.years.indexOf(state.year) : data.years.indexOf(state.cursor);
  const places = shownPlaces();
  const turn = (by) => places[(places.indexOf(state.focus) + by + places.length) % places.length];
  const moves = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last };
  if (event.key === "Escape") state.cursor = null;
  else if (event.key in moves) state.cursor = data.years[Math.min(Math.max(moves[event.key], 0), last)];
  else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    state.focus = turn(event.key === "ArrowUp" ? -1 : 1);
    state.cursor = data.years[now];
    drawChart();
    captions();
  } else return;
  event.preventDefault();
  showCursor();
  if (state.cursor !== null) readAloud();
}

function pointAt(event) {
  const plot = byId("plot");
  const x = ((event.clientX - plot.getBoundingClientRect().left) / plot.clientWidth) * frame.width;
  const near = data.years.reduce((best, year) => (Math.abs(scaleX(year) - x) < Math.abs(scaleX(best) - x) ? year : best));
  if (near === state.cursor) return;
  state.cursor = near;
  showCursor();
}

function startChart() {
  const plot = byId("plot");
  plot.addEventListener("pointermove", pointAt);
  plot.addEventListener("pointerdown", pointAt);
  plot.addEventListener("pointerleave", () => {
    state.cursor = null;
    showCursor();
  });
  plot.addEventListener("keydown", moveCursor);
  plot.addEventListener("blur", () => {
    state.cursor = null;
    showCursor();
  });
  let width = 0;
  new ResizeObserver(() => {
    if (plot.clientWidth === width) return;
    width = plot.clientWidth;
    drawChart();
  }).observe(plot);
  watchers.push(drawChart, captions, numbersTable);
}
