// 预览界面：收到新状态后换页、列出问题、定位。报告本身没有脚本，这里从外面操作它。

/** What the program last told. */
let state = null;
/** The findings last listed, to leave the list alone when they are the same. */
let listed = "";
/** Which finding is open, by its key. */
let chosen = null;
/** Which finding was open, and which had the focus, before a file broke: they come back when it is mended. */
const held = { chosen: null, focused: null };

// ── 网页 ──

/** The frame that shows the page, and the one that is about to take its place. */
let frame = null;
let coming = null;
/** Which page was last asked for. */
let asked = null;
/** Ends the way of the page to what was chosen; null when the page is not on its way. A page that takes its place on the way goes there at once. */
let way = null;

function arrive() {
  if (way) way.abort();
  way = null;
}

/** From now on the page is on its way, until it is there or the reader goes elsewhere. No clock could tell: a machine may be slow. */
function set_out(view) {
  arrive();
  way = new AbortController();
  const { signal } = way;
  for (const by_hand of ["wheel", "pointerdown", "touchmove", "keydown"]) {
    view.addEventListener(by_hand, arrive, { signal, passive: true });
  }
  // Not before the next picture: what ends until then is an earlier movement.
  view.requestAnimationFrame(() => view.addEventListener("scrollend", arrive, { signal }));
}

/** Loads a page behind the one that is shown, and shows it where the reader was. */
function turn(tag) {
  asked = tag;
  if (coming) coming.remove();
  const next = document.createElement("iframe");
  next.title = "年报";
  next.className = "next";
  next.src = "report?" + tag;
  next.addEventListener("load", () => {
    if (next !== coming) return;
    const had_focus = frame !== null && document.activeElement === frame;
    if (frame) {
      return_to(next, place_of(frame));
      frame.remove();
    }
    next.className = "";
    frame = next;
    coming = null;
    if (had_focus) frame.focus();
    dress(frame.contentDocument);
    mark(way ? "at once" : false);
    mark_figures();
    element("none").hidden = true;
    document.body.dataset.page = tag;
  });
  coming = next;
  // A frame of its own each time: a frame that goes elsewhere would fill the browser's history.
  element("page").append(next);
}

/** Everything in a page by which a place in it can be found again. */
function anchors(page) {
  const seen = new Map();
  return [...page.querySelectorAll("[data-field], h2[id], h3[id]")].map((at) => {
    const name = at.dataset.field || "#" + at.id;
    const n = seen.get(name) || 0;
    seen.set(name, n + 1);
    return { name: name + " " + n, at };
  });
}

/** Where the reader is: what stands at the top of the window, and how far tables are moved. */
function place_of(frame) {
  const view = frame.contentWindow;
  const top = anchors(view.document).find(({ at }) => at.getBoundingClientRect().bottom > 0);
  return {
    left: view.scrollX,
    top: view.scrollY,
    name: top ? top.name : null,
    offset: top ? top.at.getBoundingClientRect().top : 0,
    tables: [...view.document.querySelectorAll("[role=region]")].map((table) => table.scrollLeft),
  };
}

function return_to(frame, place) {
  const view = frame.contentWindow;
  view.document.querySelectorAll("[role=region]").forEach((table, i) => {
    table.scrollLeft = place.tables[i] || 0;
  });
  let top = place.top;
  const same = top > 0 ? anchors(view.document).find(({ name }) => name === place.name) : null;
  if (same) top = view.scrollY + same.at.getBoundingClientRect().top - place.offset;
  view.scrollTo({ left: place.left, top, behavior: "instant" });
}

/** Gives a page the look of what is marked in it, and sends links to other sites to another tab. */
function dress(page) {
  const opened = told();
  open_figures(page, opened);
  listen_for_figures(page, (index) => judged_now(opened[index]));
  style(frame.contentWindow,
    "[data-cell], [data-told] { cursor: pointer; border-radius: 2px; } [data-cell]:hover, [data-told]:hover { background: #dfeaf8; }" +
    "[data-cell]:focus-visible, [data-told]:focus-visible { outline: 3px solid #14468c; outline-offset: 2px; }" +
    "[data-preview-chosen] { outline: 3px solid #b3261e !important; outline-offset: 1px; }" +
    "td[data-preview-chosen] { outline-offset: -3px; }" +
    "::highlight(preview-chosen) { color: #1c1c1e; background-color: #ffd24d; }" + MARKED +
    "@media (forced-colors: active) { ::highlight(preview-chosen) { color: MarkText; background-color: Mark; } }");
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (/^(https?|mailto):/.test(link.href)) open(link.href, "_blank", "noopener");
  });
}

/** A table of more cells than its largest group of rows is marked as a whole. */
const MOST_CELLS = 56;

/** What of a page a finding speaks of. */
function find(page, target) {
  const all = [...page.querySelectorAll("[data-field]")];
  for (let path = target.field; path; path = path.replace(/(\[\d+\]|\.?[^.[]*)$/, "")) {
    const exact = all.filter((at) => at.dataset.field === path);
    if (exact.length > 0) {
      const paragraph = target.words && exact[target.words.paragraph];
      return paragraph ? [paragraph] : exact;
    }
    const inside = all.filter(
      (at) => at.dataset.field.startsWith(path + ".") || at.dataset.field.startsWith(path + "["));
    if (inside.length > 0) {
      const table = inside[0].closest("table");
      if (!table) return [inside[0]];
      return inside.length > MOST_CELLS ? [table] : inside;
    }
    const section = page.querySelector("h2#" + CSS.escape(path));
    if (section) return [section];
  }
  const heads = target.field === "report.published" ? ".closing p:last-child" : "h1";
  const head = /^(report|agency|opening)\b/.test(target.field)
    ? page.querySelector(heads) || page.querySelector("h1") : null;
  return head ? [head] : [];
}

/** Moves a table sideways until a cell stands clear of the row names, which do not move. */
function uncover(cell) {
  const table = cell.closest("[role=region]");
  if (!table || table.scrollWidth <= table.clientWidth) return;
  table.scrollLeft = 0;
  const left = table.getBoundingClientRect().left;
  const fixed = [...table.querySelectorAll("th")]
    .filter((head) => getComputedStyle(head).position === "sticky")
    .map((head) => head.getBoundingClientRect().right - left);
  const edge = Math.max(0, ...fixed);
  const { left: at, width } = cell.getBoundingClientRect();
  table.scrollLeft = at - left - edge - (table.clientWidth - edge - width) / 2;
}

/** Marks in the page what the open finding speaks of; `go` moves there too, or is there `"at once"`. */
function mark(go) {
  if (!frame) return false;
  const view = frame.contentWindow;
  const page = view.document;
  page.querySelectorAll("[data-preview-chosen]").forEach((at) => {
    delete at.dataset.previewChosen;
  });
  if (view.CSS.highlights) view.CSS.highlights.delete("preview-chosen");
  const finding = chosen && findings().find(({ key }) => key === chosen);
  if (!finding || !finding.target) return false;
  const found = find(page, finding.target);
  found.forEach((at) => { at.dataset.previewChosen = ""; });
  if (found.length === 0) return false;
  const words = finding.target.words && printed_range(found[0], finding.target.words);
  if (words && view.Highlight) view.CSS.highlights.set("preview-chosen", new view.Highlight(words));
  if (go) {
    const still = go === "at once" || matchMedia("(prefers-reduced-motion: reduce)").matches;
    uncover(found[0]);
    const fits = found[0].getBoundingClientRect().height < view.innerHeight;
    found[0].scrollIntoView({
      block: fits ? "center" : "start", inline: "nearest", behavior: still ? "instant" : "smooth" });
    if (still) arrive();
    else set_out(view);
  }
  return true;
}

// ── 一个数的来龙去脉 ──

/** The figures of the texts, as the inspector takes them. */
const told = () => (state ? state.figures : []).map(({ target, ...rest }) => ({
  ...rest, field: target ? target.field : "", printed: target ? target.words : null,
  explanation: rest.told, agrees: { judged: true, bound: true, amiss: false }[rest.kind],
}));

/** A figure of the page as the program judges it now. The list of the moment may be that of another text: a page is kept while the file has errors. */
const judged_now = (figure) => told().find(({ field, words, printed }) =>
  field === figure.field && words === figure.words && JSON.stringify(printed) === JSON.stringify(figure.printed)) || figure;

/** Marks something in the page and goes there. */
function point(field, words) {
  select("page");
  if (!frame) return;
  const page = frame.contentDocument;
  const found = find(page, { field, words });
  choose(null, false);
  found.forEach((at) => { at.dataset.previewChosen = ""; });
  const range = words && found[0] && printed_range(found[0], words);
  if (range && frame.contentWindow.Highlight) {
    frame.contentWindow.CSS.highlights.set("preview-chosen", new frame.contentWindow.Highlight(range));
  }
  if (!found[0]) return;
  uncover(found[0]);
  found[0].scrollIntoView({ block: "center", inline: "nearest" });
  const inside = found[0].querySelector("[data-cell], [data-told]");
  frame.focus();
  if (inside) inside.focus({ preventScroll: true });
}

const tracing = {
  is_modal: true,
  find: async (path) => {
    const answer = await fetch("trace?" + encodeURIComponent(path), { cache: "no-store" }).catch(() => null);
    if (answer && answer.ok) return answer.json();
    say(answer ? (await answer.text()).trim() : "预览程序没有回应");
    return null;
  },
  to_figure: (path) => point(path, null),
  to_words: ({ field, printed }) => point(field, printed),
};

listen_to_inspector();

// ── PDF ──

/** Which page the PDF was last asked for, the frame that shows one, and the one that is about to take its place. */
let pdf = null;
let pdf_frame = null;
let pdf_coming = null;

/** Shows the PDF of the page of the moment, opened where it first differs from the one that is shown. */
function show_pdf() {
  const tag = state ? state.page : null;
  pdf = tag;
  if (pdf_coming) pdf_coming.remove();
  pdf_coming = null;
  const none = element("pdf-none");
  none.hidden = false;
  if (!tag) {
    none.textContent = "还没有可以显示的报告，请先改正列出的问题。";
  } else if (navigator.pdfViewerEnabled === false) {
    none.textContent = "这个浏览器不能直接显示 PDF，请用右上角的“下载 PDF”。";
  } else {
    none.hidden = true;
    const next = document.createElement("iframe");
    next.title = "年报的 PDF";
    next.className = "next";
    // The program answers with the address at which the viewer opens the right page.
    next.src = "report.pdf?after=" + (document.body.dataset.pdf || "") + "&" + tag;
    const turn = () => {
      if (next !== pdf_coming) return;
      const had_focus = pdf_frame !== null && document.activeElement === pdf_frame;
      if (pdf_frame) pdf_frame.remove();
      next.className = "";
      pdf_frame = next;
      pdf_coming = null;
      if (had_focus) next.focus();
      document.body.dataset.pdf = tag;
    };
    next.addEventListener("load", turn);
    // Some viewers do not tell when they are ready.
    setTimeout(turn, 3000);
    pdf_coming = next;
    element("pdf").append(next);
  }
}

/** Renews the PDF as soon as someone looks at it. */
function renew_pdf() {
  if (!element("pdf").classList.contains("away") && pdf !== state.page) show_pdf();
}

const TABS = ["page", "pdf"];

function select(name) {
  for (const other of TABS) {
    const tab = element("tab-" + other);
    tab.setAttribute("aria-selected", String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    element(other).classList.toggle("away", other !== name);
  }
  if (name === "pdf" && (pdf === null || pdf !== state.page)) show_pdf();
}

for (const name of TABS) {
  const tab = element("tab-" + name);
  tab.addEventListener("click", () => select(name));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -TABS.indexOf(name), End: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const other = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length];
    select(other);
    element("tab-" + other).focus();
  });
}

// ── 问题 ──

/** The findings, each with a key that stays the same while its figures change. */
const findings = () => named(state.findings, ({ target, place }) => target ? target.field : place);

/** A line of the data file with what is marked in it. */
function excerpt({ line, before, marked, after, label, primary }) {
  const box = made("div", primary ? "excerpt" : "excerpt other");
  const code = made("code", "", before);
  code.append(made("mark", "", marked || "\u200b"), after);
  box.append(made("span", "number", line), code);
  if (label) box.append(made("span", "label", label));
  return box;
}

function details(finding) {
  const told = terms(finding);
  return finding.excerpts.map(excerpt).concat(told.childElementCount > 0 ? [told] : []);
}

function list() {
  const active = document.activeElement || document.body;
  const had_focus = active.closest(".finding");
  const focused = had_focus ? had_focus.dataset.key : active === document.body ? held.focused : null;
  const items = findings().map((finding) => {
    const where = [finding.code, finding.place].filter(Boolean).join("　");
    return finding_item(finding, where, details(finding), () => choose(chosen === finding.key ? null : finding.key, true));
  });
  element("findings").replaceChildren(...items);
  const same = items.find((item) => item.dataset.key === focused);
  if (same) same.querySelector(".head").focus({ preventScroll: true });
  held.focused = same || state.shown === "current" ? null : focused;
}

/** Opens one finding and closes the others; `go` shows what it speaks of. */
function choose(key, go) {
  chosen = key;
  open_finding(key, go);
  if (go && key) select("page");
  if (mark(go) && go) say("已在页面上标出");
}

foldable();

// ── 文字中的数 ──

/** Marks the figures of the texts in the page, where that is asked for. */
function mark_figures() {
  if (!frame || !state) return;
  const figures = element("mark-figures").checked ? state.figures : [];
  element("switch").hidden = !mark_printed(frame.contentWindow, figures);
}

/** A figure of the texts in the list, from which it can be traced. */
function figure_item(figure) {
  const item = made("li");
  const open = button(figure.words, "words link", () => inspect(figure.cells.length === 1 ? figure.cells[0][0] : figure));
  item.append(open, made("span", "told", figure.result + "：" + figure.explanation + "　" + figure.place));
  return item;
}

/** Says how many figures were held against something, and lists those that were not. */
function list_figures() {
  element("figures").hidden = state.figure_counts === "";
  element("figure-counts").textContent = state.figure_counts;
  const open = told().filter(({ kind }) => kind === "unjudged");
  element("unjudged").hidden = open.length === 0;
  element("unjudged").querySelector("summary").textContent = "未判断的 " + open.length + " 个及其原因";
  element("unjudged").querySelector("ol").replaceChildren(...open.map(figure_item));
  const others = told().filter(({ kind }) => kind !== "unjudged");
  element("others").hidden = others.length === 0;
  element("others").querySelector("summary").textContent = "核对和引用的 " + others.length + " 个";
  element("others").querySelector("ol").replaceChildren(...others.map(figure_item));
}

element("mark-figures").addEventListener("change", () => {
  const marked = element("mark-figures").checked;
  element("legend").hidden = !marked;
  if (marked) select("page");
  mark_figures();
  say(marked ? "已在页面上标出文字中的数" : "不再标出");
});

// ── 状态 ──

function say(text) {
  element("said").textContent = text;
}

function show(next) {
  const is_first = state === null;
  state = next;
  document.body.dataset.shown = next.shown;
  document.title = (next.title || next.file) + "（预览）";
  element("title").textContent = next.title || next.file;
  element("draft").hidden = !next.draft;
  element("kept").hidden = next.shown !== "kept";
  show_counts(next.findings);
  element("none").textContent = "还没有可以显示的报告，请先改正列出的问题。";
  for (const id of ["docx", "pdf-file", "ofd"]) {
    const link = element(id);
    const ready = next.shown === "current";
    link.href = ready ? link.dataset.href : "";
    if (!ready) link.removeAttribute("href");
    link.toggleAttribute("aria-disabled", false);
    if (!ready) link.setAttribute("aria-disabled", "true");
    link.title = ready ? link.dataset.title : "数据文件有错，现在不能下载";
  }
  element("waived").hidden = next.n_waived === 0;
  element("waived").textContent = "已豁免 " + next.n_waived + " 处";
  const unassessed = element("unassessed");
  unassessed.hidden = next.unassessed.length === 0;
  unassessed.querySelector("summary").textContent = "未能判断 " + next.unassessed.length + " 项";
  unassessed.querySelector("ul").replaceChildren(...next.unassessed.map((text) => made("li", "", text)));
  list_figures();
  const texts = JSON.stringify(next.findings);
  if (texts !== listed) {
    listed = texts;
    list();
    const all = findings();
    const has = (finding) => all.some(({ key }) => key === finding);
    if (next.shown !== "current") held.chosen = held.chosen || chosen;
    if (!has(chosen)) chosen = next.shown === "current" && has(held.chosen) ? held.chosen : null;
    if (next.shown === "current") held.chosen = null;
    // What keeps the page from being renewed is shown at once; rules (NB…) do not.
    const first = next.shown === "current" ? null
      : all.find(({ severity, code }) => severity === "error" && !code.startsWith("NB"));
    choose(chosen || (first ? first.key : null), false);
  }
  if (next.page && next.page !== asked) turn(next.page);
  else mark_figures();
  renew_pdf();
  if (!is_first) {
    const what = next.shown === "current" ? "已更新" : "数据文件有错，页面没有更新";
    say([what, ...counts(next.findings).map(({ text }) => text)].join("，"));
  }
}

for (const id of ["docx", "pdf-file", "ofd"]) {
  const link = element(id);
  link.dataset.href = link.getAttribute("href");
  link.dataset.title = link.title;
}

const lost = () => { element("lost").hidden = false; };

/** The stream of what the program tells; null while nobody looks. */
let events = null;

function listen() {
  fall_silent();
  events = new EventSource("events");
  events.addEventListener("message", (event) => {
    element("lost").hidden = true;
    show(JSON.parse(event.data));
  });
  events.addEventListener("closed", lost);
  events.addEventListener("error", lost);
}

function fall_silent() {
  if (events) events.close();
  events = null;
}

// A browser opens six connections to one address and no more: tabs in the background leave them to the one that is looked at.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) fall_silent();
  else listen();
});
// The browser waits for open streams before it leaves a page for good.
addEventListener("pagehide", fall_silent);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
if (!document.hidden) listen();
