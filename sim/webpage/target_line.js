// A target line to move by mouse, finger or keys, and each scenario's probability there, to 5 points.

const goal = { entry: null, operator: ">=", value: 0, year: null, indicator: null };
const decoded = new Map();

// A curve as points (value, share below), rising in both: stored levels, and the points that hold exactly.
function pointsOf(curve) {
  if (!decoded.has(curve)) decoded.set(curve, decode(curve));
  return decoded.get(curve);
}

function decode([first, largest, codes, ...numbers]) {
  const top = data.alphabet.length - 1;
  const exact = [];
  for (let place = 0; place < numbers.length; place += 2) exact.push([numbers[place], numbers[place + 1]]);
  const points = [...exact];
  let value = first;
  data.levels.forEach((level, place) => {
    if (place) value += largest * (data.alphabet.indexOf(codes[place - 1]) / top) ** 2;
    if (exact.every(([x, y]) => value !== x && (value - x) * (level - y) >= 0)) points.push([value, level]);
  });
  points.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return Object.assign(points, { ends: [first, value] }); // the outermost stored values
}

// Share of simulations below a value (`upTo`: below or equal), linear between points.
function shareBelow(points, value, upTo) {
  const same = points.filter((point) => point[0] === value);
  if (same.length) return same[upTo ? same.length - 1 : 0][1];
  const place = points.findIndex((point) => point[0] > value);
  if (place === 0) return 0;
  if (place < 0) return 1;
  const [[x0, y0], [x1, y1]] = [points[place - 1], points[place]];
  return y0 + ((y1 - y0) * (value - x0)) / (x1 - x0);
}

function chanceAt(curve) {
  const points = pointsOf(curve);
  const { operator, value, entry } = goal;
  if (operator === "<=") return shareBelow(points, value, true);
  if (operator === "about") return 1 - shareBelow(points, value - entry.tolerance, false);
  if (operator === "between") return shareBelow(points, value + entry.width, true) - shareBelow(points, value, false);
  return 1 - shareBelow(points, value, false);
}

// As printed everywhere: to 5 points, never 0 or 100 %.
function chanceText(chance) {
  const little = 1e-9; // what 1 − (1 − p) may miss p by
  if (chance < 0.05 - little) return "<5%";
  if (chance > 0.95 + little) return ">95%";
  return `${Math.floor(chance * 20 + 0.5 + little) * 5}%`;
}

const endsOf = (curve) => pointsOf(curve).ends;
const curvesNow = () => chosen().curves[state.year] || [];
const movable = () => shownPlaces().some((place) => curvesNow()[place]);
const stepSize = () => 10 ** -chosen().digits;
const atStored = () => goal.entry !== null && goal.value === goal.entry.value;
const goalDigits = () => Math.max(chosen().digits, (String(goal.value).split(".")[1] || "").length);
const goalText = (value = goal.value) => numberText(value, goalDigits());

function span() {
  const ends = curvesNow().filter((curve) => curve).flatMap(endsOf);
  if (goal.entry) ends.push(goal.entry.value, goal.entry.value + goal.entry.width);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const more = Math.max((high - low) * 0.25, stepSize() * 10);
  return [low - more, high + more];
}

function clamped(value) {
  const digits = chosen().digits;
  const [low, high] = span().map((end) => Number(end.toFixed(digits)));
  return Math.min(Math.max(value, low), high);
}

const snapped = (value) => clamped(Number(value.toFixed(chosen().digits)));

// Targets of this indicator and year, then two without a stored target.
function chooseGoals() {
  const item = chosen();
  if (goal.indicator === state.indicator && goal.year === state.year) return;
  [goal.indicator, goal.year] = [state.indicator, state.year];
  const entries = item.targets.filter((target) => target.year === state.year);
  const options = entries.map((target, place) => make("option", { value: place }, target.text));
  options.push(make("option", { value: "ge" }, say("own_ge")), make("option", { value: "le" }, say("own_le")));
  const select = byId("goal");
  select.replaceChildren(...options);
  select.value = entries.length ? "0" : item.better < 0 ? "le" : "ge";
  takeGoal();
}

function takeGoal() {
  const choice = byId("goal").value;
  const entries = chosen().targets.filter((target) => target.year === state.year);
  goal.entry = entries[Number(choice)] || null;
  goal.operator = goal.entry ? goal.entry.operator : choice === "le" ? "<=" : ">=";
  if (goal.entry) goal.value = goal.entry.value;
  else if (movable()) goal.value = snapped(middleOfFirst());
}

function middleOfFirst() {
  const place = shownPlaces().find((one) => curvesNow()[one]);
  const points = pointsOf(curvesNow()[place]);
  return points[Math.floor(points.length / 2)][0];
}

function goalWords(value = goal.value) {
  const { operator, entry } = goal;
  const item = chosen();
  if (operator === "about") return say("about", { value: goalText(value), low: goalText(value - entry.tolerance) });
  if (operator === "between") return say("within", { low: goalText(value), high: goalText(value + entry.width) });
  return say(operator === "<=" ? "at_most" : "at_least") + withUnit(goalText(value), item);
}

// Beyond the outermost stored values a probability is only told to be small or large, and how far out the line is.
function remark(curve) {
  const item = chosen();
  const { operator, entry } = goal;
  const low = operator === "about" ? goal.value - entry.tolerance : goal.value;
  const [least, most] = endsOf(curve);
  const far = low > most ? low - most : low < least ? least - low : 0;
  if (!far) return "";
  const gap = say("beyond_far", { gap: numberText(far, item.digits), unit: item.unit });
  return say(low > most ? "beyond_high" : "beyond_low") + gap;
}

function reading(place) {
  const curve = curvesNow()[place];
  if (atStored() && goal.entry.chances[place]) return goal.entry.chances[place];
  return curve ? chanceText(chanceAt(curve)) : "—";
}

function readings() {
  const item = chosen();
  const stored = goal.entry ? [say("stored", { text: goal.entry.printed })] : [];
  const far = curvesNow().some((curve, place) => state.shown[place] && curve && remark(curve));
  const heads = [say("scenario"), ...stored, say("now", { text: goalWords() }), ...(far ? [say("remark")] : [])];
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  const rows = shownPlaces().map((place) => {
    const curve = curvesNow()[place];
    const name = make("th", { scope: "row" }, key(place), " " + data.scenarios[place].name);
    const before = goal.entry ? [make("td", {}, goal.entry.chances[place] || "—")] : [];
    const now = make("td", {}, make("strong", {}, reading(place)));
    const more = far ? [make("td", {}, curve ? remark(curve) : "")] : [];
    return make("tr", {}, name, ...before, now, ...more);
  });
  const caption = make("caption", {}, `${item.name}${say("comma")}${yearText(state.year)}${say("colon")}${say("chance")}`);
  byId("readings").replaceChildren(make("table", {}, caption, make("thead", {}, head), make("tbody", {}, ...rows)));
}

function showLine() {
  chooseGoals();
  const able = movable();
  const item = chosen();
  const level = byId("level");
  for (const control of [level, byId("reset"), byId("goal")]) control.disabled = !able;
  byId("readings").hidden = !able;
  const note = byId("level-note");
  if (!able) {
    note.textContent = say("no_curve", { year: state.year });
    level.value = "";
    return;
  }
  level.step = stepSize();
  if (document.activeElement !== level) level.value = String(Number(goal.value.toFixed(goalDigits())));
  byId("level-unit").textContent = item.unit;
  const source = goal.entry && goal.entry.source ? say("stop") + sourcesText([goal.entry.source]) : "";
  note.textContent = say(atStored() ? "at_stored" : "moved") + source;
  readings();
}

function moveTo(value) {
  goal.value = snapped(value);
  drawChart();
  showLine();
}

function lineHandle(picture) {
  chooseGoals();
  if (!movable()) return;
  const [low, high] = span();
  const item = chosen();
  const chances = shownPlaces().map((place) => `${data.scenarios[place].name} ${reading(place)}`).join(say("comma"));
  const grip = draw("g", {
    class: "grip", tabindex: 0, role: "slider", "aria-orientation": "vertical", "aria-label": say("line"),
    "aria-valuemin": snapped(low), "aria-valuemax": snapped(high), "aria-valuenow": goal.value,
    "aria-valuetext": say("value_text", { value: goalText(), unit: item.unit, chances }),
  });
  const y = scaleY(goal.value);
  const x = scaleX(state.year);
  const ends = { x1: frame.left, x2: frame.width - frame.right, y1: y, y2: y };
  if (goal.operator === "between") {
    const top = scaleY(goal.value + goal.entry.width);
    grip.append(draw("line", { ...ends, y1: top, y2: top, stroke: "#b3261e", "stroke-width": 1.5, "stroke-dasharray": "6 2" }));
  }
  grip.append(draw("line", { ...ends, stroke: "transparent", "stroke-width": 22, "pointer-events": "stroke" }));
  grip.append(draw("line", { ...ends, stroke: "#b3261e", "stroke-width": 1.5 }));
  grip.append(draw("circle", { class: "handle", cx: x, cy: y, r: 8, fill: "#b3261e", stroke: "#fff", "stroke-width": 2 }));
  grip.append(draw("text", { class: "goal", x: frame.width - frame.right - 4, y: y - 6, "text-anchor": "end" }, `${say("line")} ${goalText()}`));
  grip.addEventListener("keydown", keyed);
  grip.addEventListener("pointerdown", grab);
  picture.append(grip);
}

function keyed(event) {
  const [low, high] = span();
  const small = stepSize();
  const large = Math.max(small * 10, (high - low) / 20);
  const moves = {
    ArrowUp: small, ArrowRight: small, ArrowDown: -small, ArrowLeft: -small, PageUp: large, PageDown: -large,
    Home: low - goal.value, End: high - goal.value,
  };
  if (!(event.key in moves)) return;
  event.preventDefault();
  event.stopPropagation();
  moveTo(goal.value + moves[event.key]);
}

// The axis stays as it is while the line is dragged, so that the line stays under the pointer.
function grab(event) {
  event.preventDefault();
  const plot = byId("plot");
  const box = plot.getBoundingClientRect();
  const held = { low: frame.low, high: frame.high };
  goal.held = held;
  const follow = (moved) => moveTo(valueAtY(((moved.clientY - box.top) / box.width) * frame.width));
  const release = () => {
    goal.held = null;
    window.removeEventListener("pointermove", follow);
    window.removeEventListener("pointerup", release);
    window.removeEventListener("pointercancel", release);
    drawChart();
    plot.querySelector(".grip")?.focus({ preventScroll: true });
  };
  window.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", release);
  window.addEventListener("pointercancel", release);
}

function startLine() {
  if (!data.levels.length || !data.indicators.length) return;
  hooks.extent.push(() => {
    chooseGoals();
    if (goal.held) return [goal.held.low, goal.held.high];
    return movable() ? [goal.value, goal.value + (goal.operator === "between" ? goal.entry.width : 0)] : [];
  });
  hooks.over.push(lineHandle);
  watchers.push(showLine);
  byId("goal").addEventListener("change", () => {
    takeGoal();
    changed();
  });
  byId("reset").addEventListener("click", () => {
    takeGoal();
    changed();
  });
  byId("level").addEventListener("input", (event) => {
    const value = event.target.valueAsNumber;
    if (!Number.isFinite(value)) return;
    goal.value = clamped(value);
    drawChart();
    showLine();
  });
}

starters.push(startLine);
