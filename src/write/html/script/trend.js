// The trend: bars of every period, stacked, with the comparison as a dashed line.

const COLORS = 6;
let trendPlot = null;

/** Pixels on a sheet, where the picture is made smaller. */
const PAPER = { width: 1100, height: 210 };

/** Periods before and after the chosen days that are drawn beside them. */
const BESIDE = { day: [49, 14], week: [20, 4], month: [23, 3] };

function drawTrend(data, choices, figures, choose) {
  const place = byId("trend");
  const paper = document.documentElement.classList.contains("paper");
  const width = paper ? PAPER.width : Math.max(200, place.clientWidth);
  const style = getComputedStyle(document.documentElement);
  const color = name => style.getPropertyValue(`--${name}`).trim();
  const { by, show, split } = choices;
  const { range, filters, compared } = figures;
  const options = { by, show, split, start: data.weekStart };
  const [before, after] = BESIDE[by];
  const start = day => periodStart(day, by, data.weekStart);
  const first = Math.max(start(data.first), step(start(range.first), by, -before));
  const last = Math.min(lastDay(data), step(start(range.last), by, after + 1) - 1);
  const { starts, series } = trendOf(data, filters, first, last, options);
  const end = index => (index + 1 < starts.length ? starts[index + 1] - 1 : step(starts[index], by, 1) - 1);
  const label = text => (split === "fulfillment" && Object.hasOwn(SHIPS, text) ? SHIPS[text] : text);
  const stacks = largest(series, starts.length).map(stack => ({ ...stack, label: stack.label ?? label(stack.name) }));
  const unit = show === "sales" ? (filters.converted ? data.converted : filters.currency) : show;
  const decimals = data.decimals[unit] ?? 2;
  const written = value => (show === "sales" ? showMoney(value, decimals) : grouped(value));
  const drawn = value => (show === "sales" ? Number(value) / 1e4 : Number(value));
  const missing = starts.map((day, index) => lacking(data, Math.max(day, data.first), Math.min(end(index), lastDay(data))));
  const gone = starts.map((day, index) => by === "day" && missing[index] > 0 && stacks.every(({ values }) => values[index] === 0n));
  // The line of the comparison: as many periods, laid over the chosen ones.
  const chosen = starts.map((day, index) => end(index) >= range.first && day <= range.last);
  const then = compared ? periodsBefore(data, filters, compared, choices, starts.filter((_, index) => chosen[index])) : [];
  const thenAt = index => (chosen[index] ? then[index - chosen.indexOf(true)] : undefined);
  const known = then.filter(({ value }) => value !== null);
  const line = known.length ? starts.map((_, index) => thenAt(index)?.value ?? null) : null;
  const sums = starts.map((_, index) => stacks.reduce((sum, { values }) => sum + values[index], 0n));
  // Stacked: every bar reaches from zero to its own top, the whole first, so that the lower ones lie on it.
  let below = starts.map(() => 0n);
  const tops = stacks.map(({ values }) => (below = below.map((sum, index) => sum + values[index])));
  const bars = uPlot.paths.bars({ size: [0.82, 44], align: 0 });
  const drawnSeries = tops.map((top, index) => ({ top, index })).reverse();
  const rows = [starts.map((_, index) => index)];
  const lines = [{}];
  for (const { top, index } of drawnSeries) {
    rows.push(top.map((value, at) => (gone[at] ? null : drawn(value))));
    lines.push({ fill: color(`c${index}`), width: 0, paths: bars, points: { show: false } });
  }
  if (line) {
    rows.push(line.map(value => (value === null ? null : drawn(value))));
    lines.push({ stroke: color("fg"), width: 2, dash: [6, 4], points: { show: false }, spanGaps: false });
  }
  const years = parts(starts[0])[0] !== parts(starts[starts.length - 1])[0];
  const room = Math.max(2, Math.floor(width / (years ? 120 : 90)));
  const every = Math.max(1, Math.ceil(starts.length / room));
  const ticks = starts.map((_, index) => index).filter(index => (starts.length - 1 - index) % every === 0);
  const name = index => periodName(starts[index], by, data.weekStart, years);
  // The last day may not be over: its tick says so, which is the last one always.
  const partial = hasPart(data, starts[starts.length - 1], last);
  const tick = index => name(index) + (partial && index === starts.length - 1 ? "\npartial" : "");
  const axis = { stroke: color("dim"), grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
  const read = index => {
    const many = index === null ? null : starts[index];
    drawLegend(stacks, {
      heading: many === null ? "" : by === "day" ? daysName(many, many) : `${name(index)}, ${daysName(many, end(index))}`,
      value: stack => (index === null ? "" : written(stack.values[index])),
      total: index === null ? "" : written(sums[index]),
      line: line && (index === null || line[index] === null ? "" : written(line[index])),
      against: index === null ? known.length > 0 && daysName(known[0].first, known[known.length - 1].last) : thenAt(index) && daysName(thenAt(index).first, thenAt(index).last),
      lacks: index === null ? 0 : missing[index],
    });
  };
  const options2 = {
    width,
    height: paper ? PAPER.height : Math.max(220, Math.min(340, Math.round(width * 0.32))),
    series: lines,
    legend: { show: false },
    scales: { x: { time: false, range: [-0.6, starts.length - 0.4] }, y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high || 1) * 1.08] } },
    axes: [
      { ...axis, grid: { show: false }, splits: () => ticks, values: (_, splits) => splits.map(tick), gap: 6, size: partial ? 44 : 30 },
      { ...axis, values: (_, splits) => splits.map(short), size: 58 },
    ],
    cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { show: false } },
    hooks: {
      drawClear: [plot => shadeDays(plot, { chosen, missing, all: chosen.every(Boolean), color })],
      draw: [plot => nameDays(plot, { missing, color })],
      setCursor: [plot => read(plot.cursor.idx ?? null)],
      setSelect: [plot => {
        const { left, width } = plot.select;
        if (width < 4) return;
        const at = pixel => Math.max(0, Math.min(starts.length - 1, Math.round(plot.posToVal(pixel, "x"))));
        const [from, to] = [at(left), at(left + width)];
        plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        choose(`${dayText(Math.max(starts[from], data.first))}..${dayText(Math.min(end(to), lastDay(data)))}`);
      }],
    },
  };
  trendPlot?.destroy();
  fill(place);
  trendPlot = new uPlot(options2, rows, place);
  place.onkeydown = event => moveCursor(event, trendPlot, starts.length);
  place.onblur = () => trendPlot.setCursor({ left: -10, top: -10 });
  const what = { sales: "Sales", units: "Units", orders: "Orders" }[show];
  fill(byId("trend-title"), `${what}${show === "sales" && unit ? `, ${unit}` : ""}, by ${by}`);
  read(null);
}

/** What the chosen periods are compared with: the same days by day, else as many whole periods before them or a year earlier. */
function periodsBefore(data, filters, compared, { by, show, split, against }, starts) {
  const back = against === "before" ? -starts.length : by === "week" ? -52 : -12;
  const first = by === "day" ? compared.first : step(starts[0], by, back);
  const last = by === "day" ? compared.last : step(first, by, starts.length) - 1;
  const then = trendOf(data, filters, first, last, { by, show, split, start: data.weekStart });
  return then.starts.map((day, index) => {
    const end = step(day, by, 1) - 1;
    const sum = [...then.series.values()].reduce((sum, values) => sum + values[index], 0n);
    return { first: day, last: end, value: lacking(data, day, end) > 0 ? null : sum };
  });
}

/** The series with the greatest sums, at most six; the smaller ones become one. */
function largest(series, length) {
  const total = values => values.reduce((sum, value) => sum + value, 0n);
  const all = [...series].map(([name, values]) => ({ name, values, total: total(values) })).filter(one => one.total !== 0n);
  all.sort((a, b) => (a.total > b.total ? -1 : a.total < b.total ? 1 : a.name < b.name ? -1 : 1));
  if (all.length <= COLORS) return all;
  const small = all.splice(COLORS - 1);
  const values = Array.from({ length }, (_, index) => small.reduce((sum, one) => sum + one.values[index], 0n));
  return [...all, { label: `${small.length} more`, values, total: total(values) }];
}

/** Behind the bars: the chosen days, and days that are in no file, hatched. */
function shadeDays(plot, { chosen, missing, all, color }) {
  const { ctx, bbox } = plot;
  const edge = index => plot.valToPos(index - 0.5, "x", true);
  ctx.save();
  if (!all) {
    ctx.fillStyle = color("chosen");
    const from = chosen.indexOf(true), to = chosen.lastIndexOf(true) + 1;
    if (from >= 0) ctx.fillRect(edge(from), bbox.top, edge(to) - edge(from), bbox.height);
  }
  for (const [from, to] of runs(missing.map(days => days > 0))) {
    const [left, right] = [edge(from), edge(to)];
    ctx.beginPath();
    ctx.rect(left, bbox.top, right - left, bbox.height);
    ctx.save();
    ctx.clip();
    ctx.strokeStyle = color("dim");
    ctx.globalAlpha = 0.45;
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (let x = left - bbox.height; x < right; x += 9 * devicePixelRatio) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
  ctx.restore();
}

/** Over the bars: how many days are in no file. */
function nameDays(plot, { missing, color }) {
  const { ctx, bbox } = plot;
  const edge = index => plot.valToPos(index - 0.5, "x", true);
  ctx.save();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  const label = (text, middle, y) => {
    const half = ctx.measureText(text).width / 2 + 4 * devicePixelRatio;
    const x = Math.max(bbox.left + half, Math.min(bbox.left + bbox.width - half, middle));
    ctx.fillStyle = color("card");
    ctx.fillRect(x - half, y - 11 * devicePixelRatio, half * 2, 15 * devicePixelRatio);
    ctx.fillStyle = color("fg");
    ctx.fillText(text, x, y);
  };
  let until = -Infinity;
  for (const [from, to] of runs(missing.map(days => days > 0))) {
    const days = missing.slice(from, to).reduce((sum, count) => sum + count, 0);
    const middle = (edge(from) + edge(to)) / 2;
    if (middle - until < 130 * devicePixelRatio) continue;
    until = middle;
    label(`${grouped(days)} day${days === 1 ? "" : "s"} in no file`, middle, bbox.top + 14 * devicePixelRatio);
  }
  ctx.restore();
}

/** The stretches of true values: [[from, until]]. */
function runs(flags) {
  const found = [];
  flags.forEach((flag, index) => {
    if (!flag) return;
    if (found.length && found[found.length - 1][1] === index) found[found.length - 1][1] = index + 1;
    else found.push([index, index + 1]);
  });
  return found;
}

/** The names of the series with their colours, and the values under the cursor. */
function drawLegend(stacks, { heading, value, total, line, lacks, against }) {
  const swatch = name => element("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, element("rect", { class: name, width: 10, height: 10, rx: 2 }));
  const dash = () => element("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, element("path", { class: "dashed", d: "M0 5H4M6 5H10" }));
  const items = stacks.map((stack, index) => element("li", {}, swatch(`s${index}`), element("bdi", {}, stack.label), heading ? element("strong", {}, ` ${value(stack)}`) : null));
  if (heading && stacks.length > 1) items.push(element("li", {}, "together", element("strong", {}, ` ${total}`)));
  if (line !== null && against) items.push(element("li", {}, dash(), against, line ? element("strong", {}, ` ${line}`) : null));
  fill(byId("trend-values"), element("li", { class: "when" }, heading || "Point at a bar for its values; drag to choose days."), ...items, lacks ? element("li", { class: "warn" }, `${grouped(lacks)} day${lacks === 1 ? "" : "s"} in no file`) : null);
}

/** Arrow keys read one period after the other. */
function moveCursor(event, plot, length) {
  const moves = { ArrowLeft: -1, ArrowRight: 1, Home: -length, End: length };
  if (!Object.hasOwn(moves, event.key)) return;
  event.preventDefault();
  const at = plot.cursor.idx ?? (moves[event.key] > 0 ? -1 : length);
  const to = Math.max(0, Math.min(length - 1, at + moves[event.key]));
  plot.setCursor({ left: plot.valToPos(to, "x"), top: 10 });
}
