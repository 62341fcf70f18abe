// Where it sold: a row for every channel, fulfillment and currency, with bars.

const SOLD_ROWS = 14;

function drawSold(data, { filters, range, compared, fair }, allCurrencies) {
  const wide = { ...filters, currency: allCurrencies ? undefined : filters.currency, market: filters.market };
  const withOutside = { ...data, groups: data.groups.map(group => (filters.market ? group : { ...group, outside: false })) };
  const now = sumsByPlace(withOutside, wide, range.first, range.last);
  const before = fair ? sumsByPlace(withOutside, wide, compared.first, compared.last) : new Map();
  for (const [key, { group }] of before) if (!now.has(key)) now.set(key, { group, sum: nothing() });
  let rows = [...now].map(([key, { group, sum }]) => ({ group, sum, before: fair ? (before.get(key)?.sum ?? nothing()) : null }));
  rows = rows.filter(({ sum, before }) => [sum, before].some(of => of && (of.orders || of.units || of.sales)));
  const ofChannel = new Map();
  for (const { group, sum } of rows) ofChannel.set(group.channel, (ofChannel.get(group.channel) ?? 0n) + sum.orders);
  const outside = group => data.groups.find(known => known.channel === group.channel).outside;
  const order = (a, b) =>
    outside(a.group) - outside(b.group) ||
    Number(ofChannel.get(b.group.channel) - ofChannel.get(a.group.channel)) ||
    (a.group.channel < b.group.channel ? -1 : a.group.channel > b.group.channel ? 1 : Number(b.sum.orders - a.sum.orders));
  rows.sort(order);
  const more = rows.length - SOLD_ROWS;
  const shown = more > 1 ? rows.slice(0, SOLD_ROWS) : rows;
  const highest = new Map();
  const currency = group => (filters.converted ? data.converted : group.counted);
  for (const { group, sum } of rows) {
    const value = currency(group) === null ? sum.units : sum.sales;
    if (value > (highest.get(currency(group)) ?? 0n)) highest.set(currency(group), value);
  }
  const line = ({ group, sum, before, name }) => {
    const own = currency(group);
    const changed = value => {
      const text = before ? change(value(sum), value(before)) : "";
      return element("td", { class: `n change ${tone(text)}` }, text);
    };
    const value = own === null ? sum.units : sum.sales;
    const width = highest.get(own) > 0n && value > 0n ? Number((value * 1000n) / highest.get(own)) / 10 : 0;
    const money = own === null ? [element("span", { class: "dim" }, "unpriced")] : [element("span", { class: "dim" }, own), ` ${showMoney(sum.sales, data.decimals[own] ?? 2)}`];
    return element("tr", {},
      element("th", { scope: "row" }, name ?? (group.channel || "(no channel)")),
      element("td", {}, name ? "" : group.fulfillment === "fba" ? "FBA" : group.fulfillment),
      element("td", { class: "n" }, ...money), own === null ? element("td", { class: "change" }) : changed(of => of.sales),
      element("td", { class: "n" }, grouped(sum.orders)), changed(of => of.orders),
      element("td", { class: "n" }, grouped(sum.units)),
      element("td", { class: "bars" }, name ? null : element("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, element("rect", { width, height: 10 }))));
  };
  const body = shown.map(line);
  if (more > 1) body.push(element("tr", {}, element("td", { colspan: 8, class: "dim" }, `and ${grouped(more)} smaller ones`)));
  if (!body.length) body.push(element("tr", {}, element("td", { colspan: 8, class: "dim" }, "Nothing was sold on these days with these filters.")));
  const table = byId("sold");
  table.classList.toggle("unchanged", !fair);
  if (fair) for (const head of table.tHead.querySelectorAll(".change")) fill(head, `vs ${daysName(compared.first, compared.last)}`);
  fill(table.tBodies[0], ...body);
  fill(table.tFoot ?? table.createTFoot(), ...totals(rows, currency, outside).map(line));
}

/** A total for each currency that several rows have; what Amazon only ships is outside. */
function totals(rows, currency, outside) {
  const found = new Map();
  for (const { group, sum, before } of rows) {
    const own = currency(group);
    if (own === null || outside(group)) continue;
    const total = found.get(own) ?? { group, sum: nothing(), before: before && nothing(), name: "Amazon total", rows: 0 };
    total.rows += 1;
    for (const key of ["orders", "units", "sales"]) {
      total.sum[key] += sum[key];
      if (before) total.before[key] += before[key];
    }
    found.set(own, total);
  }
  return [...found.values()].filter(total => total.rows > 1).sort((a, b) => Number(b.sum.orders - a.sum.orders)).slice(0, SOLD_ROWS);
}
