// 单位：汇总、比较。打开这一部分时才算，单位很多的要等几秒。

/** 数的一格；没有计入的单位空着。 */
function is_figure(text) {
  return /^(—|[-0-9.,%]*)$/.test(text ?? "");
}

function plain_table(table) {
  const wide = made("div", "wide");
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", table.name);
  wide.tabIndex = 0;
  const whole = made("table");
  const head = made("tr");
  const figures = table.heads.map((_, i) => i > 0 && table.rows.every((row) => is_figure(row[i])));
  for (const [i, text] of table.heads.entries()) {
    const cell = made("th", figures[i] ? "count-of" : "", text);
    cell.scope = "col";
    head.append(cell);
  }
  const top = made("thead");
  top.append(head);
  const rows = made("tbody");
  rows.append(...table.rows.map((row) => {
    const line = made("tr");
    const cells = table.heads.map((name, i) => {
      const cell = cell_of(i === 0 ? "th" : "td", figures[i] ? "count-of" : "", (row[i] ?? "").trimStart());
      if (i > 0) cell.dataset.head = name;
      return cell;
    });
    const level = row[0].length - row[0].trimStart().length;
    if (level > 0) cells[0].replaceChildren(made("span", "deep-" + Math.min(level / 2 + 1, 4), row[0].trimStart()));
    line.append(...cells);
    return line;
  }));
  whole.append(top, rows);
  wide.append(whole);
  return wide;
}

function with_caption(table) {
  const caption = table.caption ? [made("p", "help", table.caption)] : [];
  return [...caption, plain_table(table)];
}

async function sums_asked(path, at) {
  at.replaceChildren(made("p", "help", "正在算……"));
  const { status, data } = await ask("GET", path);
  if (status === 0) element("lost").hidden = false;
  if (status === 200) return data;
  at.replaceChildren();
  office_trouble(reason(data));
  return null;
}

async function sums_show() {
  office_trouble("");
  const sum = element("sum-table");
  const data = await sums_asked("sum", sum);
  if (data) {
    element("sum-head").textContent = data.head + (data.is_whole ? "。汇总完整。" : "。汇总不完整，合计只含已计入的单位。");
    element("sum-head").className = "standing " + (data.is_whole ? "good" : "bad");
    element("sum-file").hidden = !data.is_any;
    sum.replaceChildren(...with_caption(data.table));
  }
  const at = element("compare-tables");
  const compared = await sums_asked("compare", at);
  if (!compared) return;
  const is_said = compared.tables.some((table) => table.caption.startsWith(compared.head));
  element("compare-head").textContent = is_said ? "" : compared.head + "。";
  const parts = compared.tables.flatMap((table) => [made("h4", "", table.name), ...with_caption(table)]);
  at.replaceChildren(...parts);
}
