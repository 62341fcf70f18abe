// Money as whole ten-thousandths, and numbers for a reader's eye. No amount is ever a floating-point number.

/** An exact decimal as ten-thousandths: "12.34" is 123400n. */
function readMoney(text) {
  const [whole, decimals = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole) * 10000n + BigInt(decimals.slice(0, 4).padEnd(4, "0"));
  return text.startsWith("-") ? -value : value;
}

/** A quotient of integers, rounded half away from zero. */
function divide(part, whole) {
  const [top, bottom] = whole < 0n ? [-part, -whole] : [part, whole];
  const size = top < 0n ? -top : top;
  const rounded = (2n * size + bottom) / (2n * bottom);
  return top < 0n ? -rounded : rounded;
}

/** Digits with their thousands grouped: -1,250. */
function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Ten-thousandths with the decimals of their currency: 1,352.44. */
function showMoney(value, decimals) {
  const unit = 10n ** BigInt(4 - decimals);
  const rounded = divide(value, unit);
  const size = rounded < 0n ? -rounded : rounded;
  const scale = 10n ** BigInt(decimals);
  const end = decimals > 0 ? "." + String(size % scale).padStart(decimals, "0") : "";
  return (rounded < 0n ? "-" : "") + grouped(size / scale) + end;
}

/** Tenths of a percent as text: "+12.1 %". */
function percent(tenths, sign = "") {
  const size = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? "-" : sign}${grouped(size / 10n)}.${size % 10n} %`;
}

/** How a number changed: "+12.1 %", "new", "gone"; empty where a percentage has no meaning. */
function change(now, before) {
  if (before < 0n || (now === 0n && before === 0n)) return "";
  if (before === 0n) return "new";
  if (now === 0n) return "gone";
  const tenths = divide((now - before) * 1000n, before);
  return tenths >= 10000n ? `${grouped(now / before)} x` : percent(tenths, tenths > 0n ? "+" : "");
}

/** A part of a whole in percent, never rounded to nothing or to all. */
function share(part, whole) {
  if (whole === 0n) return "";
  const tenths = divide(part * 1000n, whole);
  if (tenths === 0n && part > 0n) return "<0.1 %";
  if (tenths === 1000n && part < whole) return ">99.9 %";
  return percent(tenths);
}

/** A number on an axis: 0, 500, 20k, 1.5M. For drawing only. */
function short(number) {
  const size = Math.abs(number);
  const [one, name] = size < 1e4 ? [1, ""] : size < 1e6 ? [1e3, "k"] : size < 1e9 ? [1e6, "M"] : [1e9, "G"];
  const text = one === 1 ? String(Math.round(number * 100) / 100) : String(Math.trunc((number / one) * 10) / 10);
  return (one === 1 ? text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",") : text) + name;
}
