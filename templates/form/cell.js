// 每一处旁边的话：没有保存、两边都改了、检查结果；当前这一格的说明和备注。

/** 每处旁边说的话：不能保存、两边都改了、头一条检查结果。 */
function said_of(key) {
  const place = document.createDocumentFragment();
  if (refused.has(key)) place.append(made("p", "bad", refused.get(key) + "（没有保存）"));
  const clash = clashes.get(key);
  if (clash) {
    const both = made("p", "bad", "这里在别的程序里改成了“" + (clash.theirs || "（空）") + "”，您填的是“" + (clash.mine || "（空）") + "”。 ");
    both.append(button("保留我的", "", () => solve(key, true)), " ", button("用文件里的", "", () => solve(key, false)));
    place.append(both);
  }
  // 没有保存的，检查的还是以前的，不说。
  const is_saved = state && !refused.has(key) && !clash;
  const own = is_saved ? findings().filter((one) => one.field === key && !one.is_unfilled) : [];
  const offered = new Set();
  for (const finding of own.slice(0, 2)) {
    const line = made("p", finding.severity, finding.severity_name + "：" + finding.message);
    if (finding.repair && !offered.has(finding.repair.label)) {
      offered.add(finding.repair.label);
      const take = button(finding.repair.label, "take", () => repair(finding));
      take.append(made("kbd", "", "Alt+Enter"));
      line.append(" ", take);
    }
    place.append(line);
  }
  return place;
}

function solve(key, is_mine) {
  const { mine, theirs } = clashes.get(key);
  clashes.delete(key);
  const note = element("cell-note");
  const at = !key.startsWith(NOTE) ? field(key) : note.dataset.key === key ? note : null;
  if (is_mine) waiting.set(key, mine);
  if (at) write(at, is_mine ? mine : theirs);
  remember();
  paint();
  schedule();
  if (at) at.focus();
}

/** 一处的样子：没有填、有错、不能保存。 */
function mark_field(key) {
  const at = field(key);
  if (!at) return;
  // 还没有填的，样子已经说了，不算错。
  const own = state.findings.filter((one) => one.field === key && !one.is_unfilled);
  const worst = SEVERITIES.map(([name]) => name).find((name) => own.some((one) => one.severity === name)) || "";
  const holder = at.dataset.row !== undefined ? at.parentElement : at.closest(".textpart, .field");
  const is_bad = [key, NOTE + key].some((one) => refused.has(one) || clashes.has(one));
  at.setAttribute("aria-invalid", String(is_bad || worst === "error"));
  if (holder) {
    for (const name of ["error", "warning", "hint"]) holder.classList.toggle(name, worst === name && !is_bad);
    holder.classList.toggle("refused", is_bad);
    holder.classList.toggle("unfilled", read(at).trim() === "");
  }
}

function paint() {
  for (const at of fields()) {
    const key = at.dataset.path;
    mark_field(key);
    if (at.dataset.row !== undefined) continue;
    const said = element(key + "-said");
    if (said && !(is_box(at) && !refused.has(key) && !clashes.has(key))) said.replaceChildren(said_of(key));
    else if (said) said.replaceChildren();
    if (is_box(at)) foot(at);
  }
  bubble();
}

/** 当前这一格的话，显示在格的下面（下面没有地方时在上面）和右边。 */
let last_cell = null;

function bubble() {
  const at = document.activeElement;
  const place = element("bubble");
  const is_cell = at && at.dataset && at.dataset.row !== undefined;
  const said = is_cell ? said_of(at.dataset.path) : null;
  // 窄屏上检查结果展开着的，同样的话就在下面，不盖住这一格的说明。
  const is_listed = matchMedia("(max-width: 48rem)").matches && element("fold").getAttribute("aria-expanded") === "true";
  place.hidden = is_listed || !said || said.childNodes.length === 0;
  if (!place.hidden) {
    place.replaceChildren(said);
    at.setAttribute("aria-describedby", "bubble");
    const { left, top, bottom } = at.getBoundingClientRect();
    const above = top - place.offsetHeight - 4;
    const is_below = bottom + place.offsetHeight + 4 <= innerHeight || above < 0;
    place.style.left = Math.max(8, Math.min(left, innerWidth - place.offsetWidth - 8)) + scrollX + "px";
    place.style.top = (is_below ? bottom + 4 : above) + scrollY + "px";
  }
  cell_card();
}

function cell_card() {
  const card = element("cell");
  const at = last_cell;
  const is_shown = at && state && at.closest(".sheet") && !at.closest(".sheet").hidden;
  card.hidden = !is_shown;
  card.parentElement.classList.toggle("with-cell", Boolean(is_shown));
  if (!is_shown) return;
  const path = at.dataset.path;
  element("cell-name").textContent = at.getAttribute("aria-label");
  const help = [at.dataset.help, path in state.last ? "上年 " + state.last[path] : "", at.dataset.sum || "",
    at.dataset.total !== undefined && at.value === "" && at.placeholder ? "相加得 " + at.placeholder + "，可以不写" : ""];
  element("cell-help").textContent = help.filter(Boolean).join("。");
  note_places(path);
  note_of(element("note-of").value);
}

/** 这一格的备注可以说的：这一格、这一行、它所在的几行、整张表；已经写了的标出来。 */
function note_places(cell) {
  const choice = element("note-of");
  const own_row = cell.replace(/\.[^.]*$/, "");
  const above = plan.places.filter(([path]) => cell.startsWith(path + ".")).reverse();
  const all = [[cell, "这一格"], ...above.map(([path, name]) => [path, path === own_row && path.includes(".") ? "这一行" : name])];
  const options = all.map(([path, name]) => [path, name + (path in state.notes ? "（有备注）" : "")]);
  const now = JSON.stringify(options);
  if (choice.dataset.shown === now) return;
  const is_same = choice.dataset.cell === cell;
  const old = choice.value;
  choice.dataset.shown = now;
  choice.dataset.cell = cell;
  choice.replaceChildren(...options.map(([path, name]) => new Option(name, path)));
  // 这一格没有备注、这一行有的，先看这一行的。
  const noted = all.find(([path]) => path in state.notes);
  choice.value = is_same ? old : noted && !noted[0].match(/^[a-z]+$/) ? noted[0] : cell;
}

/** 备注一栏里是说这一处的。 */
function note_of(path) {
  const note = element("cell-note");
  const key = NOTE + path;
  element("cell-said").replaceChildren(said_of(key));
  if (note.dataset.key === key) return;
  note.dataset.key = key;
  note.value = waiting.has(key) ? waiting.get(key) : known(key);
}
