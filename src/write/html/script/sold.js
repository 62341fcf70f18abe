// Where it sold: a row for every channel, fulfillment and currency, with bars.

const SOLD_ROWS = 14;

function drawSold(data, figures, allCurrencies) {
  const rows = soldRows(data, figures, allCurrencies);
  const shown = fold(rows);
  const highest = new Map();
  const barValue = ({ own, sum }) => (own === null ? sum.units : sum.sales);
  for (const row of shown) if (barValue(row) > (highest.get(row.own) ?? 0n)) highest.set(row.own, barValue(row));
  const line = row => {
    const { name, ships, own, sum, before, total } = row;
    const changed = value => {
      const text = before ? change(value(sum), value(before)) : "";
      return element("td", { class: `n change ${tone(text)}` }, text);
    };
    const width = highest.get(own) > 0n && barValue(row) > 0n ? Number((barValue(row) * 1000n) / highest.get(own)) / 10 : 0;
    const bar = () => element("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, element("rect", { width, height: 10 }));
    const money = own === null ? [element("span", { class: "dim" }, ships ? "unpriced" : "")] : [element("span", { class: "dim" }, own), ` ${showMoney(sum.sales, data.decimals[own] ?? 2)}`];
    return element("tr", {},
      element("th", { scope: "row" }, name),
      element("td", {}, ships),
      element("td", { class: "n" }, ...money), own === null ? element("td", { class: "change" }) : changed(of => of.sales),
      element("td", { class: "n" }, grouped(sum.orders)), changed(of => of.orders),
      element("td", { class: "n" }, grouped(sum.units)),
      element("td", { class: "bars" }, total ? null : bar()));
  };
  const body = shown.map(line);
  if (!body.length) body.push(element("tr", {}, element("td", { colspan: 8, class: "dim" }, "Nothing was sold on these days with these filters.")));
  const table = byId("sold");
  table.classList.toggle("unchanged", !figures.fair);
  if (figures.fair) for (const head of table.tHead.querySelectorAll(".change")) fill(head, `vs ${daysName(figures.compared.first, figures.compared.last)}`);
  fill(table.tBodies[0], ...body);
  fill(table.tFoot ?? table.createTFoot(), ...totals(rows).map(line));
}

/** A row for every channel, fulfillment and currency that sold anything, now or before. */
function soldRows(data, { filters, range, compared, fair }, allCurrencies) {
  const wide = { ...filters, currency: allCurrencies ? undefined : filters.currency };
  const withOutside = { ...data, groups: data.groups.map(group => (filters.market ? group : { ...group, outside: false })) };
  const now = sumsByPlace(withOutside, wide, range.first, range.last);
  const before = fair ? sumsByPlace(withOutside, wide, compared.first, compared.last) : new Map();
  for (const [key, { group }] of before) if (!now.has(key)) now.set(key, { group, sum: nothing() });
  const outside = new Set(data.groups.filter(group => group.outside).map(group => group.channel));
  const rows = [...now].map(([key, { group, sum }]) => ({
    name: group.channel,
    ships: group.fulfillment === "fba" ? "FBA" : group.fulfillment,
    own: filters.converted ? data.converted : group.counted,
    outside: outside.has(group.channel),
    sum,
    before: fair ? (before.get(key)?.sum ?? nothing()) : null,
  })).filter(({ sum, before }) => [sum, before].some(of => of && (of.orders || of.units || of.sales)));
  const ofChannel = new Map();
  for (const { name, sum } of rows) ofChannel.set(name, (ofChannel.get(name) ?? 0n) + sum.orders);
  const text = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return rows.sort((a, b) => a.outside - b.outside || Number(ofChannel.get(b.name) - ofChannel.get(a.name)) || text(a.name, b.name) ||
    Number(b.sum.orders - a.sum.orders) || text(a.ships.toLowerCase(), b.ships.toLowerCase()) || text(a.own ?? "", b.own ?? ""));
}

/** The rows with the most orders, and the others as one. */
function fold(rows) {
  if (rows.length <= SOLD_ROWS) return rows;
  const small = new Set([...rows].sort((a, b) => Number(b.sum.orders - a.sum.orders)).slice(SOLD_ROWS - 1));
  const others = { name: `and ${grouped(small.size)} more`, ships: "", own: undefined, sum: nothing(), before: rows[0].before && nothing() };
  for (const row of small) {
    others.own = others.own === undefined || others.own === row.own ? row.own : null;
    addTo(others, row);
  }
  return [...rows.filter(row => !small.has(row)), others];
}

function addTo(total, { sum, before }) {
  for (const key of ["orders", "units", "sales"]) {
    total.sum[key] += sum[key];
    if (before) total.before[key] += before[key];
  }
}

/** A total for each currency that several rows have; what Amazon only ships is outside. */
function totals(rows) {
  const found = new Map();
  for (const row of rows) {
    if (row.own === null || row.outside) continue;
    const total = found.get(row.own) ?? { name: "Amazon total", ships: "", own: row.own, sum: nothing(), before: row.before && nothing(), total: true, rows: 0 };
    total.rows += 1;
    addTo(total, row);
    found.set(row.own, total);
  }
  return [...found.values()].filter(total => total.rows > 1).sort((a, b) => Number(b.sum.orders - a.sum.orders) || (a.own < b.own ? -1 : 1)).slice(0, SOLD_ROWS);
}
