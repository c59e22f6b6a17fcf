// What all parts share: the data, what the reader chose, and small helpers. Text goes into the page as text only.

const data = JSON.parse(document.getElementById("data").textContent);
const state = {
  shown: data.scenarios.map(() => true),
  indicator: 0,
  year: data.milestones[0],
  focus: 0, // scenario that the keys speak of
  cursor: null, // year under the pointer or the keys
};
const watchers = []; // called after every choice
const starters = []; // parts that only some editions have
// What a part adds to the chart: values its axis must hold, drawings, words about a value.
const hooks = { extent: [], under: [], over: [], told: [], columns: [], caption: [] };

// Numbers as text: digits of one alphabet, "~" where there is none.
function unpack(text, { least, width }) {
  const found = [];
  for (let place = 0; place < text.length; place += width) {
    const digits = [...text.slice(place, place + width)];
    if (digits[0] === "~") found.push(null);
    else found.push(least + digits.reduce((sum, digit) => sum * data.alphabet.length + data.alphabet.indexOf(digit), 0));
  }
  return found;
}

for (const item of data.indicators) item.middle = item.middle.map((text) => unpack(text, item));

const byId = (id) => document.getElementById(id);
const shownPlaces = () => data.scenarios.map((_, place) => place).filter((place) => state.shown[place]);
const chosen = () => data.indicators[state.indicator];
const say = (key, values = {}) => data.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const yearText = (year) => say("year", { year });

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function draw(name, attributes = {}, text = null) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
}

function numberText(value, digits) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

// A stored whole number of steps as a value, and as text with its unit.
const valueOf = (steps, item) => steps / 10 ** item.digits;
const stepsText = (steps, item) => numberText(valueOf(steps, item), item.digits);
const withUnit = (text, item) => text + (item.unit === "%" || /^[\u3400-\u9fff]/.test(item.unit) ? "" : " ") + item.unit;

function stepsAt(series, item, year) {
  if (!series) return null;
  const found = series[data.years.indexOf(year) - item.start];
  return found === undefined ? null : found;
}

const publishedAt = (item, year) => item.published.find((point) => point.year === year);

// The row of the list of sources as one line.
function sourceText(number) {
  const row = byId("s" + number);
  if (!row) return "";
  const cells = [...row.cells].slice(1).map((cell) => cell.textContent).filter((text) => text && text !== "—");
  return cells.join(say("semicolon"));
}

const sourcesText = (numbers) => say("source") + numbers.map(sourceText).join(say("semicolon"));

// Dashes and markers tell scenarios apart without colour; every line is dashed, since it is projected.
const DASHES = ["7 4", "3 3", "12 4", "7 3 2 3", "2 4", "10 3 2 3 2 3", "5 5", "14 3 3 3", "4 2", "1 3"];
const MARKERS = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
  "M-3.5-3.5h7v7h-7z",
  "M0-4.5L4.5 3.5H-4.5z",
  "M0-5L4.5 0L0 5L-4.5 0z",
  "M0 4.5L4.5-3.5H-4.5z",
  "M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
  "M-4-2.4L-2.4-4L0-1.6L2.4-4L4-2.4L1.6 0L4 2.4L2.4 4L0 1.6L-2.4 4L-4 2.4L-1.6 0z",
  "M-4.5 0L3.5-4.5V4.5z",
  "M4.5 0L-3.5-4.5V4.5z",
  "M-4.5 0L-2.2-4H2.2L4.5 0L2.2 4H-2.2z",
];

function key(place) {
  const scenario = data.scenarios[place];
  const picture = draw("svg", { width: 38, height: 16, viewBox: "0 0 38 16", "aria-hidden": "true" });
  const line = { x1: 1, x2: 37, y1: 8, y2: 8, stroke: scenario.colour, "stroke-width": 2 };
  picture.append(draw("line", { ...line, "stroke-dasharray": DASHES[place % DASHES.length] }));
  picture.append(draw("path", { d: MARKERS[place % MARKERS.length], fill: scenario.colour, transform: "translate(19 8)" }));
  return picture;
}

function changed() {
  for (const watcher of watchers) watcher();
}

function choices() {
  for (const slot of document.querySelectorAll("[data-key]")) slot.append(key(Number(slot.dataset.key)));
  for (const box of document.querySelectorAll("input[name=scenario]")) {
    box.checked = true;
    box.addEventListener("change", () => chooseScenario(box));
  }
  for (const button of document.querySelectorAll("input[name=year]")) {
    button.checked = Number(button.value) === state.year;
    button.addEventListener("change", () => {
      state.year = Number(button.value);
      changed();
    });
  }
  const select = byId("indicator");
  select.value = "0";
  select.addEventListener("change", () => {
    state.indicator = Number(select.value);
    state.cursor = null;
    changed();
  });
  byId("print").addEventListener("click", () => window.print());
}

function chooseScenario(box) {
  const place = Number(box.value);
  if (!box.checked && shownPlaces().length === 1) {
    box.checked = true; // a page without a scenario shows nothing
    byId("said").textContent = say("keep_one");
    return;
  }
  state.shown[place] = box.checked;
  if (!state.shown[state.focus]) state.focus = shownPlaces()[0];
  changed();
}

function start() {
  choices();
  if (data.indicators.length) startChart();
  startTables();
  for (const starter of starters) starter();
  changed();
}
