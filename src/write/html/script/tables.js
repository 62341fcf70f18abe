// Tables: folded to ten rows, sorted by a click on a heading, filtered by words.

const FOLDED = 10;

/** A cell's number; null if it has none. For sorting only. */
function cellNumber(text) {
  const plain = text.replace(/[,\s%]/g, "");
  return plain === "" ? null : Number(plain);
}

function liven(table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const tools = table.closest("section").querySelector(".tools");
  const [input, more] = [tools?.querySelector("input"), tools?.querySelector("button")];
  const output = tools?.querySelector("output");
  let rows = [...body.rows], folded = rows.length > FOLDED, words = [];
  let texts = null;
  const show = () => {
    let shown = 0;
    for (const row of rows) {
      const found = !words.length || words.every(word => texts.get(row).includes(word));
      shown += found;
      row.hidden = !found || (folded && !words.length && shown > FOLDED);
    }
    if (!tools) return;
    output.textContent = words.length ? `${grouped(shown)} of ${grouped(rows.length)}` : "";
    more.hidden = rows.length <= FOLDED || words.length > 0;
    more.textContent = folded ? `Show all ${grouped(rows.length)}` : `Show ${FOLDED}`;
    more.setAttribute("aria-expanded", String(!folded));
  };
  heads.forEach((head, column) => {
    const button = element("button", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    const numbers = head.classList.contains("n");
    const key = row => (numbers ? cellNumber(row.cells[column]?.textContent ?? "") : (row.cells[column]?.textContent ?? ""));
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "descending" : !numbers;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      // What is absent stays at the end; equal rows stay as they were.
      const absent = value => value === null || value === "" || Number.isNaN(value);
      const order = ([a], [b]) => (absent(a) || absent(b) ? absent(a) - absent(b) : (a < b ? -1 : a > b ? 1 : 0) * (up ? 1 : -1));
      rows = rows.map(row => [key(row), row]).sort(order).map(pair => pair[1]);
      body.append(...rows);
      show();
    });
  });
  if (tools) {
    tools.hidden = false;
    more.addEventListener("click", () => { folded = !folded; show(); });
    input.addEventListener("input", () => {
      texts ??= new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
      words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      show();
    });
  }
  show();
}

/** Tables come to life when they come near the screen: most of a long page is never looked at. */
function livenTables() {
  const tables = [...document.querySelectorAll("table.data")];
  for (const table of tables) if (table.tBodies[0].rows.length > FOLDED) table.classList.add("folded");
  const wake = table => {
    if (table.dataset.live) return;
    table.dataset.live = "yes";
    liven(table);
    table.classList.remove("folded");
  };
  const seen = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) { wake(target); seen.unobserve(target); }
  }, { rootMargin: "600px" });
  tables.forEach(table => seen.observe(table));
  addEventListener("beforeprint", () => tables.forEach(wake));
}
