"use strict";
// Sorting by a click on a heading, filtering by words. Without this script the page is the same, but for these.
for (const table of document.querySelectorAll("table.data")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells], rows = [...body.rows];
  const number = text => { const plain = text.replace(/[,\s%]/g, ""); return plain === "" ? null : Number(plain); };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const numbers = head.classList.contains("n");
    const key = row => numbers ? number(row.cells[column].textContent) : row.cells[column].textContent;
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "descending" : !numbers;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      // What is absent stays at the end; equal rows stay as they were.
      const absent = value => value === null || value === "" || Number.isNaN(value);
      const order = (a, b) => absent(a) || absent(b) ? absent(a) - absent(b) : (a < b ? -1 : a > b ? 1 : 0) * (up ? 1 : -1);
      body.append(...rows.map(row => [key(row), row]).sort((a, b) => order(a[0], b[0])).map(pair => pair[1]));
    });
  });
  const filter = table.closest("section").querySelector(".filter");
  if (!filter) continue;
  filter.hidden = false;
  const input = filter.querySelector("input"), output = filter.querySelector("output");
  const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every(word => texts.get(row).includes(word));
      shown += !row.hidden;
    }
    output.textContent = words.length ? shown + " of " + rows.length : "";
  });
}
