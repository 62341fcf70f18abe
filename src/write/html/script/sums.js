// Sums over the rows of sales by day, channel, fulfillment and currency.

/** The sums of nothing. */
function nothing() {
  return { placed: 0n, orders: 0n, priced: 0n, merchant: 0n, units: 0n, sales: 0n, unrated: false };
}

function add(sum, row, group, converted) {
  const orders = BigInt(row[2]);
  sum.placed += BigInt(row[1]);
  sum.orders += orders;
  sum.units += BigInt(row[3]);
  if (group.fulfillment === "merchant") sum.merchant += orders;
  // An average is of the orders whose sales are in the sum.
  if (group.currency !== null && !(converted && row[4] && !row[5])) sum.priced += orders;
  const amount = converted ? row[5] : row[4];
  if (amount) sum.sales += readMoney(amount);
  if (converted && row[4] && !row[5]) sum.unrated = true;
}

/** Whether a group of rows passes the filters. What Amazon only ships counts where it is asked for by name. */
function passes(group, filters) {
  if (filters.market ? group.channel !== filters.market : group.outside) return false;
  if (filters.ship && group.fulfillment !== filters.ship) return false;
  return filters.converted || filters.currency === undefined || group.counted === filters.currency;
}

/** The rows of a group from one day to another. Rows are in the order of their days. */
function* rowsWithin(data, group, first, last) {
  const rows = group.rows;
  const [from, to] = [first - data.first, last - data.first];
  let low = 0;
  for (let high = rows.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (rows[middle][0] < from) low = middle + 1;
    else high = middle;
  }
  for (; low < rows.length && rows[low][0] <= to; low++) yield rows[low];
}

/** The sums of all groups that pass. */
function sumOf(data, filters, first, last) {
  const sum = nothing();
  for (const group of data.groups) {
    if (!passes(group, filters)) continue;
    for (const row of rowsWithin(data, group, first, last)) add(sum, row, group, filters.converted);
  }
  return sum;
}

/** The sums by group, for groups that pass and sold anything: [[group, sum]]. Groups are joined by channel, fulfillment and currency. */
function sumsByPlace(data, filters, first, last) {
  const places = new Map();
  for (const group of data.groups) {
    if (!passes(group, filters)) continue;
    const key = JSON.stringify([group.channel, group.fulfillment, filters.converted ? "" : group.counted]);
    for (const row of rowsWithin(data, group, first, last)) {
      let place = places.get(key);
      if (!place) places.set(key, (place = { group, sum: nothing() }));
      add(place.sum, row, group, filters.converted);
    }
  }
  return places;
}

/** The currencies of the days, the one with the most orders first; null stands for orders that never state a price. */
function currencies(data, filters, first, last) {
  const orders = new Map();
  for (const group of data.groups) {
    if (!passes(group, { ...filters, currency: undefined, converted: false })) continue;
    for (const row of rowsWithin(data, group, first, last)) {
      if (row[1] > 0 || row[4]) orders.set(group.counted, (orders.get(group.counted) ?? 0) + row[2]);
    }
  }
  const order = ([a, ordersOfA], [b, ordersOfB]) => (a === null) - (b === null) || ordersOfB - ordersOfA || (a < b ? -1 : 1);
  return [...orders].sort(order).map(([currency]) => currency);
}

/** How many days from one to another the files lack; days outside of them lack too. */
function lacking(data, first, last) {
  let days = 0;
  for (let day = first; day <= last; day++) if ((data.states[day - data.first] ?? "m") === "m") days += 1;
  return days;
}

/** Whether the files hold only a part of one of these days. */
function hasPart(data, first, last) {
  return data.states.slice(first - data.first, last - data.first + 1).includes("p");
}

/** The days that are compared with: null where nothing is asked for. */
function comparedDays(range, against, by) {
  const { first, last } = range;
  if (against === "none") return null;
  const [year, month, date] = parts(first);
  const [lastYear, lastMonth] = parts(last);
  const wholeMonth = date === 1 && last === dayOf(lastYear, lastMonth + 1, 1) - 1 && month === lastMonth && year === lastYear;
  if (against === "year") {
    if (!wholeMonth) return { first: first - 364, last: last - 364 };
    return { first: dayOf(year - 1, month, 1), last: dayOf(year - 1, month + 1, 1) - 1 };
  }
  if (wholeMonth) return { first: dayOf(year, month - 1, 1), last: first - 1 };
  const length = last - first + 1;
  return { first: first - length, last: first - 1 };
}

/** The spans of the sparks: the chosen days last, seven of the same kind before them. Null where days lack. */
function spansBefore(data, range) {
  const spans = [range];
  while (spans.length < 8) spans.push(comparedDays(spans[spans.length - 1], "before"));
  return spans.reverse().map((span, place) => (place === 7 || lacking(data, span.first, span.last) === 0 ? span : null));
}

/** A value for every period from one day to another, by the name of a series: { starts, series: Map(name, [BigInt]) }. */
function trendOf(data, filters, first, last, { by, show, split, start }) {
  const starts = [];
  for (let day = periodStart(first, by, start); day <= last; day = step(day, by, 1)) starts.push(day);
  // The place of every day among the periods.
  const places = new Uint32Array(last - starts[0] + 1);
  starts.forEach((from, index) => places.fill(index, from - starts[0]));
  const series = new Map();
  for (const group of data.groups) {
    if (!passes(group, filters)) continue;
    const name = split === "fulfillment" ? group.fulfillment : group.channel;
    let values = series.get(name);
    for (const row of rowsWithin(data, group, starts[0], last)) {
      if (!values) series.set(name, (values = starts.map(() => 0n)));
      const amount = filters.converted ? row[5] : row[4];
      const value = show === "sales" ? (amount ? readMoney(amount) : 0n) : BigInt(row[show === "orders" ? 2 : 3]);
      values[places[row[0] + data.first - starts[0]]] += value;
    }
  }
  return { starts, series };
}
