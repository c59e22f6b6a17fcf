// The chart in words: one year read aloud, and all of it as a table.

// What is known of one year, in sentences: the published figure, then one a scenario.
function publishedWords(item, point) {
  const other = point.other ? say("comma") + say("other_basis") : "";
  const source = point.sources.length ? say("stop") + sourcesText(point.sources) : "";
  return say("reported") + " " + withUnit(point.text, item) + other + source;
}

function scenarioWords(item, place, year) {
  const steps = stepsAt(item.middle[place], item, year);
  const head = fullLabel(place) + say("colon");
  if (steps === null) return null;
  const more = hooks.told.map((hook) => hook(item, place, year)).filter((text) => text);
  return head + [say("projected") + " " + withUnit(stepsText(steps, item), item), ...more].join(say("comma"));
}

function yearWords(item, year) {
  const point = publishedAt(item, year);
  const lines = point ? [publishedWords(item, point)] : [];
  for (const place of shownPlaces()) {
    const words = scenarioWords(item, place, year);
    if (words) lines.push(words);
  }
  return lines.length ? lines : [say("none")];
}

function readAloud() {
  const item = chosen();
  const point = publishedAt(item, state.cursor);
  const words = scenarioWords(item, state.focus, state.cursor);
  const source = words ? sourcesText([data.scenarios[state.focus].source]) : "";
  const lines = [yearText(state.cursor), point ? publishedWords(item, point) : "", words || "", source];
  byId("said").textContent = lines.filter((text) => text).join(say("stop")) || say("none");
}

// The same numbers as a table, for who cannot see the chart.
function numbersTable() {
  const item = chosen();
  const places = shownPlaces();
  const columns = places.flatMap((place) => [
    { title: fullLabel(place), series: item.middle[place] },
    ...hooks.columns.flatMap((hook) => hook(item, place)),
  ]);
  const heads = [say("year", { year: "" }) || "", say("reported"), ...columns.map((column) => column.title)];
  const head = make("tr", {}, ...heads.map((text, place) => make("th", { scope: "col", class: place ? "n" : "" }, text)));
  const rows = data.years.map((year) => {
    const point = publishedAt(item, year);
    const cells = columns.map(({ series }) => stepsAt(series, item, year)).map((steps) => (steps === null ? "—" : stepsText(steps, item)));
    const texts = [point ? point.text : "—", ...cells];
    return make("tr", {}, make("th", { scope: "row" }, String(year)), ...texts.map((text) => make("td", { class: "n" }, text)));
  });
  const caption = make("caption", {}, say("table", { indicator: item.name, unit: item.unit }));
  byId("numbers").replaceChildren(make("table", {}, caption, make("thead", {}, head), make("tbody", {}, ...rows)));
}
