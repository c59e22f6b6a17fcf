// The 80 % interval of each scenario; of one only where many are shown.

for (const item of data.indicators) {
  for (const name of ["low", "high"]) item[name] = item[name].map((text) => unpack(text, item));
}

const banded = () => (shownPlaces().length <= 3 ? shownPlaces() : [state.focus]);

hooks.extent.push((item) =>
  banded().flatMap((place) => [...item.low[place], ...item.high[place]]).filter((steps) => steps !== null).map((steps) => valueOf(steps, item)),
);

hooks.under.push((picture, item) => {
  for (const place of banded()) {
    const low = projectedPoints(item, place, item.low[place]);
    const high = projectedPoints(item, place, item.high[place]);
    if (!low.length) continue;
    const look = { fill: data.scenarios[place].colour, "fill-opacity": 0.09, stroke: "none" };
    picture.append(draw("path", { d: path([...low, ...[...high].reverse()]) + "z", ...look }));
    const edge = { fill: "none", stroke: data.scenarios[place].colour, "stroke-width": 0.8, "stroke-opacity": 0.6 };
    for (const points of [low, high]) picture.append(draw("path", { d: path(points), ...edge }));
  }
});

hooks.told.push((item, place, year) => {
  const [low, high] = [item.low, item.high].map((series) => stepsAt(series[place], item, year));
  if (low === null || high === null) return "";
  return say(low < 0 ? "interval_below" : "interval", { low: stepsText(low, item), high: stepsText(high, item) });
});

hooks.columns.push((item, place) => [
  { title: say("low"), series: item.low[place] },
  { title: say("high"), series: item.high[place] },
]);

hooks.caption.push(() =>
  shownPlaces().length <= 3 ? say("bands") : say("bands_of", { name: data.scenarios[state.focus].name }),
);
