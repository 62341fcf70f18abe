// What a reader has chosen: filters, days, comparison. It is in the page's hash, so that a view can be sent as a link.

const SHIPS = { fba: "FBA", merchant: "Merchant", unknown: "Unknown" };

/** The choices that a page begins with. */
function firstChoices(data) {
  return { market: "", ship: "", currency: "", days: "shown", against: "before", by: "day", show: "sales", split: "channel" };
}

/** The values that each choice may have; days may be two dates besides. */
function allowed(data) {
  return {
    market: ["", ...new Set(data.groups.map(group => group.channel))],
    ship: ["", ...new Set(data.groups.map(group => group.fulfillment))],
    currency: ["", ...Object.keys(data.decimals), ...(data.converted ? ["converted"] : [])],
    days: ["shown", "week", "7", "28", "month", "all"],
    against: ["before", "year", "none"],
    by: ["day", "week", "month"],
    show: ["sales", "units", "orders"],
    split: ["channel", "fulfillment"],
  };
}

/** The part that a hash leads to, and the choices in it: "#demand?days=28&by=week". What is not known is left out. */
function readHash(data, hash) {
  const [target, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const choices = firstChoices(data);
  const known = allowed(data);
  for (const [name, value] of new URLSearchParams(query)) {
    if (!Object.hasOwn(known, name)) continue;
    if (known[name].includes(value) || (name === "days" && twoDates(data, value))) choices[name] = value;
  }
  return { target, choices };
}

/** The hash of the choices; what is as at the beginning is left out. */
function writeHash(data, target, choices) {
  const first = firstChoices(data);
  const query = new URLSearchParams(Object.entries(choices).filter(([name, value]) => value !== first[name]));
  return `#${target || "overview"}${[...query].length ? `?${query}` : ""}`;
}

/** "2026-07-01..2026-07-20" as days within those of the files; null for anything else. */
function twoDates(data, text) {
  const days = text.split("..").map(readDay);
  if (days.length !== 2 || days.some(Number.isNaN)) return null;
  const [first, last] = [Math.max(days[0], data.first), Math.min(days[1], lastDay(data))];
  return first <= last ? { first, last } : null;
}

/** The last day of the files. */
function lastDay(data) {
  return data.first + data.states.length - 1;
}

/** The last day that the files hold as a whole. */
function lastWholeDay(data) {
  const place = data.states.lastIndexOf("c");
  return place < 0 ? lastDay(data) : data.first + place;
}

/** The days that a choice stands for. */
function chosenDays(data, choice) {
  const end = lastWholeDay(data);
  const from = first => ({ first: Math.max(first, data.first), last: end });
  switch (choice) {
    case "shown": return data.shown;
    case "week": return from(periodStart(end, "week", data.weekStart));
    case "month": return from(periodStart(end, "month"));
    case "all": return { first: data.first, last: lastDay(data) };
    case "7":
    case "28": return from(end - Number(choice) + 1);
    default: return twoDates(data, choice) ?? data.shown;
  }
}

/** The choices as filters of rows. Of several currencies the one with the most orders is shown, unless one is chosen. */
function filtersOf(data, choices, range) {
  const converted = choices.currency === "converted";
  const filters = { market: choices.market, ship: choices.ship, converted, currency: undefined };
  if (converted) return { filters, others: [] };
  if (choices.currency) return { filters: { ...filters, currency: choices.currency }, others: [] };
  const [main = null, ...others] = currencies(data, filters, range.first, range.last);
  return { filters: { ...filters, currency: main }, others };
}

/** All figures of the overview, for the choices. */
function figures(data, choices) {
  const range = chosenDays(data, choices.days);
  const { filters, others } = filtersOf(data, choices, range);
  const lacks = lacking(data, range.first, range.last);
  const compared = comparedDays(range, choices.against);
  const lacksBefore = compared ? lacking(data, compared.first, compared.last) : 0;
  const outside = compared && (compared.last < data.first || compared.first > lastDay(data));
  // Days of which the files hold a part are marked, and compared with nothing; the period of the report is compared, as in every format.
  const part = hasPart(data, range.first, range.last);
  const ofReport = range.first === data.shown.first && range.last === data.shown.last;
  const fair = compared && lacks === 0 && (!part || ofReport) && lacksBefore === 0;
  const tiles = currency => {
    const of = { ...filters, currency };
    const spans = spansBefore(data, range).map(span => span && sumOf(data, of, span.first, span.last));
    return { currency, now: spans[7], spans, before: fair ? sumOf(data, of, compared.first, compared.last) : null };
  };
  return { range, filters, compared, fair, part, lacks, lacksBefore, outside, main: tiles(filters.currency), others: others.map(tiles) };
}
