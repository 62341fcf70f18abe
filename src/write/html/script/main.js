// The page: reads its data, draws what was chosen, keeps the choices in the hash.

function start() {
  livenTables();
  followParts();
  keepFocusInSight();
  const source = byId("sales-data");
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const fields = [...document.querySelectorAll("#filters select, #trend-choices select")];
  const dates = [byId("from"), byId("to")];
  let { target, choices } = readHash(data, location.hash);

  // A date that is being typed is left as it is.
  const showDates = () => {
    const { first, last } = chosenDays(data, choices.days);
    for (const [date, day] of [[dates[0], first], [dates[1], last]]) if (date !== document.activeElement) date.value = dayText(day);
  };
  const draw = () => {
    const figured = figures(data, choices);
    drawTiles(data, figured);
    drawSold(data, figured, !choices.currency);
    drawTrend(data, choices, figured, days => choose({ days }));
    const { first, last } = figured.range;
    for (const field of fields) field.value = field.name === "days" && choices.days.includes("..") ? "two" : choices[field.name];
    showDates();
    fill(byId("chosen"), daysName(first, last));
    const changed = ["market", "ship", "currency", "days"].some(name => choices[name] !== firstChoices(data)[name]);
    document.body.classList.toggle("filtered", changed);
    byId("reset").hidden = writeHash(data, "", choices) === writeHash(data, "", firstChoices(data));
  };
  const choose = some => {
    choices = { ...choices, ...some };
    history.replaceState(null, "", writeHash(data, target, choices));
    draw();
  };
  for (const field of fields) {
    field.addEventListener("change", () => {
      if (field.name === "days" && field.value === "two") return dates[0].focus();
      choose({ [field.name]: field.value });
    });
  }
  for (const date of dates) {
    [date.min, date.max] = [dayText(data.first), dayText(lastDay(data))];
    date.addEventListener("change", () => {
      // Typed digit by digit, a year begins as 0002.
      if (date.value < "1000") return;
      const other = dates.find(one => one !== date);
      if (dates[0].value > dates[1].value) other.value = date.value;
      const days = `${dates[0].value}..${dates[1].value}`;
      if (twoDates(data, days)) choose({ days });
    });
    date.addEventListener("blur", showDates);
  }
  byId("reset").addEventListener("click", () => {
    choose(firstChoices(data));
    // The button is gone now: the focus goes to where choosing begins.
    byId("filters").querySelector("select:enabled").focus();
  });
  const follow = () => {
    ({ target, choices } = readHash(data, location.hash));
    draw();
    if (location.hash.includes("?")) goTo(byId(target));
  };
  addEventListener("hashchange", follow);
  // Links to parts keep the choices.
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.addEventListener("click", event => {
      const to = link.getAttribute("href").slice(1);
      if (!byId(to) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      target = to;
      history.pushState(null, "", writeHash(data, target, choices));
      goTo(byId(to));
    });
  }
  const filters = document.querySelector(".filters");
  filters.hidden = false;
  filters.open = innerWidth >= 768;
  byId("trend-choices").hidden = false;
  draw();
  if (location.hash.includes("?")) goTo(byId(target));
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; draw(); } });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  // On paper the trend is as wide as the sheet and in the colours of paper.
  for (const [event, paper] of [["beforeprint", true], ["afterprint", false]]) {
    addEventListener(event, () => {
      document.documentElement.classList.toggle("paper", paper);
      draw();
    });
  }
}

/** Scrolls to an element, and again when what lies above it has its true height. */
function goTo(place) {
  if (!place) return;
  place.scrollIntoView();
  place.focus({ preventScroll: true });
  requestAnimationFrame(() => requestAnimationFrame(() => place.scrollIntoView()));
}

/** What gets the focus stays on the screen when what lies above it gets its true height. */
function keepFocusInSight() {
  const edge = () => document.querySelector(".bar").getBoundingClientRect().bottom;
  addEventListener("focusin", ({ target }) => requestAnimationFrame(() => requestAnimationFrame(() => {
    if (document.activeElement !== target || target.closest(".bar")) return;
    const { top, bottom } = target.getBoundingClientRect();
    if (bottom < edge() || top > innerHeight || (top < edge() && bottom - top < innerHeight / 2)) target.scrollIntoView({ block: "nearest" });
  })));
}

/** Marks the part that is on the screen. */
function followParts() {
  const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      for (const [id, link] of links) id === target.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-20% 0px -75% 0px" });
  for (const id of links.keys()) if (byId(id)) seen.observe(byId(id));
}

start();
