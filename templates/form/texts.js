// 文字：一部分一个框，里面有引用的数和标出的检查结果。

/** 引用的数写在两对大括号之间。 */
const BOUND = /\{\{[^{}\n]*\}\}/g;

function chip(expression) {
  const made_chip = made("span", "chip");
  made_chip.contentEditable = "false";
  made_chip.dataset.expression = expression;
  made_chip.textContent = "…";
  return made_chip;
}

function fill_box(box, text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(BOUND)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    parts.push(chip(found[0]));
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  box.replaceChildren(...parts);
  chips(box);
}

/** 引用的数显示成现在的数。 */
function chips(box) {
  if (!box.dataset.path || !state) return;
  const text = state && state.texts[box.dataset.path];
  const printed = text ? text.bound.map(([, figure]) => figure) : [];
  const typed = known(box.dataset.path).match(BOUND) || [];
  for (const at of box.querySelectorAll(".chip")) {
    const i = typed.indexOf(at.dataset.expression);
    const figure = i >= 0 && printed[i] !== undefined ? printed[i] : "…";
    if (at.textContent !== figure) at.textContent = figure;
    const path = at.dataset.expression.replace(/[{}\s]/g, "");
    const name = plan.figures.find(([known_path]) => known_path === path);
    at.title = "引用表中的数" + (name ? "：" + name[1] : "，随表而变");
  }
}

/** 框里各段：文字、引用的数、换行。 */
function* pieces(box) {
  for (const node of box.childNodes) {
    if (node.nodeType === 3) yield { node, text: node.data };
    else if (node.nodeName === "BR") yield { node, text: "\n" };
    else if (node.dataset && node.dataset.expression) yield { node, text: node.dataset.expression };
    else yield* pieces(node);
  }
}

function read_box(box) {
  let text = "";
  for (const piece of pieces(box)) text += piece.text;
  return text.replace(/\u200b/g, "").replace(/\n+$/, "");
}

/** 文字里的一段，作为框里的一个范围。 */
function range_of(box, start, end) {
  const range = document.createRange();
  let at = 0;
  let begun = false;
  for (const { node, text } of pieces(box)) {
    const next = at + text.length;
    if (!begun && start < next) {
      if (node.nodeType === 3) range.setStart(node, start - at);
      else range.setStartBefore(node);
      begun = true;
    }
    if (begun && end <= next) {
      if (node.nodeType === 3) range.setEnd(node, end - at);
      else range.setEndAfter(node);
      return range;
    }
    at = next;
  }
  return null;
}

/** 标在文字里的检查结果：框 → [{range, finding}]。 */
const marks = new Map();

/** 把检查结果标在文字下面；文字本身不动，组字和光标都不受影响。 */
function draw() {
  marks.clear();
  for (const box of document.querySelectorAll(".box")) {
    if (waiting.has(box.dataset.path)) continue;
    const found = [];
    for (const finding of findings()) {
      if (finding.field !== box.dataset.path || !finding.words) continue;
      const range = range_of(box, finding.words.start, Math.max(finding.words.end, finding.words.start + 1));
      if (range) found.push({ range, finding });
    }
    marks.set(box, found);
  }
  lay();
}

function lay() {
  for (const box of document.querySelectorAll(".box")) {
    const layer = box.parentElement.querySelector(".marks");
    const { left, top } = layer.getBoundingClientRect();
    const lines = [];
    for (const { range, finding } of marks.get(box) || []) {
      for (const at of range.getClientRects()) {
        if (at.width === 0) continue;
        const line = made("span", finding.severity + (finding.key === chosen ? " chosen" : ""));
        line.style.left = at.left - left + "px";
        line.style.top = at.top - top + "px";
        line.style.width = at.width + "px";
        line.style.height = at.height + "px";
        lines.push(line);
      }
    }
    layer.replaceChildren(...lines);
  }
}

/** 光标所在的检查结果。 */
function choose_at_caret() {
  const selection = getSelection();
  if (selection.rangeCount === 0) return;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  const box = startContainer.nodeType === 1 ? startContainer.closest(".box") : startContainer.parentElement.closest(".box");
  const hit = (marks.get(box) || []).find(({ range }) => range.isPointInRange(startContainer, startOffset));
  if (!hit || hit.finding.key === chosen) return;
  choose(hit.finding.key, false);
  const item = document.querySelector(".finding.chosen");
  if (item) item.scrollIntoView({ block: "nearest" });
}

const TEXT_NAMES = { overview: "总体情况", problems: "存在的主要问题及改进情况", other: "其他需要报告的事项", opening: "引言" };

/** 一部分的文字：先是开头，然后是各小部分。数目变了才重做。 */
function build(section) {
  const place = document.querySelector("[data-texts=" + section + "]");
  if (!place) return;
  const count = 1 + (state.parts[section] || 0);
  if (place.childElementCount === count) return;
  while (place.childElementCount > count) place.lastElementChild.remove();
  while (place.childElementCount < count) {
    const index = place.childElementCount - 1;
    const part = element("part").content.firstElementChild.cloneNode(true);
    const base = index < 0 ? section : section + ".parts[" + index + "]";
    const box = part.querySelector(".box");
    box.dataset.path = base + ".text";
    box.setAttribute("aria-label", TEXT_NAMES[section] + (index < 0 ? "正文" : "第" + (index + 1) + "部分正文"));
    const foot = part.querySelectorAll(".said");
    foot[foot.length - 1].id = base + ".text-said";
    box.setAttribute("aria-describedby", base + ".text-said");
    if (index < 0) {
      part.querySelector(".part-head").remove();
      part.classList.add("whole");
      if (place.dataset.hint) part.prepend(made("p", "help", place.dataset.hint));
    } else {
      const heading = part.querySelector(".heading input");
      heading.dataset.path = base + ".heading";
      part.querySelector(".heading label").prepend("（" + "一二三四五六七八九十".charAt(index) + "）");
      part.querySelector(".heading .said").id = base + ".heading-said";
      heading.setAttribute("aria-describedby", base + ".heading-said");
      if (section === "overview") part.querySelector(".aspect select").dataset.path = base + ".aspect";
      else part.querySelector(".aspect").remove();
      const words = () => [known(base + ".heading"), known(base + ".text")].filter((text) => text !== "").join("\n");
      part.querySelector(".up").addEventListener("click", () => swap(section, index - 1));
      part.querySelector(".down").addEventListener("click", () => swap(section, index));
      part.querySelector(".remove").addEventListener("click", () => flush().then(() => act("edit", {
        label: "删去第" + (index + 1) + "部分",
        changes: [{ kind: "remove_part", section, index, old: words() }],
      })).then((why) => { if (!why) say("已删去；可以撤销"); }));
    }
    part.querySelector(".insert").addEventListener("click", () => insert_figure(box));
    scope_form(part, box);
    place.append(part);
  }
  for (const [i, part] of [...place.children].entries()) {
    if (i === 0) continue;
    part.querySelector(".up").disabled = i === 1;
    part.querySelector(".down").disabled = i === count - 1;
  }
}

const swap = (section, index) => act("edit", {
  label: "移动一个部分", changes: [{ kind: "swap_parts", section, index }],
});

async function add_part(section) {
  const index = state.parts[section];
  const used = Array.from({ length: index }, (_, i) => known(section + ".parts[" + i + "].aspect"));
  const all = section === "overview"
    ? [...element("part").content.querySelectorAll(".aspect option")].map((one) => one.value).filter(Boolean) : [];
  const aspect = all.find((one) => !used.includes(one)) || null;
  const why = await act("edit", { label: "添加一个部分", changes: [{ kind: "add_part", section, aspect }] });
  const heading = why ? null : field(section + ".parts[" + index + "].heading");
  if (heading) heading.focus();
}

/** 粘贴的文字先去掉格式和看不见的字符，并说明去掉了什么。 */
async function paste_text(box, clipboard) {
  const html = clipboard.getData("text/html");
  let text = clipboard.getData("text/plain");
  if (!text && html) text = inert(html).body.textContent;
  const { status, data } = await ask("POST", "clean", { text });
  const clean = status === 200 ? data : { text, removed: [] };
  box.focus();
  put_in(box, clean.text);
  const removed = clean.removed.slice();
  if (/<(b|i|u|strong|em|font|span|p|table|img)\b/i.test(html)) removed.unshift("文字格式");
  say(removed.length > 0 ? "粘贴时去掉了：" + removed.join("、") : "已粘贴");
}

/** 在光标处放进文字；其中引用的数成为一个整体。 */
function put_in(box, text) {
  const selection = getSelection();
  let range = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  if (!range || !box.contains(range.startContainer)) {
    range = document.createRange();
    range.selectNodeContents(box);
    range.collapse(false);
  }
  range.deleteContents();
  const holder = made("div");
  fill_box(holder, text);
  const last = holder.lastChild;
  const fragment = document.createDocumentFragment();
  fragment.append(...holder.childNodes);
  range.insertNode(fragment);
  if (last) range.setStartAfter(last);
  range.collapse(true);
  selection.removeAllRanges();
  selection.addRange(range);
  box.normalize();
  touch(box);
  chips(box);
}

function insert_figure(box) {
  const selection = getSelection();
  const range = selection.rangeCount > 0 && box.contains(selection.getRangeAt(0).startContainer)
    ? selection.getRangeAt(0).cloneRange() : null;
  const dialog = element("figures");
  const find = element("figures-find");
  const value = (path) => known(path) || state.sums[path] || "";
  const put = (path) => {
    dialog.close();
    box.focus();
    if (range) {
      selection.removeAllRanges();
      selection.addRange(range);
    }
    put_in(box, "{{ " + path + " }}");
  };
  const fill = () => {
    const words = find.value.trim().split(/\s+/).filter(Boolean);
    const hits = plan.figures.filter(([, name]) => words.every((word) => name.includes(word)));
    element("figures-list").replaceChildren(...hits.slice(0, 300).map(([path, name]) => {
      const item = made("li");
      const take = button("", "", () => put(path));
      take.append(made("span", "", name), made("b", "", value(path) || "未填"));
      item.append(take);
      return item;
    }));
  };
  find.value = "";
  find.oninput = fill;
  element("figures-leave").onclick = () => { dialog.close(); box.focus(); };
  fill();
  dialog.showModal();
  find.focus();
}

/** 字数，和文字里每个数是怎么核对的。 */
function foot(box) {
  const text = state.texts[box.dataset.path];
  const place = box.closest(".textpart");
  const length = text ? text.length : 0;
  place.querySelector(".length").textContent = length > 0 ? length + " 字" : "";
  const figures = text ? text.figures : [];
  show_scopes(box);
  const coverage = place.querySelector(".coverage");
  coverage.hidden = figures.length === 0;
  const now = JSON.stringify(figures);
  if (coverage.dataset.shown === now) return;
  coverage.dataset.shown = now;
  const results = [...new Set(figures.map((one) => one.result))];
  const counts = results.map((result) => result + " " + figures.filter((one) => one.result === result).length + " 个");
  coverage.querySelector("summary").textContent = "文中的数 " + figures.length + " 个：" + counts.join("，");
  coverage.querySelector("ol").replaceChildren(...figures.map((one) => {
    const item = made("li", one.kind);
    item.append(button(one.figure, "link", () => select_words(box, one.typed)), made("b", "", one.result), made("span", "", one.explanation));
    if (one.kind !== "bound") {
      const scope = button("口径……", "link", () => ask_scope(box, sentence_words(box, one.typed.start)));
      scope.setAttribute("aria-label", "说明“" + one.figure + "”的口径");
      item.append(scope);
    }
    return item;
  }));
}

/** 选中文字里的一段。 */
function select_words(box, words) {
  const range = range_of(box, words.start, words.end);
  if (!range) return;
  box.focus();
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 40) scrollBy(0, top - innerHeight / 3);
}

/** 总体情况一共多少字。 */
function overview_length() {
  const { n, limit, is_local } = state.overview;
  const place = element("overview-length");
  const rest = limit - n;
  place.textContent = n === 0 && !is_local ? "" : "全部文字 " + n + " 字（含小标题）"
    + (is_local ? "，上限 " + limit + " 字，" + (rest >= 0 ? "还可以写 " + rest + " 字" : "超过 " + -rest + " 字") : "；当地规定了字数的，在“基本情况”的“检查的本地参数”里填上限");
  place.classList.toggle("over", is_local && rest < 0);
}
