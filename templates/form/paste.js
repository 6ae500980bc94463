// 从表格软件粘贴一块：读剪贴板，先看再写。

/** 剪贴板里的网页，只读其中的文字；样式不要，页面反正不许用。 */
function inert(html) {
  const bare = html.replace(/<style[^]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
  return new DOMParser().parseFromString(bare, "text/html");
}

/** 剪贴板里的一块单元格；不是一块就没有。 */
function block_of(clipboard) {
  const MOST = 300;
  const html = clipboard.getData("text/html");
  if (/<table/i.test(html)) {
    const page = inert(html);
    const table = page.querySelector("table");
    const lines = [...table.rows].slice(0, MOST).map((row) => [...row.cells].slice(0, MOST).map((cell) => ({
      text: cell.textContent.replace(/\s+/g, " ").trim(),
      columns: Math.min(Math.max(cell.colSpan, 1), 60),
      rows: Math.min(Math.max(cell.rowSpan, 1), MOST),
    })));
    const grid = spread(lines);
    if (grid.length > 1 || grid.length === 1 && grid[0].length > 1) return grid;
  }
  const text = clipboard.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  return /[\t\n]/.test(text) ? split(text).slice(0, MOST) : null;
}

/** 用制表符隔开的文字；引号里的换行属于一格。 */
function split(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c === "\"" && text[i + 1] === "\"") {
        cell += c;
        i += 1;
      } else if (c === "\"") quoted = false;
      else cell += c;
    } else if (c === "\"" && cell === "") quoted = true;
    else if (c === "\t" || c === "\n") {
      rows[rows.length - 1].push(cell);
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  rows[rows.length - 1].push(cell);
  return rows;
}

async function paste_block(at, rows) {
  await flush();
  const { status, data } = await ask("POST", "paste", { at: at.dataset.path, rows });
  if (status !== 200) return say(reason(data));
  const count = (name) => data.writes.filter((one) => one.state === name).length;
  const [fills, replaces, same, unreadable, blanks] =
    ["fills", "replaces", "same", "unreadable", "blank"].map(count);
  const parts = ["将写入 " + (fills + replaces) + " 格"];
  if (replaces > 0) parts.push("其中 " + replaces + " 格与现在的不同");
  if (same > 0) parts.push(same + " 格相同，不变");
  if (unreadable > 0) parts.push(unreadable + " 格不是数，不写");
  element("paste-summary").textContent = (data.by_label ? "按行名对上了各行。" : "") + parts.join("，") + "。";
  const more = [];
  if (data.unknown.length > 0) more.push("表里没有这些行，不写：" + data.unknown.join("、"));
  if (data.n_outside > 0) more.push("有 " + data.n_outside + " 格超出了表，不写");
  element("paste-more").hidden = more.length === 0;
  element("paste-more").textContent = more.join("；");
  const order = { replaces: 0, unreadable: 1, fills: 2, blank: 3 };
  const shown = data.writes.filter((one) => one.state in order).sort((a, b) => order[a.state] - order[b.state]);
  element("paste-rows").replaceChildren(...shown.map((one) => {
    const row = made("tr", one.state);
    const then = one.state === "unreadable" ? "“" + one.new + "”不是数" : one.new === null ? "（空）" : one.new;
    row.append(made("td", "", one.name), made("td", "number", one.old || "（空）"), made("td", "number", then));
    return row;
  }));
  element("paste-blanks").checked = false;
  element("paste-blanks-label").hidden = blanks === 0;
  element("paste-n-blanks").textContent = blanks;
  const dialog = element("paste");
  const take = () => {
    const with_blanks = element("paste-blanks").checked;
    const wanted = (one) => one.state === "fills" || one.state === "replaces" || with_blanks && one.state === "blank";
    const changes = data.writes.filter(wanted)
      .map((one) => ({ kind: "value", path: one.path, old: one.old, new: one.new }));
    dialog.close();
    go_to(at);
    if (changes.length === 0) return say("没有要写的");
    return act("edit", { label: "粘贴 " + changes.length + " 格", changes })
      .then((why) => { if (!why) say("已粘贴 " + changes.length + " 格"); });
  };
  element("paste-take").onclick = take;
  element("paste-leave").onclick = () => { dialog.close(); go_to(at); };
  dialog.showModal();
  element("paste-take").focus();
  return undefined;
}
