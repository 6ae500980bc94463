// 一个数的来龙去脉：含义、所在的等式、说到它的文字、上年和下级单位的数、来源。填写、预览和审阅页共用。
// 各页自己有 tracing：find 查一个数，to_figure、to_words 到表里、文字里去，more 另外显示的，is_modal 是否盖住别处。

/** 看过的，最后一个是现在的；关上以后回到哪里。 */
const inspected = { trail: [], back: null };

/** 打开一个数：表里的按位置，文字里的是程序说的那一个。 */
async function inspect(what) {
  const shown = typeof what === "string" ? await tracing.find(what) : what;
  if (!shown) return;
  const dialog = element("inspector");
  // 别处点了另一个数：从头看起。
  if (!dialog.open || !dialog.contains(document.activeElement)) {
    inspected.back = document.activeElement;
    inspected.trail = [];
  }
  inspected.trail.push(what);
  element("inspector-title").textContent = shown.name || "文字中的“" + shown.figure + "”";
  element("inspector-facts").replaceChildren(...shown.path ? facts_of(shown) : facts_of_words(shown));
  element("inspector-back").hidden = inspected.trail.length < 2;
  const go = element("inspector-go");
  go.textContent = shown.path ? "到这一格" : "到这一句";
  go.onclick = () => follow(() => (shown.path ? tracing.to_figure(shown.path) : tracing.to_words(shown)));
  element("inspector-more").replaceChildren(...tracing.more && shown.path ? [tracing.more(shown)] : []);
  if (!dialog.open && tracing.is_modal) dialog.showModal();
  else if (!dialog.open) dialog.show();
  element("inspector-facts").parentElement.scrollTop = 0;
  element("inspector-title").focus();
  if (tracing.opened) tracing.opened(shown);
}

/** 关上，做别的。 */
function depart(then) {
  inspected.trail = [];
  element("inspector").close();
  if (tracing.closed) tracing.closed();
  then();
}

/** 到别处去；并排放得下的，不用关上。 */
const follow = (then) => (tracing.stays && tracing.stays() ? then() : depart(then));

const leave_inspector = () => depart(() => { if (inspected.back && inspected.back.isConnected) inspected.back.focus(); });

/** 几行事实：同一种的只写一次名称。 */
function fact_list() {
  const nodes = [];
  let last = "";
  const add = (head, ...words) => {
    const value = made("dd");
    value.append(...words);
    nodes.push(made("dt", "", head === last ? "" : head), value);
    last = head;
  };
  return { nodes, add };
}

function facts_of(traced) {
  const { nodes, add } = fact_list();
  add("所在", traced.section);
  add("本年", made("b", "value", traced.now));
  add("上年", traced.last);
  if (traced.meaning) add("含义", traced.meaning);
  if (traced.see.length > 0) add("依据", traced.see.join("；"));
  for (const note of traced.notes) add("备注", note);
  for (const source of traced.sources) add("来源", source);
  if (traced.sources.length === 0) add("来源", made("span", "quiet", "没有写"));
  for (const equation of traced.equations) add("等式", ...equation_words(equation, traced.path));
  for (const one of traced.told) add("文字", ...told_words(one));
  if (traced.told.length === 0) add("文字", made("span", "quiet", "没有说到这个数"));
  if (traced.units) add("下级", traced.units);
  for (const lacking of traced.lacking) add("没有计入", lacking);
  return nodes;
}

/** 文字里的一个数：怎么读的，对着表里哪几个数。 */
function facts_of_words(told) {
  const { nodes, add } = fact_list();
  add("文字", "“" + told.words + "”");
  add("结果", result_mark(told));
  if (told.explanation) add("说明", told.explanation);
  for (const [path, name] of told.cells) add("表中的数", button(name, "link", () => inspect(path)));
  return nodes;
}

const result_mark = ({ result, agrees }) => made("b", agrees === false ? "odd" : agrees ? "even" : "open", result);

/** 两边各项相加，每一项可以再查；现在这一项只写出来。 */
function equation_words({ left, right, verdict, holds, code }, own) {
  const words = made("span");
  const side = (terms) => terms.forEach(({ path, name, value }, i) => {
    if (i > 0) words.append(" ＋ ");
    const text = name + " " + value;
    words.append(path === own ? made("b", "", text) : path ? button(text, "link", () => inspect(path)) : text);
  });
  side(left);
  words.append(" ＝ ");
  side(right);
  return [words, made("span", "verdict " + (holds === false ? "odd" : holds ? "even" : ""), verdict + "（" + code + "）")];
}

function told_words(told) {
  const words = [result_mark(told), " ", button("“" + told.words + "”", "link", () => follow(() => tracing.to_words(told)))];
  if (told.agrees !== true && told.explanation) words.push(made("span", "verdict", told.explanation));
  return words;
}

// ── 年报里的数，可以点，也可以用键盘到 ──

/** 一个节点里的一段文字，成为可以点的。 */
function wrap_text(node, start, end) {
  if (end < node.data.length) node.splitText(end);
  const middle = start > 0 ? node.splitText(start) : node;
  const span = node.ownerDocument.createElement("span");
  span.setAttribute("role", "button");
  middle.replaceWith(span);
  span.append(middle);
  return span;
}

/** 一个范围里的各段文字。 */
function texts_in(range) {
  const root = range.commonAncestorContainer;
  if (root.nodeType === 3) return [[root, range.startOffset, range.endOffset]];
  const walker = root.ownerDocument.createTreeWalker(root, 4);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.data.length;
    if (start < end) found.push([node, start, end]);
  }
  return found;
}

/** 年报里各个数成为可以点的：表里的各格，文字里程序读到的。 */
function open_figures(page, figures) {
  const paragraphs = new Map();
  for (const at of page.querySelectorAll("[data-field]")) {
    const own = paragraphs.get(at.dataset.field) || [];
    own.push(at);
    paragraphs.set(at.dataset.field, own);
  }
  figures.forEach(({ field, printed }, index) => {
    const paragraph = printed && (paragraphs.get(field) || [])[printed.paragraph];
    const range = paragraph && printed_range(paragraph, printed);
    if (!range) return;
    texts_in(range).filter(([node]) => !node.parentElement.closest("a")).forEach(([node, start, end], i) => {
      const span = wrap_text(node, start, end);
      span.dataset.told = index;
      span.tabIndex = i === 0 ? 0 : -1;
    });
  });
  for (const table of page.querySelectorAll("table")) {
    let is_first = true;
    for (const cell of table.querySelectorAll("td[data-field]")) {
      const text = [...cell.childNodes].find((node) => node.nodeType === 3 && node.data.trim() !== "");
      if (!text) continue;
      const span = wrap_text(text, 0, text.data.length);
      span.dataset.cell = cell.dataset.field;
      span.tabIndex = is_first ? 0 : -1;
      is_first = false;
    }
  }
}

/** 点到的、按键时所在的那个数；不是数的，没有。 */
function figure_at(at, told_at) {
  const span = at.closest && at.closest("[data-cell], [data-told]");
  const cell = at.closest && at.closest("td[data-field]");
  if (span && span.dataset.told !== undefined) {
    const told = told_at(Number(span.dataset.told));
    return told.cells.length === 1 ? told.cells[0][0] : told;
  }
  return cell ? cell.dataset.field : null;
}

/** 在表里用方向键从一个数到另一个。 */
function next_cell(span, key) {
  const row = span.closest("tr");
  const all = (one) => [...one.querySelectorAll("[data-cell]")];
  const middle = (one) => { const { left, width } = one.getBoundingClientRect(); return left + width / 2; };
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const own = all(row);
    return own[own.indexOf(span) + (key === "ArrowLeft" ? -1 : 1)];
  }
  const rows = [...span.closest("table").querySelectorAll("tr")].filter((one) => all(one).length > 0);
  const other = rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)];
  return other && all(other).reduce((best, one) => Math.abs(middle(one) - middle(span)) < Math.abs(middle(best) - middle(span)) ? one : best);
}

/** 点数、按键，打开它的来龙去脉；文字里的第几个是哪一个，由 told_at 说。 */
function listen_for_figures(page, told_at) {
  page.addEventListener("click", (event) => {
    if (event.target.closest("a[href]")) return;
    const what = figure_at(event.target, told_at);
    if (what) inspect(what);
  });
  page.addEventListener("keydown", (event) => {
    const span = event.target.closest && event.target.closest("[data-cell], [data-told]");
    if (!span || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      inspect(figure_at(span, told_at));
    } else if (event.key.startsWith("Arrow") && span.dataset.cell) {
      const next = next_cell(span, event.key);
      event.preventDefault();
      if (!next) return;
      for (const one of span.closest("table").querySelectorAll("[data-cell]")) one.tabIndex = one === next ? 0 : -1;
      next.focus();
    }
  });
}

function listen_to_inspector() {
  element("inspector-leave").addEventListener("click", leave_inspector);
  element("inspector-back").addEventListener("click", () => {
    inspected.trail.pop();
    inspect(inspected.trail.pop());
  });
  element("inspector").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    leave_inspector();
  });
}
