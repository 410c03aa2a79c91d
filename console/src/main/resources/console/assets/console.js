"use strict";
(() => {
  const root = document.documentElement;
  const keys = document.getElementById("keys");
  const connection = document.getElementById("connection");

  function switchTheme() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  }

  // The selected row is remembered by id: the list is replaced whenever something changes.
  let selected = null;
  const items = () => [...document.querySelectorAll("[data-item]")];
  const current = () => (selected ? document.getElementById(selected) : document.querySelector("[data-item].selected"));
  function select(item) {
    document.querySelectorAll("[data-item].selected").forEach((old) => old.classList.remove("selected"));
    if (!item) return;
    selected = item.id || null;
    item.classList.add("selected");
    const link = item.querySelector("a");
    if (link) link.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
  function move(by) {
    const all = items();
    if (all.length === 0) return;
    const at = all.indexOf(current());
    select(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  }

  // Where an update has just replaced the row, the focus is on nothing for a moment; Enter means the selected row then.
  function openSelected(event) {
    if (event.target !== document.body) return false;
    const link = current()?.querySelector("a");
    if (link) link.click();
    return Boolean(link);
  }

  // After g, the next key goes to a page.
  let going = false;
  function go(key) {
    going = false;
    const link = [...document.querySelectorAll("nav a[data-key]")].find((one) => one.dataset.key === key);
    if (link) location.assign(link.href);
  }
  function back() {
    location.assign(document.querySelector(".back a")?.href ?? "/");
  }
  function toField() {
    const field = document.querySelector("main input:not([type=hidden]), main textarea");
    const folded = field?.closest("details");
    if (folded) folded.open = true;
    field?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.target.closest("input, textarea, select")) return;
    if (going) {
      go(event.key);
      event.preventDefault();
      return;
    }
    switch (event.key) {
      case "g": going = true; setTimeout(() => { going = false; }, 1500); break;
      case "/": toField(); break;
      case "Enter": if (!openSelected(event)) return; break;
      case "j": move(1); break;
      case "k": move(-1); break;
      case "u": back(); break;
      case "t": switchTheme(); break;
      case "?": keys.showModal(); break;
      default: return;
    }
    event.preventDefault();
  });
  document.getElementById("theme").addEventListener("click", switchTheme);
  document.getElementById("help").addEventListener("click", () => keys.showModal());

  // What somebody is writing is not replaced under their hands.
  const live = () => document.getElementById("live");
  const isWriting = () => [...live().querySelectorAll("input:not([type=hidden]), textarea, select")]
    .some((field) => field === document.activeElement || field.value !== (field.defaultValue ?? field.value));

  let hadFocus = false;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === live() && isWriting()) event.detail.shouldSwap = false;
    const row = current();
    hadFocus = row !== null && row.contains(document.activeElement);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const row = current();
    if (row && hadFocus) select(row);
    else if (row) row.classList.add("selected");
  });

  function say(text, live) {
    connection.textContent = text;
    connection.classList.toggle("lost", !live);
  }
  document.body.addEventListener("htmx:sseOpen", () => say("live", true));
  document.body.addEventListener("htmx:sseError", () => say("connecting again", false));
  document.body.addEventListener("htmx:sendError", () => say("connecting again", false));

  // A mistake in the editor: to its line and column.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    const text = document.getElementById("text");
    if (!link || !text) return;
    event.preventDefault();
    const before = text.value.split("\n").slice(0, Number(link.dataset.line) - 1);
    const at = before.reduce((sum, line) => sum + line.length + 1, 0) + Number(link.dataset.column) - 1;
    text.focus();
    text.setSelectionRange(at, at);
    text.scrollTop = Math.max(0, before.length - 5) * parseFloat(getComputedStyle(text).lineHeight);
  });
})();
