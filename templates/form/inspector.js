// 一个数的来龙去脉，和它的来源：在填写页上从哪里查，查到以后到哪里去。

const tracing = {
  is_modal: true,
  find: async (path) => {
    await flush();
    const { status, data } = await ask("GET", "trace?" + encodeURIComponent(path));
    if (status === 200) return data;
    say(reason(data));
    return null;
  },
  to_figure: (path) => lead_to(path),
  to_words: ({ field: path, typed }) => {
    lead_to(path);
    const box = field(path);
    if (box && is_box(box) && typed) select_words(box, typed);
  },
  more: ({ path }) => source_form(path),
};

/** 到填它的地方。 */
function lead_to(path) {
  const to = field(path);
  if (!to) return;
  open_section(to.closest(".sheet").id.slice(2), false);
  to.focus();
  to.scrollIntoView({ block: "center", inline: "nearest" });
}

/** 引用一格的数，是哪一格；算出来的式子，取头一格。 */
const cell_of_chip = (chip) => {
  const names = chip.dataset.expression.match(/[a-z_]+(\.[a-z_]+)+/g) || [];
  return names.find((name) => plan.figures.some(([path]) => path === name));
};

/** 文字里光标所在的数，程序读到的。 */
function figure_at_caret(box) {
  const text = state && state.texts[box.dataset.path];
  const selection = getSelection();
  if (!text || waiting.has(box.dataset.path) || selection.rangeCount === 0) return null;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  if (!box.contains(startContainer)) return null;
  return text.figures.find(({ typed }) => {
    const range = range_of(box, typed.start, typed.end);
    return range && range.isPointInRange(startContainer, startOffset);
  }) || null;
}

/** 光标所在的数：一格，文字里的引用，或者文字里写出来的数。 */
function traced_at(at) {
  const box = at.closest && at.closest(".box");
  if (box) {
    const figure = figure_at_caret(box);
    if (figure) return figure.cells.length === 1 ? figure.cells[0][0] : figure;
    const { anchorNode, anchorOffset } = getSelection();
    if (!anchorNode) return null;
    const beside = anchorNode === box
      ? [box.childNodes[anchorOffset - 1], box.childNodes[anchorOffset]]
      : [anchorOffset === 0 ? anchorNode.previousSibling : null, anchorOffset === anchorNode.length ? anchorNode.nextSibling : null];
    const chip_there = beside.find((node) => node && node.dataset && node.dataset.expression);
    return chip_there ? cell_of_chip(chip_there) : null;
  }
  if (!at.dataset || !at.dataset.path) return null;
  return plan.figures.some(([path]) => path === at.dataset.path) || at.closest(".kind-figure") ? at.dataset.path : null;
}

/** 光标到了文字里的一个数上，下面就有查它的按钮。 */
function offer_trace(box) {
  const part = box.closest(".textpart");
  const at = part && part.querySelector(".trace");
  if (at) at.hidden = !traced_at(box);
}

// ── 来源 ──

/** 一个数可以写来源的几处：这一格、这一行、它所在的几行、整张表。 */
function source_places(cell) {
  const fee = "other.handling_fee";
  if (cell.startsWith(fee + ".")) return [[cell, "这一项"], [fee, "信息处理费"]];
  const row = cell.replace(/\.[^.]*$/, "");
  const above = plan.places.filter(([path]) => cell.startsWith(path + ".")).reverse();
  return [[cell, "这一格"], ...above.map(([path, name]) => [path, path === row && path.includes(".") ? "这一行" : name])];
}

/** 写这个数、这一行或这张表的来源。 */
function source_form(cell) {
  const form = element("source-form").content.firstElementChild.cloneNode(true);
  const { at, from, date, by } = form.elements;
  const wrong = form.querySelector(".wrong");
  const own = (path) => state.sources.find((one) => one.at === path);
  const places = source_places(cell);
  at.append(...places.map(([path, name]) => new Option(name + (own(path) ? "（已写）" : ""), path)));
  const nearest = places.find(([path]) => own(path));
  at.value = nearest ? nearest[0] : places[Math.min(1, places.length - 1)][0];
  const fill = () => {
    const known_source = own(at.value) || { from: "", date: "", by: "" };
    from.value = known_source.from;
    date.value = known_source.date;
    by.value = known_source.by;
    form.querySelector(".remove").hidden = !own(at.value);
    wrong.hidden = true;
  };
  const put = async (what) => {
    const old = own(at.value);
    const change = { kind: "source", path: at.value, old: old || null, new: what };
    const why = await act("edit", { label: what ? "写来源" : "删去来源", changes: [change] });
    wrong.hidden = !why;
    wrong.textContent = why || "";
    if (why) return;
    say(what ? "来源已记下，列在检查单上" : "已删去来源；可以撤销");
    inspected.trail.pop();
    inspect(cell);
  };
  at.addEventListener("change", fill);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (from.value.trim() === "") {
      wrong.hidden = false;
      wrong.textContent = "请写来源，例如哪份台账、哪份来函";
      from.focus();
    } else put({ from: from.value, date: date.value, by: by.value });
  });
  form.querySelector(".remove").addEventListener("click", () => put(null));
  fill();
  const group = made("details", "source");
  group.append(made("summary", "", nearest ? "改来源" : "写来源"), form);
  return group;
}
