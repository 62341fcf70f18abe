// The tiles: value, change against the comparison, and the seven spans before.

/** A small curve of bars; its numbers stand beside it. */
function spark(values) {
  const known = values.filter(value => value !== null).map(Number);
  const highest = Math.max(1e-9, ...known);
  const bars = values.map((value, place) => {
    if (value === null) return null;
    const height = Math.min(20, Math.max(1, Math.trunc((Math.max(0, Number(value)) * 20) / highest)));
    return element("rect", { class: place === values.length - 1 ? "now" : null, x: place * 12, y: 20 - height, width: 9, height });
  });
  return element("svg", { class: "spark", viewBox: `0 0 ${values.length * 12} 20`, "aria-hidden": "true" }, ...bars);
}

/** A part of a whole in tenths of a percent; null without a whole. */
function tenths(part, whole) {
  return whole === 0n ? null : divide(part * 1000n, whole);
}

/** The tiles of a currency: name, value, change in percent, change itself, values of the spark. */
function tilesOf({ currency, now, before, spans }, decimals) {
  const of = (name, value, show, absolute) => ({
    name,
    value: show(now),
    change: before && change(value(now), value(before)),
    absolute: before && signed(value(now) - value(before), absolute),
    spark: spans.map(span => span && value(span)),
  });
  const signed = (difference, show) => (difference === 0n ? "" : (difference > 0n ? "+" : "") + show(difference));
  const money = value => showMoney(value, decimals);
  const average = sum => (sum.priced === 0n ? 0n : divide(sum.sales, sum.priced));
  const points = (name, part, whole, good) => {
    const [own, last] = [now, before].map(sum => sum && tenths(part(sum), whole(sum)));
    const difference = typeof own === "bigint" && typeof last === "bigint" ? own - last : null;
    return {
      name,
      value: share(part(now), whole(now)),
      change: difference === null ? "" : `${difference > 0n ? "+" : difference < 0n ? "-" : ""}${points1(difference)} points`,
      absolute: `${grouped(part(now))} order${part(now) === 1n ? "" : "s"}`,
      tone: good(difference ?? 0n),
      spark: spans.map(span => span && (tenths(part(span), whole(span)) ?? 0n)),
    };
  };
  const priced = currency !== null;
  return [
    { ...of("Sales", sum => sum.sales, sum => (priced ? money(sum.sales) : "unpriced"), money), unit: currency },
    of("Units", sum => sum.units, sum => grouped(sum.units), grouped),
    of("Orders", sum => sum.orders, sum => grouped(sum.orders), grouped),
    { ...of("Average order", average, sum => (sum.priced === 0n ? "" : money(average(sum))), money), unit: currency },
    // Fewer cancelled orders are good news; a merchant share is neither good nor bad.
    points("Cancelled", sum => sum.placed - sum.orders, sum => sum.placed, more => (more < 0n ? "up" : more > 0n ? "down" : "")),
    points("Merchant share", sum => sum.merchant, sum => sum.orders, () => ""),
  ];
}

function points1(tenths) {
  const size = tenths < 0n ? -tenths : tenths;
  return `${size / 10n}.${size % 10n}`;
}

/** Why there is no change to show; empty if there is one, or nobody asked. */
function whyNoChange(data, { range, compared, fair, lacks, lacksBefore, outside }) {
  const days = count => `${grouped(count)} day${count === 1 ? "" : "s"}`;
  const all = range.first === data.first && range.last === lastDay(data);
  if (!compared || fair || all) return "";
  if (lacks > 0) return `${days(lacks)} of these are in no file: compared with nothing`;
  if (outside) return "the files hold nothing to compare with";
  if (lacksBefore > 0) return `${days(lacksBefore)} to compare with are in no file`;
  return "a day is not over in the files: compared with nothing";
}

function drawTiles(data, figures) {
  const { main, others, part, lacks } = figures;
  const name = figures.filters.converted ? data.converted : main.currency;
  const decimals = data.decimals[name] ?? 2;
  const partial = lacks > 0 || part;
  const tiles = tilesOf({ ...main, currency: name }, decimals).map(tile =>
    element("div", { class: "tile" },
      element("h3", {}, tile.name, tile.unit ? element("span", { class: "dim" }, ` ${tile.unit}`) : null),
      element("p", { class: "big" }, tile.value || "–", partial ? element("span", { class: "partial" }, " partial") : null),
      element("p", { class: "delta" },
        tile.change ? element("span", { class: (tile.tone ?? tone(tile.change)) || null }, tile.change) : null,
        tile.absolute ? element("span", { class: "dim" }, (tile.change ? " " : "") + tile.absolute) : null),
      spark(tile.spark)));
  fill(byId("tiles"), ...tiles);
  const why = whyNoChange(data, figures);
  const unrated = figures.filters.converted && main.now.unrated ? "Days without a rate are not in the sum. " : "";
  const against = figures.fair ? `Compared with ${daysName(figures.compared.first, figures.compared.last)}.` : why ? `${why[0].toUpperCase()}${why.slice(1)}.` : "";
  fill(byId("tiles-note"), unrated + against);
  drawOthers(data, others);
}

/** The other currencies, each a row: amounts in two currencies are never added. */
function drawOthers(data, others) {
  const table = byId("others");
  table.hidden = others.length === 0;
  table.classList.toggle("unchanged", others.every(other => !other.before));
  const rows = others.map(({ currency, now, before, spans }) => {
    const tiles = tilesOf({ currency, now, before, spans }, data.decimals[currency] ?? 0);
    const cells = tiles.flatMap((tile, place) => {
      const value = element("td", { class: "n" }, tile.value);
      return place < 3 ? [value, element("td", { class: `n change ${tone(tile.change || "")}` }, tile.change || "")] : [value];
    });
    return element("tr", {}, element("th", { scope: "row" }, currency ?? "no price"), ...cells);
  });
  fill(table.tBodies[0], ...rows);
}
