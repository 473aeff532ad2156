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

  // ---- A company: tell when its standing has changed.

  const company = $("company-page");
  if (company) {
    const changes = new EventSource("/api/v1/ranking/changes?ticker=" + encodeURIComponent(company.dataset.ticker));
    changes.addEventListener("change", (event) => {
      if (JSON.parse(event.data).version > Number(company.dataset.version)) $("newer").hidden = false;
    });
    addEventListener("pagehide", () => changes.close());
  }

  // ---- Operations: what changes by itself is read again.

  const watched = () => $("ops-live");
  if (watched()) {
    const look = async () => {
      if (document.visibilityState === "visible" && !watched().contains(document.activeElement)) {
        try {
          const answer = await fetch("/ops/live");
          const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("ops-live");
          if (fresh) watched().replaceWith(document.adoptNode(fresh));
        } catch {
          // It is asked again in any case.
        }
      }
      setTimeout(look, 3000);
    };
    setTimeout(look, 3000);
  }

  // ---- The ranking.

  const page = $("ranking-page");
  if (!page) return;

  const often = 500; // milliseconds between two readings of the ranking
  const again = 5000; // until a stream that was refused is asked for again
  const feedLength = 40;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // ---- Rows: what the server sent is kept beside each row, to tell whether
  // it has become another.

  const sent = new WeakMap();
  const list = (id) => [...($(id)?.children ?? [])];
  const rows = () => list("rows");
  const ticker = (row) => row.querySelector("th b").textContent;
  const remember = (all) => { for (const row of all) sent.set(row, row.innerHTML); };
  remember(rows());

  // travel changes where rows or entries are and has them travel from where
  // they were. What is out of sight stays out of it.
  const travel = (id, key, change) => {
    const before = new Map(list(id).map((one) => [key(one), one.getBoundingClientRect().top]));
    change();
    const after = list(id).map((one) => [one, one.getBoundingClientRect()]);
    for (const [one, box] of after) {
      const from = before.get(key(one));
      if (from == null) continue;
      const by = from - box.top;
      if (Math.abs(by) < 0.5 || Math.min(from, box.top) > innerHeight || Math.max(from, box.top) + box.height < 0) continue;
      one.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: calm.matches ? 0 : 650, easing: "cubic-bezier(.2,.7,.2,1)" });
    }
  };

  // keepFocus changes rows and leaves the reader where he was in them.
  const keepFocus = (change) => {
    const focused = document.activeElement?.closest("#rows > tr") && document.activeElement;
    const where = focused && [ticker(focused.closest("tr")), focused.getAttribute("href")];
    change();
    if (!where || document.activeElement === focused) return;
    const row = rows().find((one) => ticker(one) === where[0]);
    [...(row?.querySelectorAll("a") ?? [])].find((link) => link.getAttribute("href") === where[1])?.focus({ preventScroll: true });
  };

  // ---- Reading the ranking again.

  const news = (row, was) => !was || row.cells[2].firstChild.textContent !== was.cells[2].firstChild.textContent || row.cells[9].textContent !== was.cells[9].textContent;
  const merge = (fresh, asked) => {
    const old = new Map(rows().map((row) => [ticker(row), row]));
    const changed = [];
    const next = [...fresh.querySelector("#rows").children].map((row) => {
      const was = old.get(ticker(row));
      const html = row.innerHTML;
      if (was && sent.get(was) === html) return was;
      sent.set(row, html);
      if (!asked && news(row, was)) changed.push(row);
      return document.adoptNode(row);
    });
    const now = rows();
    // What is as it was is left alone, with the reader's selection in it.
    if (now.length === next.length && now.every((row, i) => row === next[i])) return;
    keepFocus(() => travel("rows", ticker, () => $("rows").replaceChildren(...next)));
    for (const row of changed) row.classList.add("changed");
    if (changed.length) $("announce").textContent = changed.slice(0, 3).map((row) => `${ticker(row)}: rank ${parseInt(row.cells[0].textContent)}, ${row.cells[2].firstChild.textContent}`).join("; ");
  };

  const show = (html, asked) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("ranking");
    const here = $("ranking");
    if (!fresh) return;
    $("shown").textContent = fresh.dataset.shown;
    const scatter = fresh.querySelector("#scatter-inside > div");
    $("scatter-panel").hidden = !scatter;
    if (scatter && scatter.innerHTML !== $("scatter-outside").firstElementChild?.innerHTML) {
      $("scatter-outside").replaceChildren(document.adoptNode(scatter));
    }
    if (fresh.dataset.state !== here.dataset.state || !$("rows") || !fresh.querySelector("#rows")) {
      here.replaceWith(document.adoptNode(fresh));
      nameOrigin();
      remember(rows());
    } else {
      here.querySelector("caption").textContent = fresh.querySelector("caption").textContent;
      const heading = here.querySelector("thead tr");
      const focus = [...heading.querySelectorAll("a")].indexOf(document.activeElement);
      heading.replaceWith(document.adoptNode(fresh.querySelector("thead tr")));
      if (focus >= 0) here.querySelectorAll("thead a")[focus].focus({ preventScroll: true });
      const pager = fresh.querySelector(".pager");
      here.querySelector(".pager")?.remove();
      if (pager) here.append(document.adoptNode(pager));
      merge(fresh, asked);
    }
    if ($("ranking").dataset.state === "rebuilding") refresh(2000);
  };

  let timer = 0;
  let readAt = -often;
  let reading = false;
  let wanted = false;
  let asked = false; // by the reader: what is new by it is no change
  const read = async () => {
    timer = 0;
    if (reading) { wanted = true; return; }
    reading = true;
    readAt = performance.now();
    const byReader = asked;
    asked = false;
    try {
      const answer = await fetch("/ranking/rows" + location.search, { headers: { Accept: "text/html" } });
      if (answer.ok) show(await answer.text(), byReader);
      else refresh(again);
    } catch {
      refresh(again);
    }
    reading = false;
    if (wanted) {
      wanted = false;
      if (asked) timer = setTimeout(read, 0);
      else refresh();
    }
  };
  const refresh = (after = 0) => {
    if (paused || timer) return;
    timer = setTimeout(read, Math.max(after, often - (performance.now() - readAt), 0));
  };

  // ---- Sorting, searching and filtering: the server does it, by the address.
  // Here it is asked without loading the page.

  const tools = $("tools");
  const ask = (address, after = 0) => {
    history.replaceState(null, "", address);
    asked = true;
    clearTimeout(timer);
    timer = setTimeout(read, after);
  };
  const keepOrder = (parameters) => {
    tools.elements.sort.value = parameters.get("sort") ?? "rank";
    tools.querySelector("input[name=order]")?.remove();
    if (!parameters.has("order")) return;
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "order", value: parameters.get("order") });
    tools.append(kept);
  };
  const askTools = (after) => {
    const parameters = new URLSearchParams([...new FormData(tools)].filter(([name, value]) => value && !(name === "sort" && value === "rank")));
    ask(parameters.size ? "/?" + parameters : "/", after);
  };
  tools.addEventListener("submit", (event) => { event.preventDefault(); askTools(0); });
  tools.addEventListener("input", (event) => {
    if (event.target.name === "sort") keepOrder(new URLSearchParams({ sort: event.target.value }));
    askTools(event.target.type === "search" ? 120 : 0);
  });
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.(".ranking thead a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    keepOrder(new URL(link.href).searchParams);
    ask(link.getAttribute("href"));
  });

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
    return element("span", by > 0 ? "up" : "down", Math.abs(by));
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
    travel("feed", (item) => item.dataset.place, () => {
      feed.insertBefore(made, older);
      while (feed.children.length > feedLength) feed.lastElementChild.remove();
    });
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
    stream = new EventSource("/api/v1/ranking/changes?after=" + last);
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
