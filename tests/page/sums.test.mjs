// Tests of the sums of the page's script, without a browser: node --test tests/page/sums.test.mjs
//
// The modules are loaded as they stand in the program and compared with calculations of another kind: text by text, day by day.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const NAMES = [
  "readMoney", "divide", "grouped", "showMoney", "percent", "change", "share", "short",
  "readDay", "dayText", "dayOf", "weekday", "periodStart", "step", "isoWeek", "periodName", "daysName",
  "nothing", "passes", "rowsWithin", "sumOf", "sumsByPlace", "currencies", "lacking", "hasPart", "comparedDays", "spansBefore", "trendOf",
  "firstChoices", "allowed", "readHash", "writeHash", "twoDates", "lastDay", "lastWholeDay", "chosenDays", "filtersOf", "figures",
];

const folder = new URL("../../src/write/html/script/", import.meta.url);
const source = ["money", "days", "sums", "choices"].map(name => readFileSync(fileURLToPath(new URL(`${name}.js`, folder)), "utf8")).join("\n");
// The script's own objects have prototypes of their own: what is compared deeply is copied by `plain`.
const script = vm.runInNewContext(`"use strict";${source};({ ${NAMES.join(", ")} })`, { URLSearchParams });
const plain = value => JSON.parse(JSON.stringify(value, (_, one) => (typeof one === "bigint" ? `${one}n` : one)));

/** Numbers by chance, the same at every run: mulberry32. */
function chance(seed) {
  let state = seed;
  return limit => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

const CASES = 3000;
const abs = value => (value < 0n ? -value : value);

test("money is read exactly", () => {
  for (const [text, value] of [["0", 0n], ["12.34", 123400n], ["-12.34", -123400n], ["0.0001", 1n], ["-0.05", -500n], ["90071992547409930.1234", 900719925474099301234n]]) {
    assert.equal(script.readMoney(text), value, text);
  }
  const random = chance(1);
  for (let place = 0; place < CASES; place++) {
    const digits = BigInt(random(1e9)) * BigInt(random(1e9)) + BigInt(random(1e4));
    const decimals = random(5);
    const text = digits.toString().padStart(decimals + 1, "0");
    const point = decimals ? `${text.slice(0, -decimals)}.${text.slice(-decimals)}` : text;
    const sign = random(2) ? "-" : "";
    assert.equal(script.readMoney(sign + point), BigInt(sign + digits) * 10n ** BigInt(4 - decimals), point);
  }
});

test("a quotient is rounded half away from zero", () => {
  for (const [part, whole, expected] of [[1n, 2n, 1n], [-1n, 2n, -1n], [1n, 3n, 0n], [2n, 3n, 1n], [5n, 10n, 1n], [-5n, 10n, -1n], [5n, -10n, -1n], [0n, 7n, 0n]]) {
    assert.equal(script.divide(part, whole), expected, `${part} / ${whole}`);
  }
  const random = chance(2);
  for (let place = 0; place < CASES; place++) {
    const whole = BigInt(random(1e6) + 1) * (random(2) ? 1n : -1n);
    const part = BigInt(random(1e9)) * BigInt(random(1e6)) * (random(2) ? 1n : -1n);
    const found = script.divide(part, whole);
    // The nearest integer: the remainder is at most half of the divisor, and on a tie the quotient is the larger one.
    const left = abs(part - found * whole) * 2n;
    assert.ok(left <= abs(whole), `${part} / ${whole}: ${found}`);
    if (left === abs(whole)) assert.ok(abs(found) * abs(whole) > abs(part), `${part} / ${whole}: ${found} on a tie`);
  }
});

test("money is shown with the decimals of its currency", () => {
  const shown = (value, decimals) => script.showMoney(value, decimals);
  assert.equal(shown(13524420n, 2), "1,352.44");
  assert.equal(shown(-49950n, 2), "-5.00");
  assert.equal(shown(-56606667n, 0), "-5,661");
  assert.equal(shown(-49n, 2), "0.00");
  assert.equal(shown(9999950n, 2), "1,000.00");
  const random = chance(3);
  for (let place = 0; place < CASES; place++) {
    const decimals = [0, 2, 3, 4][random(4)];
    const value = (BigInt(random(1e9)) * BigInt(random(1e6)) + BigInt(random(1e4))) * (random(2) ? 1n : -1n);
    const text = shown(value, decimals);
    assert.match(text, decimals ? new RegExp(`^-?\\d{1,3}(,\\d{3})*\\.\\d{${decimals}}$`) : /^-?\d{1,3}(,\d{3})*$/);
    const back = BigInt(text.replace(/[,.]/g, "")) * 10n ** BigInt(4 - decimals);
    const half = 10n ** BigInt(4 - decimals) / 2n;
    assert.ok(abs(back - value) <= half, `${value} with ${decimals}: ${text}`);
    if (half > 0n && abs(back - value) === half) assert.ok(abs(back) > abs(value), `${value} with ${decimals}: ${text} on a tie`);
  }
});

test("change and share say what a percentage cannot", () => {
  const { change, share } = script;
  for (const [now, before, text] of [[0n, 0n, ""], [5n, 0n, "new"], [0n, 5n, "gone"], [5n, -5n, ""], [112n, 100n, "+12.0 %"], [88n, 100n, "-12.0 %"], [100n, 100n, "0.0 %"], [1100n, 100n, "11 x"], [1099n, 100n, "+999.0 %"], [2999n, 3000n, "0.0 %"]]) {
    assert.equal(change(now, before), text, `${now} after ${before}`);
  }
  for (const [part, whole, text] of [[0n, 0n, ""], [0n, 5n, "0.0 %"], [1n, 5000n, "<0.1 %"], [4999n, 5000n, ">99.9 %"], [5n, 5n, "100.0 %"], [1n, 3n, "33.3 %"], [2n, 3n, "66.7 %"]]) {
    assert.equal(share(part, whole), text, `${part} of ${whole}`);
  }
  const random = chance(4);
  for (let place = 0; place < CASES; place++) {
    const [now, before] = [BigInt(random(1e7) + 1), BigInt(random(1e7) + 1)];
    const text = change(now, before);
    if (text.endsWith(" x")) {
      assert.equal(BigInt(text.slice(0, -2).replace(/,/g, "")), now / before);
      continue;
    }
    const tenths = BigInt(text.replace(/[+.,% ]/g, ""));
    assert.ok(abs(tenths * before - (now - before) * 1000n) * 2n <= before, `${now} after ${before}: ${text}`);
    assert.equal(text.startsWith("+"), tenths > 0n, text);
  }
});

test("numbers on an axis are short", () => {
  const shown = [0, 0.5, 7, 500, 9500, 10000, 15500, 1e6, 1.5e6, 2e9, -2500, -25000].map(script.short);
  assert.deepEqual(shown, ["0", "0.5", "7", "500", "9,500", "10k", "15.5k", "1M", "1.5M", "2G", "-2,500", "-25k"]);
});

test("days, weeks and months are those of the calendar", () => {
  const random = chance(5);
  const day0 = script.readDay("2015-01-01");
  for (let place = 0; place < CASES; place++) {
    const day = day0 + random(40 * 365);
    const date = new Date(day * 864e5);
    assert.equal(script.readDay(script.dayText(day)), day);
    assert.equal(script.weekday(day), (date.getUTCDay() + 6) % 7);
    // Weeks begin on their day and hold seven days, this one too.
    for (const begin of [0, 6]) {
      const start = script.periodStart(day, "week", begin);
      assert.equal(script.weekday(start), begin);
      assert.ok(start <= day && day < start + 7);
      assert.equal(script.step(start, "week", 3), start + 21);
    }
    const month = script.periodStart(day, "month", 0);
    assert.equal(script.dayText(month), `${script.dayText(day).slice(0, 7)}-01`);
    const many = random(60) - 30;
    const there = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + many, 1));
    assert.equal(script.dayText(script.step(month, "month", many)), there.toISOString().slice(0, 10));
    assert.equal(script.step(day, "day", many), day + many);
    // An ISO week belongs to the year of its Thursday, and week 1 holds January 4.
    const [year, week] = script.isoWeek(day);
    const first = script.periodStart(script.dayOf(year, 1, 4), "week", 0);
    assert.equal(first + (week - 1) * 7, script.periodStart(day, "week", 0), script.dayText(day));
    assert.ok(week >= 1 && week <= 53);
  }
  for (const [text, year, week] of [["2021-01-03", 2020, 53], ["2024-12-30", 2025, 1], ["2026-07-20", 2026, 30], ["2027-01-03", 2026, 53]]) {
    assert.deepEqual(plain(script.isoWeek(script.readDay(text))), [year, week], text);
  }
  for (const text of ["", "2026-7-1", "2026-07-20T00:00", "x2026-07-20", "2026-13-01", "2026-07-99"]) assert.ok(Number.isNaN(script.readDay(text)), text);
});

test("days that no calendar has are no days", () => {
  for (const text of ["2026-02-30", "2026-02-29", "2026-04-31", "2026-00-10"]) assert.ok(Number.isNaN(script.readDay(text)), text);
  assert.ok(!Number.isNaN(script.readDay("2028-02-29")));
});

test("names of days and periods", () => {
  const day = script.readDay;
  const named = (first, last) => script.daysName(day(first), day(last));
  assert.equal(named("2026-07-20", "2026-07-26"), "Jul 20 to 26");
  assert.equal(named("2026-06-29", "2026-07-05"), "Jun 29 to Jul 5");
  assert.equal(named("2025-12-29", "2026-01-04"), "Dec 29 2025 to Jan 4 2026");
  assert.equal(named("2026-07-20", "2026-07-20"), "Mon Jul 20");
  assert.equal(script.periodName(day("2026-07-20"), "week", 0), "W30");
  assert.equal(script.periodName(day("2024-12-30"), "week", 0, true), "W01 2025");
  assert.equal(script.periodName(day("2026-07-19"), "week", 6), "Jul 19");
  assert.equal(script.periodName(day("2026-07-01"), "month", 0), "Jul 2026");
});

test("what is compared: as many days before, 52 weeks before, or the month before", () => {
  const day = script.readDay;
  const compared = (first, last, against) => {
    const found = script.comparedDays({ first: day(first), last: day(last) }, against);
    return found && [script.dayText(found.first), script.dayText(found.last)];
  };
  assert.equal(compared("2026-07-20", "2026-07-26", "none"), null);
  assert.deepEqual(compared("2026-07-20", "2026-07-26", "before"), ["2026-07-13", "2026-07-19"]);
  assert.deepEqual(compared("2026-07-20", "2026-07-26", "year"), ["2025-07-21", "2025-07-27"]);
  assert.deepEqual(compared("2026-03-01", "2026-03-31", "before"), ["2026-02-01", "2026-02-28"]);
  assert.deepEqual(compared("2026-01-01", "2026-01-31", "before"), ["2025-12-01", "2025-12-31"]);
  assert.deepEqual(compared("2024-02-01", "2024-02-29", "year"), ["2023-02-01", "2023-02-28"]);
  assert.deepEqual(compared("2026-02-01", "2026-03-31", "before"), ["2025-12-04", "2026-01-31"]);
  const random = chance(6);
  for (let place = 0; place < CASES; place++) {
    const first = day("2024-01-01") + random(900);
    const last = first + random(90);
    const before = script.comparedDays({ first, last }, "before");
    const year = script.comparedDays({ first, last }, "year");
    assert.equal(before.last, first - 1);
    const whole = script.dayText(first).endsWith("-01") && script.dayText(last + 1).endsWith("-01") && script.dayText(first).slice(0, 7) === script.dayText(last).slice(0, 7);
    if (whole) {
      assert.equal(script.dayText(before.first).slice(8), "01");
      continue;
    }
    assert.equal(before.last - before.first, last - first);
    assert.equal(script.weekday(year.first), script.weekday(first));
    assert.equal(first - year.first, 364);
    assert.equal(last - year.last, 364);
  }
});

/** Invented data: groups with rows of chance. */
function invented(seed, length = 120) {
  const random = chance(seed);
  const groups = [];
  for (const [channel, outside] of [["Amazon.com", false], ["Amazon.de", false], ["Non-Amazon", true]]) {
    for (const fulfillment of ["fba", "merchant"]) {
      for (const currency of outside ? [null] : [null, channel === "Amazon.com" ? "USD" : "EUR"]) {
        const rows = [];
        for (let day = 0; day < length; day++) {
          if (random(4) === 0) continue;
          const orders = random(9);
          const sales = currency ? `${random(90000)}.${String(random(100)).padStart(2, "0")}` : null;
          const converted = sales && random(5) ? `${random(90000)}.${String(random(10000)).padStart(4, "0")}` : null;
          rows.push(sales ? [day, orders + random(3), orders, random(30), sales, converted] : [day, orders + random(3), orders, random(30), null, null]);
        }
        groups.push({ channel, fulfillment, currency, counted: outside ? null : channel === "Amazon.com" ? "USD" : "EUR", outside, rows });
      }
    }
  }
  let states = "";
  for (let day = 0; day < length; day++) states += day === length - 1 ? "p" : random(30) === 0 ? "m" : "c";
  const first = script.readDay("2026-03-02");
  return { first, states, weekStart: random(2) * 6, shown: { first: first + length - 12, last: first + length - 6 }, decimals: { USD: 2, EUR: 2 }, converted: "USD", groups };
}

/** Ten-thousandths by moving the point of the text. */
const exact = text => BigInt(text.includes(".") ? text.split(".")[0] + text.split(".")[1].padEnd(4, "0") : `${text}0000`);

test("sums are those of the rows that pass, one by one", () => {
  const random = chance(7);
  for (let place = 0; place < 400; place++) {
    const data = invented(100 + (place % 20));
    const filters = {
      market: ["", "", "Amazon.com", "Amazon.de", "Non-Amazon"][random(5)],
      ship: ["", "fba", "merchant"][random(3)],
      converted: random(2) === 1,
      currency: [undefined, "USD", "EUR", null][random(4)],
    };
    const first = data.first + random(130) - 5;
    const last = first + random(40);
    const sum = { placed: 0n, orders: 0n, priced: 0n, merchant: 0n, units: 0n, sales: 0n, unrated: false };
    for (const group of data.groups) {
      if (filters.market ? group.channel !== filters.market : group.outside) continue;
      if (filters.ship && group.fulfillment !== filters.ship) continue;
      if (!filters.converted && filters.currency !== undefined && group.counted !== filters.currency) continue;
      for (const [day, placed, orders, units, sales, converted] of group.rows) {
        if (day + data.first < first || day + data.first > last) continue;
        const unrated = filters.converted && sales && !converted;
        sum.placed += BigInt(placed);
        sum.orders += BigInt(orders);
        sum.units += BigInt(units);
        if (group.fulfillment === "merchant") sum.merchant += BigInt(orders);
        if (group.currency && !unrated) sum.priced += BigInt(orders);
        if (filters.converted ? converted : sales) sum.sales += exact(filters.converted ? converted : sales);
        if (unrated) sum.unrated = true;
      }
    }
    assert.deepEqual(plain(script.sumOf(data, filters, first, last)), plain(sum));
    // The places add up to the whole, and so do the periods of the trend.
    const places = [...script.sumsByPlace(data, filters, first, last).values()];
    assert.equal(places.reduce((all, { sum }) => all + sum.sales, 0n), sum.sales);
    assert.equal(places.reduce((all, { sum }) => all + sum.orders, 0n), sum.orders);
    for (const by of ["day", "week", "month"]) {
      const from = script.periodStart(first, by, data.weekStart);
      for (const [show, key] of [["sales", "sales"], ["units", "units"], ["orders", "orders"]]) {
        for (const split of ["channel", "fulfillment"]) {
          const { series, starts } = script.trendOf(data, filters, first, last, { by, show, split, start: data.weekStart });
          assert.equal(starts[0], from);
          const all = [...series.values()].flat().reduce((all, value) => all + value, 0n);
          assert.equal(all, script.sumOf(data, filters, from, last)[key], `${by} ${show} ${split}`);
          // A period holds what its days hold.
          const index = random(starts.length);
          const end = Math.min(last, script.step(starts[index], by, 1) - 1);
          assert.equal([...series.values()].reduce((all, values) => all + values[index], 0n), script.sumOf(data, filters, starts[index], end)[key]);
        }
      }
    }
  }
});

test("days that lack are counted, those outside of the files too", () => {
  const random = chance(8);
  for (let place = 0; place < 1000; place++) {
    const data = invented(200 + (place % 10), 60);
    const first = data.first + random(80) - 10;
    const last = first + random(30);
    let lacks = 0, part = false;
    for (let day = first; day <= last; day++) {
      const state = day < data.first || day > script.lastDay(data) ? "m" : data.states.charAt(day - data.first);
      lacks += state === "m";
      part ||= state === "p";
    }
    assert.equal(script.lacking(data, first, last), lacks);
    assert.equal(script.hasPart(data, first, last), part);
  }
});

test("a comparison is fair only between whole days", () => {
  const data = invented(300);
  data.states = "c".repeat(119) + "p";
  const figures = days => script.figures(data, { ...plain(script.firstChoices(data)), days });
  const end = script.lastDay(data);
  const text = (first, last) => `${script.dayText(first)}..${script.dayText(last)}`;
  assert.equal(Boolean(figures("7").fair), true);
  assert.equal(Boolean(figures(text(end, end)).fair), false, "the last day is not over");
  assert.equal(Boolean(figures("all").fair), false, "nothing is before all days");
  data.states = data.states.slice(0, 108) + "m" + data.states.slice(109);
  assert.equal(Boolean(figures("7").fair), false, "a day before lacks");
});

test("the days of a choice", () => {
  const data = { ...invented(400, 60), weekStart: 0 };
  data.states = "c".repeat(57) + "mcp";
  const days = choice => {
    const found = script.chosenDays(data, choice);
    return [script.dayText(found.first), script.dayText(found.last)];
  };
  // The files hold 2026-03-02 to 2026-04-30; the last whole day is the 29th, a Wednesday.
  assert.deepEqual(days("all"), ["2026-03-02", "2026-04-30"]);
  assert.deepEqual(days("7"), ["2026-04-23", "2026-04-29"]);
  assert.deepEqual(days("week"), ["2026-04-27", "2026-04-29"]);
  assert.deepEqual(days("month"), ["2026-04-01", "2026-04-29"]);
  assert.deepEqual(days("28"), ["2026-04-02", "2026-04-29"]);
  assert.deepEqual(days("2026-01-01..2026-03-05"), ["2026-03-02", "2026-03-05"]);
  const shown = [data.shown.first, data.shown.last].map(script.dayText);
  for (const choice of ["shown", "2026-05-05..2026-05-06", "2026-03-09..2026-03-08", "2026-03-09", "..", "nonsense"]) assert.deepEqual(days(choice), shown, choice);
});

test("a hash gives back every choice, and nothing else", () => {
  const data = invented(500);
  data.groups[0].channel = "Amazon.com & <b>\"co\"?#%=ü日本";
  const known = plain(script.allowed(data));
  const random = chance(9);
  for (let place = 0; place < CASES; place++) {
    const choices = Object.fromEntries(Object.entries(known).map(([name, values]) => [name, values[random(values.length)]]));
    if (random(3) === 0) {
      const first = data.first + random(100);
      choices.days = `${script.dayText(first)}..${script.dayText(first + random(20))}`;
    }
    const target = ["overview", "demand", "skus"][random(3)];
    const hash = script.writeHash(data, target, choices);
    assert.match(hash, /^#[a-z]+(\?[^#]*)?$/);
    assert.deepEqual(plain(script.readHash(data, hash)), { target, choices });
  }
  const first = plain(script.firstChoices(data));
  for (const hash of ["", "#", "#x?__proto__=1&constructor=2&toString=3", "#x?market=nowhere&ship=drone&currency=XXX&by=hour&days=5", "#x?days=2026-99-99..2026-01-01", "#?%E0%A4%A=%", "#x?days=2026-03-05..2026-03-06..2026-03-07"]) {
    assert.deepEqual(plain(script.readHash(data, hash).choices), first, hash);
  }
});

test("the largest currency comes first, what has no price last", () => {
  const data = invented(600);
  const filters = { market: "", ship: "", converted: false, currency: undefined };
  const found = plain(script.currencies(data, filters, data.first, script.lastDay(data)));
  const orders = currency => data.groups.filter(group => !group.outside && group.counted === currency).flatMap(group => group.rows).reduce((sum, row) => sum + row[2], 0);
  assert.deepEqual(found, ["USD", "EUR"].sort((a, b) => orders(b) - orders(a)));
  assert.deepEqual(plain(script.currencies(data, { ...filters, market: "Non-Amazon" }, data.first, script.lastDay(data))), [null]);
});
