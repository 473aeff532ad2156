"use strict";

// The pages work without this. It keeps the ranking live, sorts and filters it,
// and lights up all parts of the evidence that a link leads to.

(() => {
  const $ = (id) => document.getElementById(id);

  // ---- A call: the parts of what is linked to.

  const light = () => {
    for (const lit of document.querySelectorAll("mark.lit")) lit.classList.remove("lit");
    for (const item of document.querySelectorAll(".evidence-list [aria-current]")) item.removeAttribute("aria-current");
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name) return;
    for (const part of document.querySelectorAll("mark[data-of]")) {
      if (part.dataset.of === name) part.classList.add("lit");
    }
    for (const link of document.querySelectorAll(".evidence-list a")) {
      if (link.hash !== location.hash) continue;
      link.setAttribute("aria-current", "location");
      const list = link.closest(".evidence");
      if (list.scrollHeight > list.clientHeight) list.scrollTop += link.getBoundingClientRect().top - list.clientHeight / 3;
    }
  };
  addEventListener("hashchange", light);
  light();

  const nameOrigin = () => { for (const origin of document.querySelectorAll(".origin")) origin.textContent = location.origin; };
  nameOrigin();

  // ---- The ranking.

  const page = $("ranking-page");
  if (!page) return;

  const often = 500; // milliseconds between two readings of the ranking
  const again = 5000; // until a stream that was refused is asked for again
  const moveShown = 60000; // how long a rank shows its last move
  const feedLength = 40;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;

  // ---- Rows: what the server sent is kept beside each row, to tell whether
  // it has become another.

  const sent = new WeakMap();
  const moves = new Map();
  const rows = () => [...document.querySelectorAll("#rows > tr")];
  const remember = (list) => { for (const row of list) sent.set(row, row.innerHTML); };
  remember(rows());

  const showMove = (row) => {
    const place = row.querySelector(".rank");
    place.querySelector(".move")?.remove();
    const move = moves.get(row.dataset.ticker);
    if (!move || performance.now() > move.until) return;
    const mark = document.createElement("span");
    mark.className = "move " + (move.by > 0 ? "up" : "down");
    mark.textContent = (move.by > 0 ? "▲ " : "▼ ") + Math.abs(move.by);
    place.append(mark);
  };

  // ---- Sorting and filtering, of the companies that are on the page.

  let sorting = null; // {column, direction}

  const value = (row, column) => {
    const v = row.children[column].dataset.v ?? "";
    const n = Number(v);
    return v === "" ? null : Number.isNaN(n) ? v : n;
  };
  const compare = (a, b) => {
    const [x, y] = [value(a, sorting.column), value(b, sorting.column)];
    // What is unknown comes last, whichever way.
    if (x === null || y === null) return (x === null) - (y === null);
    return (x < y ? -1 : x > y ? 1 : 0) * sorting.direction;
  };
  const inOrder = (list) => (sorting ? list.toSorted(compare) : list.toSorted((a, b) => value(a, 0) - value(b, 0)));

  const filter = () => {
    const words = $("filter").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    const all = rows();
    for (const row of all) {
      const text = row.querySelector(".company").textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    $("shown").textContent = words.length ? `${shown} of ${all.length}` : "";
  };
  $("filter").addEventListener("input", filter);

  const headings = () => [...document.querySelectorAll(".ranking thead th")];
  const showSorting = () => {
    headings().forEach((heading, column) => {
      if (sorting?.column === column) {
        heading.setAttribute("aria-sort", sorting.direction > 0 ? "ascending" : "descending");
      } else {
        heading.removeAttribute("aria-sort");
      }
    });
  };
  const makeSortable = () => {
    headings().forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const first = heading.dataset.first === "desc" ? -1 : 1;
        sorting = { column, direction: sorting?.column === column ? -sorting.direction : first };
        showSorting();
        move(() => $("rows").append(...inOrder(rows())));
      });
    });
    showSorting();
  };
  makeSortable();

  // move changes where rows are and has them travel from where they were.
  const move = (change) => {
    const before = new Map(rows().map((row) => [row.dataset.ticker, row.hidden ? null : row.getBoundingClientRect().top]));
    const focused = document.activeElement?.closest("#rows > tr") && document.activeElement;
    const where = focused && [focused.closest("tr").dataset.ticker, focused.getAttribute("href")];
    change();
    if (where && document.activeElement !== focused) {
      const row = rows().find((one) => one.dataset.ticker === where[0]);
      [...(row?.querySelectorAll("a") ?? [])].find((link) => link.getAttribute("href") === where[1])?.focus({ preventScroll: true });
    }
    filter();
    if (calm.matches) return;
    for (const row of rows()) {
      const from = before.get(row.dataset.ticker);
      if (from == null || row.hidden) continue;
      const by = from - row.getBoundingClientRect().top;
      if (Math.abs(by) < 1) continue;
      row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 650, easing: "cubic-bezier(.2,.7,.2,1)" });
    }
  };

  // ---- Reading the ranking again.

  const merge = (fresh) => {
    const old = new Map(rows().map((row) => [row.dataset.ticker, row]));
    const changed = [];
    const next = [...fresh.querySelectorAll("#rows > tr")].map((row) => {
      const was = old.get(row.dataset.ticker);
      const html = row.innerHTML;
      if (was && sent.get(was) === html) return was;
      sent.set(row, html);
      if (was) {
        const by = Number(was.children[0].dataset.v) - Number(row.children[0].dataset.v);
        if (by) moves.set(row.dataset.ticker, { by, until: performance.now() + moveShown });
      }
      if (!was || was.dataset.score !== row.dataset.score || was.lastElementChild.textContent !== row.lastElementChild.textContent) {
        changed.push(row);
      }
      return document.adoptNode(row);
    });
    const ordered = inOrder(next);
    const now = rows();
    // What is as it was is left alone, with the reader's selection in it.
    if (now.length === ordered.length && now.every((row, i) => row === ordered[i])) return;
    move(() => $("rows").replaceChildren(...ordered));
    next.forEach(showMove);
    for (const row of changed) row.classList.add("changed");
    $("announce").textContent = changed.slice(0, 3).map((row) => `${row.dataset.ticker} is ${row.children[0].dataset.v}, ${row.dataset.score}`).join("; ");
  };

  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("ranking");
    const here = $("ranking");
    if (!fresh) return;
    const scatter = fresh.querySelector("#scatter-inside svg");
    if (scatter && scatter.outerHTML !== $("scatter-outside").firstElementChild?.outerHTML) {
      $("scatter-outside").replaceChildren(document.importNode(scatter, true));
      $("scatter-panel").hidden = false;
    }
    if (fresh.dataset.state !== here.dataset.state || !$("rows") || !fresh.querySelector("#rows")) {
      here.replaceWith(document.adoptNode(fresh));
      nameOrigin();
      remember(rows());
      makeSortable();
      move(() => $("rows")?.append(...inOrder(rows())));
    } else {
      here.querySelector("caption").textContent = fresh.querySelector("caption").textContent;
      const pager = fresh.querySelector(".pager");
      here.querySelector(".pager")?.remove();
      if (pager) here.append(document.adoptNode(pager));
      merge(fresh);
    }
    if ($("ranking").dataset.state === "rebuilding") refresh(2000);
  };

  let timer = 0;
  let readAt = -often;
  let reading = false;
  let wanted = false;
  const read = async () => {
    timer = 0;
    if (reading) { wanted = true; return; }
    reading = true;
    readAt = performance.now();
    try {
      const answer = await fetch(`/ranking/rows?offset=${page.dataset.offset}`, { headers: { Accept: "text/html" } });
      if (answer.ok) show(await answer.text());
      else refresh(again);
    } catch {
      refresh(again);
    }
    reading = false;
    if (wanted) { wanted = false; refresh(); }
  };
  const refresh = (after = 0) => {
    if (paused || timer) return;
    timer = setTimeout(read, Math.max(after, often - (performance.now() - readAt), 0));
  };

  // ---- The feed. Its entries are made as the server makes the first ones.

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text != null) made.textContent = text;
    return made;
  };
  const linked = (className, address, text) => {
    const made = element("a", className, text);
    made.href = address;
    return made;
  };
  const points = (n) => String(Math.round(n * 100) / 100);
  const plain = (word) => word.replaceAll("_", " ");
  const period = (id) => {
    const text = id.slice(id.lastIndexOf("-") + 1);
    const fiscal = /^(\d{4})([QH]\d)$/.exec(text);
    const date = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
    if (fiscal) return `${fiscal[2]} FY${fiscal[1]}`;
    return date ? date.slice(1).join("-") : id;
  };
  const movedMost = (change) => {
    const was = new Map((change.components_before ?? []).map((c) => [c.name, c.points ?? 0]));
    let most = 0;
    let text = "";
    for (const component of change.components_after ?? []) {
      const by = (component.points ?? 0) - (was.get(component.name) ?? 0);
      if (Math.abs(by) > most) {
        most = Math.abs(by);
        text = `${plain(component.name)} ${by > 0 ? "+" : ""}${points(by)}`;
      }
    }
    return text || "no component moved";
  };
  const moveMark = (change) => {
    if (change.rank_before == null) return element("span", "new", "new");
    const by = change.rank_before - change.rank_after;
    if (!by) return "";
    const mark = element("span", by > 0 ? "up" : "down");
    const arrow = element("span", "", by > 0 ? "▲" : "▼");
    arrow.setAttribute("aria-hidden", "true");
    mark.append(arrow, element("span", "quiet", by > 0 ? "up" : "down"), ` ${Math.abs(by)}`);
    return mark;
  };
  const moment = (text) => {
    const at = new Date(text);
    const made = element("time", "", new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" }).format(at).replace(",", ""));
    made.dateTime = text;
    made.title = "UTC";
    return made;
  };
  const entry = (place, change) => {
    const item = element("li");
    item.dataset.place = place;
    const what = element("div", "what");
    const score = (change.score_before == null ? "" : change.score_before.toFixed(1) + " → ") + change.score_after.toFixed(1);
    what.append(linked("ticker", `/companies/${encodeURIComponent(change.ticker)}`, change.ticker), " ", element("span", "to", change.rank_after), " ", moveMark(change), " ", element("span", "from-to", score));
    if (change.changed_at) what.append(" ", moment(change.changed_at));
    const call = `/calls/${encodeURIComponent(change.call_id)}`;
    const why = element("div", "why");
    why.append(movedMost(change), " (", linked("", call, period(change.call_id)), ")");
    item.append(what, why);
    const claim = change.claims?.[0];
    if (claim) {
      const told = element("div", "told");
      const name = [claim.subject, claim.metric].filter(Boolean).join(" ");
      told.append(linked("", `${call}#${encodeURIComponent(claim.id)}`, [name, claim.figures?.[0]?.text].filter(Boolean).join(": ")));
      item.append(told);
    }
    return item;
  };
  const tell = (place, change) => {
    const feed = $("feed");
    const items = [...feed.children];
    if (items.some((item) => Number(item.dataset.place) === place)) return;
    const older = items.find((item) => Number(item.dataset.place) < place) ?? null;
    if (!older && items.length >= feedLength) return;
    const made = entry(place, change);
    if (place > last) made.classList.add("fresh");
    feed.insertBefore(made, older);
    while (feed.children.length > feedLength) feed.lastElementChild.remove();
    $("feed-none").hidden = true;
  };

  // ---- The changes.

  let last = Number(page.dataset.last);
  let paused = false;
  let stream = null;
  let retry = 0;

  const state = (name, text) => {
    $("live-switch").dataset.state = name;
    $("live-state").textContent = text;
  };
  const connect = () => {
    clearTimeout(retry);
    stream?.close();
    state("reconnecting", "connecting");
    stream = new EventSource("/api/v1/ranking/changes");
    stream.onopen = () => { state("live", "live"); refresh(); };
    stream.onerror = () => {
      state("reconnecting", "reconnecting");
      // A stream that was refused does not come back by itself.
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(connect, again * (1 + Math.random()));
    };
    stream.addEventListener("change", (event) => {
      const place = Number(event.lastEventId);
      tell(place, JSON.parse(event.data));
      if (place <= last) return;
      last = place;
      refresh();
    });
  };
  const disconnect = () => {
    clearTimeout(retry);
    stream?.close();
    stream = null;
  };
  $("live-switch").addEventListener("click", () => {
    paused = !paused;
    $("live-switch").setAttribute("aria-pressed", String(!paused));
    if (paused) {
      disconnect();
      state("paused", "paused");
    } else {
      connect();
    }
  });
  // A page that is kept for going back must not hold a connection.
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => { if (event.persisted && !paused) connect(); });
  connect();
})();
