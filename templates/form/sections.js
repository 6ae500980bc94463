// 各部分和预览。

let section_now = "head";

function menu() {
  for (const link of document.querySelectorAll(".sections a")) {
    const progress = state.sections[link.dataset.section];
    const count = link.querySelector(".count");
    if (!progress) continue;
    const left = progress.all - progress.filled;
    const words = [];
    if (left > 0) words.push(progress.filled === 0 ? "未填" : "已填 " + progress.filled + "/" + progress.all);
    if (progress.errors > 0) words.push(progress.errors + " 处错误");
    if (words.length === 0) words.push("✓ 填完");
    count.textContent = words.join("，");
    link.classList.toggle("done", left === 0 && progress.errors === 0);
    link.classList.toggle("wrong", progress.errors > 0);
  }
  const errors = state.findings.filter((one) => one.severity === "error").length;
  document.querySelector(".sections [data-section=finish] .count").textContent = errors > 0 ? "还有 " + errors + " 处错误" : "可以生成";
  document.querySelector(".sections [data-section=preview] .count").textContent = state.is_draft ? "草稿" : "";
}

function open_section(name, focus) {
  section_now = name;
  for (const sheet of document.querySelectorAll(".sheet")) sheet.hidden = sheet.id !== "s-" + name;
  for (const link of document.querySelectorAll(".sections a")) {
    if (link.dataset.section === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  current_in_view();
  element("bubble").hidden = true;
  body.dataset.section = name;
  history.replaceState(null, "", "#" + name);
  if (focus) {
    scrollTo(0, 0);
    element("h-" + name).focus({ preventScroll: true });
  }
  if (state) {
    list();
    draw();
    cell_card();
  }
  if (name === "preview") flush().then(preview);
  else element("frame").replaceChildren();
}

/** 窄屏上各部分排成一行：现在这一部分要看得见。 */
function current_in_view() {
  const strip = document.querySelector(".sections");
  const { left, width } = strip.querySelector("[aria-current]").getBoundingClientRect();
  strip.scrollLeft += left + width / 2 - strip.getBoundingClientRect().left - strip.clientWidth / 2;
}

/** 预览：和生成的网页一样。 */
function preview() {
  element("no-preview").hidden = state.can_be_made;
  const place = element("frame");
  if (!state.can_be_made) return place.replaceChildren();
  if (place.dataset.revision === state.revision && place.firstElementChild) return undefined;
  place.dataset.revision = state.revision;
  const old = place.firstElementChild;
  const top = old && old.contentWindow ? old.contentWindow.scrollY : 0;
  const frame = made("iframe");
  frame.title = "年报的样子";
  frame.src = "report.html?" + state.revision.slice(0, 8);
  frame.addEventListener("load", () => {
    frame.contentWindow.scrollTo(0, top);
    lead_back(frame.contentDocument);
    style(frame.contentWindow, MARKED + "[data-field] { cursor: pointer; }");
    mark_figures();
  });
  return place.replaceChildren(frame);
}

/** 程序说的印出来的各段文字里的数。 */
let printed = null;

/** 在预览里标出文字中的数；浏览器不会的，不提。 */
function mark_figures() {
  const frame = element("frame").firstElementChild;
  const page = frame && frame.contentDocument;
  if (!page || !page.body || !printed) return;
  const figures = element("mark-figures").checked ? printed.figures : [];
  element("marking").hidden = !mark_printed(frame.contentWindow, figures);
}

/** 预览里的数和段落，点一下就到填它的地方。 */
function lead_back(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
    const at = event.target.closest("[data-field]");
    const path = at && at.dataset.field;
    const to = path && (field(path) || field(path + ".text") || field(path.replace(/\.(heading|text)$/, "") + ".text"));
    if (!to || link) return;
    const sheet = to.closest(".sheet");
    open_section(sheet.id.slice(2), false);
    to.focus();
    to.scrollIntoView({ block: "center", inline: "nearest" });
  });
}
