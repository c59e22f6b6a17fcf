// Tables: sort by a head, filter rows, show the columns of the chosen scenarios and year, tell a cell's source.

// What a cell says above its small print.
const mainText = (cell) => (cell.firstChild ? cell.firstChild.textContent.trim() : "");

function sortValue(row, column) {
  const cell = row.cells[column];
  if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
  const text = mainText(cell);
  const number = Number(text.replace("\u2212", "-").replace(/\*$/, ""));
  if (text === "" || text === "—") return null;
  return Number.isNaN(number) ? cell.textContent : number;
}

// Numbers before words, numbers as numbers, what is missing last whichever way.
function compare(one, other, down) {
  if (one === null || other === null) return (one === null) - (other === null);
  const numbers = [typeof one === "number", typeof other === "number"];
  if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
  const order = numbers[0] ? one - other : one.localeCompare(other, document.documentElement.lang);
  return down ? -order : order;
}

function sortBy(table, head, order) {
  const body = table.tBodies[0];
  const column = head.cellIndex;
  const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
  for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", next);
  // A column of numbers may hold words such as a status: they stand behind the numbers as missing.
  const numeric = head.classList.contains("n");
  const value = (row) => {
    const found = sortValue(row, column);
    return numeric && typeof found === "string" ? null : found;
  };
  const rows = [...order];
  if (next !== "none") rows.sort((one, other) => compare(value(one), value(other), next === "descending"));
  body.append(...rows);
  const words = { ascending: "sorted_up", descending: "sorted_down", none: "unsorted" }[next];
  byId("said").textContent = say(words, { column: head.textContent });
}

function filterRows(field) {
  const rows = [...byId(field.dataset.table).tBodies[0].rows];
  const wanted = field.value.trim().toLowerCase();
  for (const row of rows) row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
  const shown = rows.filter((row) => !row.hidden).length;
  const told = document.querySelector(`[data-told=${field.dataset.table}]`);
  told.textContent = wanted === "" ? "" : say("filtered", { shown, all: rows.length });
}

function showColumns() {
  for (const table of document.querySelectorAll("table[id]")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const { k, y } = head.dataset;
      if (k === undefined) return;
      const hidden = !state.shown[Number(k)] || (y !== undefined && Number(y) !== state.year);
      head.hidden = hidden;
      for (const row of table.tBodies[0].rows) row.cells[column].hidden = hidden;
    });
  }
}

// Sources of a cell: its own, else those of its column where it holds a value.
function sourcesOf(cell) {
  const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
  const found = cell.dataset.s || (["", "—"].includes(mainText(cell)) ? "" : (head && head.dataset.s) || "");
  return found ? found.split(" ") : [];
}

function showTip(cell) {
  const tip = byId("tip");
  const numbers = sourcesOf(cell);
  tip.hidden = numbers.length === 0;
  if (tip.hidden) return;
  tip.textContent = sourcesText(numbers);
  const box = cell.getBoundingClientRect();
  const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const below = box.bottom + tip.offsetHeight + 6 < window.innerHeight;
  tip.style.left = `${Math.max(left, 4) + window.scrollX}px`;
  tip.style.top = `${(below ? box.bottom + 4 : box.top - tip.offsetHeight - 4) + window.scrollY}px`;
  cell.setAttribute("aria-describedby", "tip");
}

function hideTip() {
  byId("tip").hidden = true;
  for (const cell of document.querySelectorAll("[aria-describedby=tip]")) cell.removeAttribute("aria-describedby");
}

// One stop of the tab key a table; arrow keys go from cell to cell.
function walk(event) {
  const cell = event.target.closest("tbody td, tbody th");
  if (!cell || event.target !== cell) return;
  const rows = [...cell.closest("tbody").rows].filter((row) => !row.hidden);
  const cells = [...cell.parentNode.cells].filter((one) => !one.hidden);
  const across = cells.indexOf(cell);
  const down = rows.indexOf(cell.parentNode);
  const moves = {
    ArrowLeft: cells[across - 1], ArrowRight: cells[across + 1], Home: cells[0], End: cells[cells.length - 1],
    ArrowUp: rows[down - 1]?.cells[cell.cellIndex], ArrowDown: rows[down + 1]?.cells[cell.cellIndex],
  };
  if (event.key === "Escape") hideTip();
  const next = moves[event.key];
  if (!(event.key in moves)) return;
  event.preventDefault();
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function startTables() {
  for (const table of document.querySelectorAll("table[id]")) {
    const body = table.tBodies[0];
    const order = [...body.rows];
    for (const head of table.tHead.rows[0].cells) {
      head.querySelector("button")?.addEventListener("click", () => sortBy(table, head, order));
    }
    for (const cell of body.querySelectorAll("td, th")) {
      cell.tabIndex = -1;
      if (cell.dataset.s) cell.classList.add("cited");
    }
    if (body.rows.length) body.rows[0].cells[0].tabIndex = 0;
    body.addEventListener("keydown", walk);
    body.addEventListener("focusin", (event) => showTip(event.target.closest("td, th")));
    body.addEventListener("focusout", hideTip);
    body.addEventListener("pointerover", (event) => {
      const cell = event.target.closest("td, th");
      if (cell) showTip(cell);
    });
    body.addEventListener("pointerleave", hideTip);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
  });
  for (const field of document.querySelectorAll("[data-table]")) field.addEventListener("input", () => filterRows(field));
  watchers.push(showColumns);
  printing();
}

// Everything that is folded is opened for print, and folded again.
function printing() {
  let folded = [];
  window.addEventListener("beforeprint", () => {
    state.cursor = null;
    hideTip();
    folded = [...document.querySelectorAll("details:not([open]):not(.numbers)")];
    for (const part of folded) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
    folded = [];
  });
}
