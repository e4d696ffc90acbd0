// Folding navigation, and what the live feed needs beyond swapping rows in.
"use strict";

document.documentElement.classList.add("js");

const MARKED_MS = 3000;
const ROWS_KEPT = 200;

function byId(id) {
  return document.getElementById(id);
}

function show(element, visible) {
  if (element) element.hidden = !visible;
}

document.addEventListener("DOMContentLoaded", () => {
  const menu = byId("menu");
  menu.addEventListener("click", () => {
    const open = menu.getAttribute("aria-expanded") !== "true";
    menu.setAttribute("aria-expanded", String(open));
  });
  if (byId("feed")) feed();
  if (location.hash) unfold(location.hash.slice(1));
});

window.addEventListener("hashchange", () => unfold(location.hash.slice(1)));

function unfold(id) {
  const target = byId(id);
  if (target && target.tagName === "DETAILS") target.open = true;
}

// A part of a page that could not be refreshed says so until it can.
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, () => show(byId("stale"), true));
}
document.addEventListener("htmx:afterOnLoad", () => show(byId("stale"), false));

function feed() {
  const rows = byId("feed-rows");
  const pause = byId("pause");
  const held = [];
  let paused = false;

  const tidy = () => {
    show(byId("feed-empty"), !rows.children.length);
    show(rows, rows.children.length > 0);
    while (rows.children.length > ROWS_KEPT) rows.lastElementChild.remove();
  };

  const add = (html) => {
    const box = document.createElement("template");
    box.innerHTML = html;
    const row = box.content.firstElementChild;
    if (!row || (row.id && byId(row.id))) return; // it came again after a reconnection
    row.classList.add("new");
    setTimeout(() => row.classList.remove("new"), MARKED_MS);
    rows.prepend(row);
    tidy();
  };

  const tell = () => {
    pause.textContent = paused ? pause.dataset.resume : pause.dataset.pause;
    byId("feed-held").querySelector("b").textContent = String(held.length);
    show(byId("feed-held"), paused);
  };

  pause.addEventListener("click", () => {
    paused = !paused;
    while (!paused && held.length) add(held.shift());
    tell();
  });

  document.body.addEventListener("htmx:sseBeforeMessage", (message) => {
    if (message.target !== rows) return;
    message.preventDefault(); // rows are put in here, so that none comes twice and a pause holds them
    if (paused) {
      held.push(message.detail.data);
      if (held.length > ROWS_KEPT) held.shift();
      tell();
    } else {
      add(message.detail.data);
    }
  });
  document.body.addEventListener("htmx:sseError", () => {
    show(byId("feed-lost"), true);
    show(byId("feed-source"), false);
  });
  document.body.addEventListener("htmx:sseOpen", () => {
    show(byId("feed-lost"), false);
    show(byId("feed-source"), true);
  });
  pause.hidden = false;
  tidy();
}
