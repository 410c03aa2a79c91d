"use strict";
// Draws every figure.plot from /query/data, and again while it is looked at.
(() => {
  const AGAIN = 15000;
  const LEGEND = 12;
  const drawn = new Map();
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (value) => (value == null ? "–" : Number(value.toPrecision(4)).toLocaleString("en", { maximumFractionDigits: 6 }));

  // Days where a day lies between two lines, seconds where less than a minute does. UTC, as everywhere in the console.
  function clock(seconds, every) {
    const text = new Date(seconds * 1e3).toISOString();
    return every >= 86400 ? text.slice(5, 10) : text.slice(11, every < 60 ? 19 : 16);
  }
  function axis() {
    const line = { stroke: colour("--line"), width: 1 };
    return { stroke: colour("--quiet"), grid: line, ticks: line, font: "12px system-ui, sans-serif" };
  }
  function options(box, data, threshold) {
    const many = data.names.length > LEGEND;
    const series = data.names.map((name, at) => ({
      label: name, stroke: colour(`--series-${(at % 8) + 1}`), width: 1.5, spanGaps: false, points: { show: data.times.length < 30 },
      value: (plot, value) => number(value),
    }));
    if (threshold !== null) series.push({ label: "threshold", stroke: colour("--bad"), width: 1, dash: [6, 4], points: { show: false }, value: (plot, value) => number(value) });
    return {
      width: Math.max(240, box.clientWidth), height: 260, tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC"),
      legend: { show: !many }, cursor: { y: false },
      axes: [Object.assign(axis(), { values: (plot, times, at, space, every) => times.map((time) => clock(time, every)) }), Object.assign(axis(), { size: 64, values: (plot, values) => values.map(number) })],
      series: [{ label: "UTC", value: (plot, time) => (time == null ? "–" : clock(time, 1)) }, ...series],
    };
  }
  function say(figure, words) {
    figure.querySelector("figcaption").textContent = words;
  }
  function caption(data) {
    if (data.names.length === 0) return "Nothing has this name and these labels in this time.";
    const lines = `${data.names.length} ${data.names.length === 1 ? "line" : "lines"}`;
    return [data.left > 0 ? `${lines} of ${data.names.length + data.left}` : lines, ...data.warnings].join(" · ");
  }
  function draw(figure, data) {
    const box = figure.querySelector(".canvas");
    const limit = parseFloat(figure.dataset.threshold);
    const threshold = Number.isFinite(limit) ? limit : null;
    const columns = [data.times, ...data.columns];
    if (threshold !== null) columns.push(data.times.map(() => threshold));
    drawn.get(figure)?.plot?.destroy();
    const plot = data.names.length === 0 ? null : new uPlot(options(box, data, threshold), columns, box);
    const canvas = plot?.root.querySelector("canvas");
    if (canvas) {
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `Graph of ${figure.dataset.plot}`);
    }
    drawn.set(figure, { plot, data });
    figure.dataset.drawn = String(data.names.length);
    say(figure, caption(data));
  }
  async function load(figure) {
    const query = new URLSearchParams({ expr: figure.dataset.plot, range: figure.dataset.range });
    if (figure.dataset.until) query.set("until", figure.dataset.until);
    try {
      const response = await fetch(`/query/data?${query}`);
      const data = await response.json();
      if (response.ok) draw(figure, data);
      else say(figure, data.error);
    } catch (problem) {
      say(figure, `It cannot be drawn: ${problem.message}`);
    }
  }
  function begin() {
    for (const figure of drawn.keys()) {
      if (!figure.isConnected) {
        drawn.get(figure).plot?.destroy();
        drawn.delete(figure);
      }
    }
    document.querySelectorAll("figure.plot").forEach((figure) => {
      if (drawn.has(figure)) return;
      drawn.set(figure, { plot: null, data: null });
      load(figure);
    });
  }
  function redraw() {
    drawn.forEach((known, figure) => known.data && draw(figure, known.data));
  }

  begin();
  document.body.addEventListener("htmx:afterSettle", begin);
  setInterval(() => {
    if (!document.hidden) drawn.forEach((known, figure) => !figure.dataset.until && load(figure));
  }, AGAIN);
  new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    drawn.forEach((known, figure) => known.plot?.setSize({ width: Math.max(240, figure.querySelector(".canvas").clientWidth), height: 260 }));
  });
})();
