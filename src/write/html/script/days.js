// Days as whole numbers since 1970-01-01, without clocks and zones.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** "2026-07-20" as a day; NaN for anything else. */
function readDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / 864e5 : NaN;
}

/** A day as "2026-07-20". */
function dayText(day) {
  return new Date(day * 864e5).toISOString().slice(0, 10);
}

/** Year, month (1 to 12) and day of the month. */
function parts(day) {
  return dayText(day).split("-").map(Number);
}

/** The day of a year, a month and a day of the month; months over 12 are of later years. */
function dayOf(year, month, date) {
  return Date.UTC(year, month - 1, date) / 864e5;
}

/** 0 for Monday. */
function weekday(day) {
  return (((day + 3) % 7) + 7) % 7;
}

/** The first day of the day's period; weeks begin on `start`, 0 for Monday, 6 for Sunday. */
function periodStart(day, by, start) {
  if (by === "day") return day;
  if (by === "week") return day - ((weekday(day) - start + 7) % 7);
  const [year, month] = parts(day);
  return dayOf(year, month, 1);
}

/** The first day of the period so many later than the one that begins on `first`. */
function step(first, by, count) {
  if (by === "day") return first + count;
  if (by === "week") return first + 7 * count;
  const [year, month] = parts(first);
  return dayOf(year, month + count, 1);
}

/** The number of the ISO week that a day is in, with its year: [2026, 30]. */
function isoWeek(day) {
  const thursday = day - weekday(day) + 3;
  const [year] = parts(thursday);
  return [year, Math.floor((thursday - dayOf(year, 1, 1)) / 7) + 1];
}

/** A short name of the period that begins on `first`: "Jul 20", "W30", "Jul 2026"; with its year if asked for: "W30 2026". */
function periodName(first, by, start, withYear = false) {
  const [year, month, date] = parts(first);
  if (by === "month") return `${MONTHS[month - 1]} ${year}`;
  if (by === "week" && start === 0) {
    const [ofYear, week] = isoWeek(first);
    return `W${String(week).padStart(2, "0")}${withYear ? ` ${ofYear}` : ""}`;
  }
  return `${MONTHS[month - 1]} ${date}${withYear ? ` ${year}` : ""}`;
}

/** Days for a reader: "Jul 20 to 26", "Jun 29 to Jul 5", "Dec 29 2025 to Jan 4 2026", "Mon Jul 20". */
function daysName(first, last) {
  const [year, month, date] = parts(first);
  const [lastYear, lastMonth, lastDate] = parts(last);
  if (first === last) return `${WEEKDAYS[weekday(first)]} ${MONTHS[month - 1]} ${date}`;
  if (year !== lastYear) return `${MONTHS[month - 1]} ${date} ${year} to ${MONTHS[lastMonth - 1]} ${lastDate} ${lastYear}`;
  const to = month === lastMonth ? lastDate : `${MONTHS[lastMonth - 1]} ${lastDate}`;
  return `${MONTHS[month - 1]} ${date} to ${to}`;
}
