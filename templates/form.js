// 年报填写：表格、文字、检查结果和保存。页面由程序生成，数据文件在程序那边；这里没有保存的内容另存在浏览器的这个标签页里。
"use strict";

const body = document.body;

/** 向程序发一个请求；程序不在时状态是 0。 */
async function ask(method, path, value) {
  const options = { method, cache: "no-store", headers: {} };
  if (method === "POST") {
    options.headers = { "Content-Type": "application/json", "X-Nianbao-Token": body.dataset.token };
    options.body = JSON.stringify(value);
  }
  try {
    const answer = await fetch(path, options);
    const is_json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return { status: answer.status, data: is_json ? await answer.json() : await answer.text() };
  } catch (error) {
    return { status: 0, data: { why: "程序没有回应，可能已经停止" } };
  }
}

/** 拒绝的理由，一句话。 */
const reason = (data) => (data && data.why) || (typeof data === "string" ? data.trim() : "没有成功，请再试一次");

function button(text, name, action) {
  const made_button = made("button", name, text);
  made_button.type = "button";
  made_button.addEventListener("click", action);
  return made_button;
}

// ── 新建和打开 ──

function start() {
  const say = (at, text) => {
    const place = at.querySelector(".wrong");
    place.hidden = !text;
    place.textContent = text || "";
  };
  const go = async (at, path, value) => {
    say(at, "");
    const { status, data } = await ask("POST", path, value);
    if (status !== 200) {
      say(at, reason(data));
    } else if (data.doubts && data.doubts.length > 0) {
      const place = at.querySelector(".wrong");
      place.hidden = false;
      place.replaceChildren(
        made("span", "", "已经建好。上年的年报里接过来的内容有错误，请留意：" + data.doubts.join("；") + " "),
        button("继续", "link", () => location.assign(data.to)));
    } else {
      location.assign(data.to);
    }
  };
  for (const [id, path] of [["new", "new"], ["next", "new"]]) {
    const form = element(id);
    if (!form) continue;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(form));
      if (id === "next" && !given.from) return say(form, "请选择上年的年报");
      if (id === "new" && given.agency.trim() === "") return say(form, "请填机关全称");
      if (id === "new" && given.agency_kind === "") return say(form, "请选机关类别");
      if ("year" in given) {
        const year = given.year.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim();
        if (!/^\d{4}$/.test(year)) return say(form, "报告年度写四位数的年份");
        given.year = Number(year);
      }
      return go(form, path, given);
    });
  }
  const year = element("n-year");
  const name = element("n-name");
  year.addEventListener("input", () => {
    if (/^\d*年年报$/.test(name.value)) name.value = year.value.trim() + "年年报";
  });
  for (const open of document.querySelectorAll("[data-open]")) {
    const card = document.querySelector("[aria-labelledby=t-open]");
    open.addEventListener("click", () => go(card, "open", { path: open.dataset.open }));
  }
  const noting = element("noting");
  if (noting) noting.addEventListener("change", () => ask("POST", "recent", { is_on: noting.checked }));
}

// ── 填写 ──

/** 程序所知的状态，例如 {values, sums, findings, …}。 */
let state = null;
let plan = null;

/** 还没有保存的：地址 → {kind, value}。备注的地址前面加 note|。 */
const waiting = new Map();
/** 保存不了的：地址 → 理由。 */
const refused = new Map();
/** 在别处也改了的：地址 → {mine, theirs}。 */
const clashes = new Map();

/** 输入法正在组字。 */
let composing = false;
let sending = false;
let soon = null;
let latest = null;
/** 内容已经带走，可以离开这一页。 */
let is_leaving = false;
/** 停下来多久就保存，最久多久保存一次（毫秒）。 */
const PAUSE = 700;
const LONGEST = 2200;

const memory = "nianbao " + (body.dataset.file || "");

const fields = () => document.querySelectorAll("[data-path]");
const field = (path) => document.querySelector("[data-path=\"" + CSS.escape(path) + "\"]");
const is_box = (at) => at.getAttribute("role") === "textbox";
const NOTE = "note|";

/** 程序那边的值；没有填的是空的。 */
const known = (key) => key.startsWith(NOTE)
  ? state.notes[key.slice(NOTE.length)] || "" : state.values[key] || "";

/** 全角的数字和标点，照半角的。 */
const half = (text) => text.replace(/[０-９．＋－，]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
/** 格里的数，去掉千分号和空格。 */
const plain = (text) => half(text).replace(/[,\s]/g, "");
const is_number = (text) => /^\d+(\.\d+)?$/.test(text);

function read(at) {
  if (is_box(at)) return read_box(at);
  return at.value;
}

function write(at, value) {
  if (is_box(at)) fill_box(at, value);
  else at.value = value;
}

/** 记下一处改动，稍后保存。 */
function touch(at) {
  const key = at.id === "cell-note" ? at.dataset.key : at.dataset.path;
  if (!key || !state) return;
  refused.delete(key);
  const value = read(at);
  if (value === known(key)) waiting.delete(key);
  else waiting.set(key, value);
  remember();
  totals();
  mark_field(key);
  if (waiting.size > 0) saved_word("正在填写……");
  schedule();
}

function schedule() {
  clearTimeout(soon);
  if (waiting.size === 0) {
    clearTimeout(latest);
    latest = null;
    return;
  }
  soon = setTimeout(send, PAUSE);
  if (latest === null) latest = setTimeout(send, LONGEST);
}

/** 没有保存的和保存不了的。 */
function unsaved() {
  const lost = [...waiting];
  for (const key of refused.keys()) {
    const at = field(key);
    if (at) lost.push([key, read(at)]);
  }
  for (const [key, { mine }] of clashes) lost.push([key, mine]);
  return lost;
}

/** 留在这个标签页里，刷新以后还在。 */
function remember() {
  const lost = unsaved();
  try {
    if (lost.length > 0) sessionStorage.setItem(memory, JSON.stringify(lost));
    else sessionStorage.removeItem(memory);
  } catch (error) {
    // 浏览器不让存，就只在页面里。
  }
}

function saved_word(text) {
  element("saved").textContent = text;
}

const time = () => new Date().toTimeString().slice(0, 8);

const change_of = ([key, value]) => key.startsWith(NOTE)
  ? { kind: "note", path: key.slice(NOTE.length), old: known(key) || null, new: value.trim() === "" ? null : value }
  : { kind: "value", path: key, old: known(key) || null, new: value.trim() === "" ? null : value };

/** 保存等着的改动；组字的时候不打断。 */
async function send() {
  clearTimeout(soon);
  clearTimeout(latest);
  latest = null;
  if (sending || composing || waiting.size === 0 || !state) return;
  const batch = [...waiting];
  const label = batch.length === 1 ? "填写" + name_of(batch[0][0]) : "填写 " + batch.length + " 处";
  sending = true;
  const { status, data } = await ask("POST", "edit", { label, changes: batch.map(change_of) });
  sending = false;
  settle(batch, status, data);
}

/** 照程序的回答，改动算保存了、有冲突，或者不能保存。 */
function settle(batch, status, data) {
  const done = (key) => {
    const sent = batch.find(([at]) => at === key);
    if (sent && waiting.get(key) === sent[1]) waiting.delete(key);
  };
  if (status === 200) {
    for (const [key] of batch) done(key);
    saved_word("已保存 " + time());
    show(data);
  } else if (status === 409 && data.conflicts) {
    for (const { path, is_note, theirs } of data.conflicts) {
      const key = is_note ? NOTE + path : path;
      clashes.set(key, { mine: waiting.get(key), theirs: theirs || "" });
      waiting.delete(key);
    }
    saved_word("有的地方在别的程序里也改了");
    refresh();
  } else if (status === 422 && data.wrong) {
    for (const { path, why } of data.wrong) {
      // 一行写不进去，这一行里填的都写不进去。
      const keys = batch.map(([key]) => key).filter((key) => key === path || key.startsWith(path + ".") || key === NOTE + path);
      for (const key of keys.length > 0 ? keys : batch.map(([key]) => key)) {
        refused.set(key, why);
        done(key);
      }
    }
    saved_word("有 " + refused.size + " 处没有保存");
  } else if (status === 423 || status === 410) {
    if (status === 410) gone(reason(data));
    else trouble(reason(data));
    saved_word("还没有保存");
  } else {
    if (is_away(status)) lost();
    trouble(is_away(status) ? "" : reason(data));
    saved_word("还没有保存");
    setTimeout(send, 3000);
  }
  remember();
  paint();
  if (waiting.size > 0 && status !== 423 && status !== 410 && !is_away(status)) schedule();
}

/** 保存完等着的，再往下做。 */
async function flush() {
  for (let i = 0; i < 100 && (waiting.size > 0 || sending) && !composing; i += 1) {
    if (!sending) await send();
    else await new Promise((next) => setTimeout(next, 30));
    if (!element("trouble").hidden) return;
  }
}

/** 一次做成的改动，例如粘贴、接受、增删部分。 */
async function act(path, value) {
  await flush();
  const { status, data } = await ask("POST", path, value);
  if (status === 200) {
    saved_word("已保存 " + time());
    show(data);
    return null;
  }
  if (is_away(status)) lost();
  const why = data.wrong ? data.wrong.map((one) => one.why).join("；")
    : data.conflicts ? "这里在别的程序里刚改过，请看一眼再做" : reason(data);
  if (status === 409 || status === 423 || status === 410) refresh();
  say(why);
  return why;
}

function trouble(text) {
  const at = element("trouble");
  delete at.dataset.gone;
  at.hidden = !text;
  at.textContent = text;
}

/** 文件不在了：等它回来，或者另存一份，填的都带过去。 */
function gone(why) {
  const at = element("trouble");
  if (at.dataset.gone === why && !at.hidden) return;
  trouble(why + "。放回原处以后自动继续；也可以按现在的内容另存一份：");
  at.dataset.gone = why;
  const name = made("input");
  name.type = "text";
  name.maxLength = 80;
  name.autocomplete = "off";
  name.value = body.dataset.file.split(/[\\/]/).pop().replace(/\.toml$/i, "");
  name.setAttribute("aria-label", "另存的文件名");
  const wrong = made("p", "");
  const save = button("另存", "main", async () => {
    const { status, data } = await ask("POST", "save-as", { name: name.value });
    if (status !== 200) {
      wrong.textContent = reason(data);
      return;
    }
    try {
      sessionStorage.setItem("nianbao " + data.file, JSON.stringify(unsaved()));
      sessionStorage.setItem("nianbao take", data.file);
      sessionStorage.removeItem(memory);
    } catch (error) {
      // 浏览器不让存：留在这一页，不丢。
      if (unsaved().length > 0) return;
    }
    is_leaving = true;
    location.assign(data.to);
    if (data.to.includes(location.pathname.split("/").slice(-2)[0])) location.reload();
  });
  const line = made("span", "save-as");
  line.append(name, save);
  at.append(line, wrong);
}

/** 文件现在读不读得懂。 */
const troubled = () => trouble(state.trouble
  ? "文件现在读不懂（" + state.trouble + "），可能正在别的程序里修改。这里填的先留着，改好以后自动保存。" : "");

/** 程序停了；重新运行过的，不认旧的页面。 */
const is_away = (status) => status === 0 || status === 403;
const lost = () => { element("lost").hidden = false; };

function say(text) {
  element("announce").textContent = text;
  if (text) saved_word(text);
}

/** 看程序那边有没有变化。 */
async function refresh() {
  const { status, data } = await ask("GET", "state" + (state ? "?after=" + state.revision : ""));
  if (status === 204) {
    troubled();
    if (waiting.size > 0) schedule();
  } else if (status === 200) {
    show(data);
    if (waiting.size > 0) schedule();
  } else if (is_away(status)) {
    lost();
  } else if (status === 410) {
    gone(reason(data));
  } else {
    trouble(reason(data));
  }
}

/** 显示新的状态；正在填的不动。 */
function show(next) {
  const is_first = state === null;
  state = next;
  element("lost").hidden = true;
  troubled();
  element("title").textContent = next.title;
  document.title = next.title;
  element("draft").hidden = !next.is_draft;
  for (const section of Object.keys(next.parts).concat("opening")) build(section);
  for (const at of fields()) renew(at);
  const note = element("cell-note");
  const is_own = note.dataset.key && !waiting.has(note.dataset.key) && !clashes.has(note.dataset.key);
  if (is_own && !composing && note.value !== known(note.dataset.key)) note.value = known(note.dataset.key);
  for (const [way, text] of [["undo", "撤销"], ["redo", "重做"]]) {
    element(way).disabled = !next[way];
    element(way).title = next[way] ? text + "：" + next[way] : "";
  }
  menu();
  totals();
  list();
  finish();
  overview_length();
  levels();
  paint();
  draw();
  for (const group of is_first ? document.querySelectorAll("details.group") : []) {
    group.open = [...group.querySelectorAll("[data-path]")].some((at) => read(at) !== "") || group.querySelector("#levels li") !== null;
  }
  if (section_now === "preview") preview();
  if (is_first) recall();
}

/** 把一处照程序那边的写上，除非正在填。 */
function renew(at) {
  const key = at.dataset.path;
  if (waiting.has(key) || refused.has(key) || clashes.has(key)) return;
  if (composing && document.activeElement === at) return;
  const value = known(key);
  const now = read(at);
  if (at.dataset.files !== undefined && ![...at.options].some((one) => one.value === value)) {
    at.insertBefore(new Option(value, value), at.lastElementChild);
  }
  if (is_box(at)) {
    if (now !== value && !(value === "" && now.trim() === "" && document.activeElement === at)) fill_box(at, value);
    chips(at);
  } else if (now !== value && !(document.activeElement === at && plain(now) === plain(value) && at.dataset.row)) {
    at.value = value;
  }
  const small = at.parentElement.querySelector(".last");
  if (small) small.textContent = key in state.last ? (at.dataset.row ? "" : "；") + "上年 " + state.last[key] : "";
  if (at.dataset.row === undefined) return;
  at.parentElement.classList.toggle("noted", key in state.notes);
}

// ── 表格 ──

/** 合计随填随算：没有填合计的，显示相加的数。 */
function totals() {
  if (!plan) return;
  const value = (path) => {
    const at = field(path);
    const text = at ? plain(at.value) : "";
    if (text !== "") return is_number(text) ? Number(text) : null;
    const parts = plan.totals.find(([total]) => total === path);
    return parts ? sum(parts[1]) : null;
  };
  const sum = (paths) => paths.reduce((all, path) => {
    const one = all === null ? null : value(path);
    return one === null ? null : all + one;
  }, 0);
  for (const [total, parts] of plan.totals) {
    const at = field(total);
    if (!at) continue;
    const added = sum(parts);
    at.placeholder = added === null ? "" : String(added);
    const typed = plain(at.value);
    const is_off = typed !== "" && added !== null && is_number(typed) && Number(typed) !== added;
    at.parentElement.classList.toggle("off", is_off);
    at.dataset.sum = is_off ? "各项相加是 " + added : "";
  }
  plan.balances.forEach(([name, left, right], i) => {
    const place = document.querySelector("[data-balance=\"" + i + "\"]");
    if (!place) return;
    const [one, other] = [sum(left), sum(right)];
    const is_known = one !== null && other !== null;
    place.textContent = !is_known ? "未填全" : one === other ? "✓ 相等" : (one > other ? "少 " : "多 ") + Math.abs(one - other);
    place.className = "balance" + (!is_known ? "" : one === other ? " even" : " odd");
    place.title = is_known ? name + "：" + one + (one === other ? " ＝ " : " ≠ ") + other : "";
  });
}

/** 表中各格，按行。 */
function rows_of(table) {
  const rows = [];
  for (const at of table.querySelectorAll("input[data-row]")) {
    (rows[Number(at.dataset.row)] = rows[Number(at.dataset.row)] || []).push(at);
  }
  return rows;
}

function go_to(at) {
  if (!at) return;
  at.focus();
  at.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function keys_of_table(event) {
  const at = event.target;
  if (!at.matches("input[data-row]") || event.isComposing || event.keyCode === 229 || event.altKey) return;
  const rows = rows_of(at.closest("table"));
  const row = Number(at.dataset.row);
  const column = rows[row].indexOf(at);
  const down = (step) => rows[row + step] && rows[row + step][Math.min(column, rows[row + step].length - 1)];
  const is_whole = at.selectionStart === 0 && at.selectionEnd === at.value.length;
  const is_at = (end) => is_whole && !at.dataset.editing || at.selectionStart === at.selectionEnd && at.selectionStart === end;
  let to;
  switch (event.key) {
    case "Enter":
      if (event.ctrlKey) return;
      to = down(event.shiftKey ? -1 : 1);
      break;
    case "ArrowDown": to = down(1); break;
    case "ArrowUp": to = down(-1); break;
    case "ArrowLeft": if (!is_at(0)) return; to = rows[row][column - 1]; break;
    case "ArrowRight": if (!is_at(at.value.length)) return; to = rows[row][column + 1]; break;
    case "Home": if (!event.ctrlKey) return; to = rows[row][0]; break;
    case "End": if (!event.ctrlKey) return; to = rows[row][rows[row].length - 1]; break;
    case "F2":
      at.dataset.editing = "yes";
      at.setSelectionRange(at.value.length, at.value.length);
      break;
    case "Escape":
      waiting.delete(at.dataset.path);
      refused.delete(at.dataset.path);
      at.value = known(at.dataset.path);
      at.select();
      totals();
      paint();
      break;
    default: return;
  }
  event.preventDefault();
  go_to(to);
}

/** 一行或一张表里没有填的都填 0；合计照相加的，不填。 */
function zero(table, is_row) {
  const chosen = last_cell && table.contains(last_cell) ? last_cell : null;
  if (is_row && !chosen) return say("先点一下要填的那一行");
  const all = is_row ? rows_of(table)[Number(chosen.dataset.row)] : [...table.querySelectorAll("input[data-row]")];
  const empty = all.filter((at) => at.dataset.total === undefined && at.value.trim() === "");
  if (empty.length === 0) return say("没有空着的格");
  const changes = empty.map((at) => ({ kind: "value", path: at.dataset.path, old: known(at.dataset.path) || null, new: "0" }));
  return act("edit", { label: (is_row ? "本行" : "本表") + "其余填 0（" + empty.length + " 格）", changes })
    .then((why) => { if (!why) say("填了 " + empty.length + " 个 0"); });
}

/** 表格作为单元格复制出去。 */
function copy_out(table) {
  const lines = [...table.rows].map((row) => [...row.cells].map((cell) => {
    const input = cell.querySelector("input");
    const text = input ? input.value || input.placeholder : cell.textContent.trim();
    return { text, columns: cell.colSpan, rows: cell.rowSpan };
  }));
  const safe = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" }[c]));
  const html = "<table>" + lines.map((line) => "<tr>" + line.map(({ text, columns, rows }) =>
    "<td colspan=\"" + columns + "\" rowspan=\"" + rows + "\">" + safe(text) + "</td>").join("") + "</tr>").join("") + "</table>";
  const grid = spread(lines);
  copy(html, grid.map((line) => line.join("\t")).join("\r\n"), "已复制，可以在 Excel、WPS 里粘贴");
}

function copy(html, text, word) {
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
    say(word);
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
}

/** 合并的单元格摊开：文字在第一格，其余是空的。 */
function spread(lines) {
  const grid = [];
  lines.forEach((line, y) => {
    let x = 0;
    grid[y] = grid[y] || [];
    for (const { text, columns, rows } of line) {
      while (grid[y][x] !== undefined) x += 1;
      for (let down = 0; down < Math.min(rows, lines.length - y); down += 1) {
        grid[y + down] = grid[y + down] || [];
        for (let right = 0; right < columns; right += 1) grid[y + down][x + right] = down + right === 0 ? text : "";
      }
      x += columns;
    }
  });
  return grid.map((line) => Array.from(line, (text) => text || ""));
}

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

// ── 文字 ──

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
    item.append(button(one.figure, "link", () => select_words(box, one.at)), made("b", "", one.result), made("span", "", one.told));
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

// ── 检查结果 ──

let chosen = null;

const findings = () => named(state.findings, ({ field }) => field || "");

/** 字段的名称，说给人听。 */
function name_of(key) {
  const path = key.startsWith(NOTE) ? key.slice(NOTE.length) : key;
  const at = field(path);
  const place = at && at.closest(".field");
  const name = !at ? "" : at.getAttribute("aria-label") || (place ? place.querySelector("label").firstChild.textContent : "");
  return (name ? "“" + name.trim() + "”" : "") + (key.startsWith(NOTE) ? "的备注" : "");
}

/** 列出的是什么，没有变就不重做。 */
let listed = "";

function list() {
  const all = findings();
  show_counts(all);
  const now = JSON.stringify([section_now, state.findings]);
  if (now === listed) return;
  listed = now;
  const active = document.activeElement && document.activeElement.closest(".finding");
  const focused = active ? active.dataset.key : null;
  // 正在写理由的那一条不动。
  const open_form = document.querySelector(".accept:not([hidden])");
  const kept = open_form ? open_form.closest(".finding") : null;
  const item_of = (finding) => kept && kept.dataset.key === finding.key ? kept : entry(finding);
  const here = all.filter((one) => one.section === section_now && !one.is_unfilled);
  const elsewhere = all.filter((one) => one.section !== section_now && !one.is_unfilled);
  const unfilled = all.filter((one) => one.is_unfilled);
  element("here").replaceChildren(...here.map(item_of));
  element("elsewhere").replaceChildren(...elsewhere.map(item_of));
  element("unfilled").replaceChildren(...unfilled.map(item_of));
  element("unfilled-part").hidden = unfilled.length === 0;
  element("unfilled-part").querySelector("summary").textContent = "还没有填的 " + unfilled.length + " 处";
  element("here-title").hidden = here.length === 0;
  element("elsewhere-title").hidden = elsewhere.length === 0;
  const same = focused && document.querySelector(".finding[data-key=\"" + CSS.escape(focused) + "\"] .head");
  if (same && !(kept && kept.dataset.key === focused)) same.focus({ preventScroll: true });
  if (!all.some(({ key }) => key === chosen)) chosen = null;
  open_finding(chosen, false);
}

function entry(finding) {
  const open = () => choose(chosen === finding.key ? null : finding.key, true);
  const item = finding_item(finding, finding.place, [terms(finding)], open);
  const actions = item.querySelector(".actions");
  if (finding.repair) actions.append(button(finding.repair.label, "main", () => repair(finding)));
  if (finding.field) actions.append(button("去那里", "", () => choose(finding.key, true)));
  const form = item.querySelector(".accept");
  if (finding.can_be_accepted) {
    actions.append(button("接受……", "", () => {
      form.hidden = false;
      form.elements.by.value = sessionStorage.getItem("nianbao by") || "";
      form.elements.date.value = body.dataset.today;
      form.elements.reason.focus();
    }));
    form.querySelector(".leave").addEventListener("click", () => {
      form.hidden = true;
      item.querySelector(".head").focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      accept(finding, form);
    });
  } else {
    form.remove();
  }
  return item;
}

async function accept(finding, form) {
  const { reason: why, by, date } = form.elements;
  const wrong = form.querySelector(".wrong");
  const lacking = [[why, "请写理由"], [by, "请写姓名"], [date, "请写日期"]].find(([at]) => at.value.trim() === "");
  wrong.hidden = !lacking;
  if (lacking) {
    wrong.textContent = lacking[1];
    return lacking[0].focus();
  }
  sessionStorage.setItem("nianbao by", by.value.trim());
  const waive = { kind: "waive", rule: finding.code, at: finding.field, reason: why.value, by: by.value, date: date.value };
  form.hidden = true;
  const refusal = await act("edit", { label: "接受一条检查结果", changes: [waive] });
  if (refusal) {
    form.hidden = false;
    wrong.hidden = false;
    wrong.textContent = refusal;
  } else {
    element("panel-title").tabIndex = -1;
    element("panel-title").focus();
    say("已接受，记在“完成”里");
  }
  return undefined;
}

function repair(finding) {
  const { path, old, new: to, label } = finding.repair;
  return act("edit", { label: name_of(path) + label, changes: [{ kind: "value", path, old, new: to }] })
    .then((why) => { if (!why) say("已" + label); });
}

/** 打开一条检查结果；go 时转到它说的地方。 */
function choose(key, go) {
  chosen = key;
  open_finding(chosen, go);
  lay();
  const finding = key && findings().find((one) => one.key === key);
  if (!finding || !go) return;
  if (finding.section !== section_now) open_section(finding.section, false);
  land(finding);
}

/** 转到一条检查结果说的地方。 */
function land(finding) {
  if (!finding.field) return;
  const inside = [...fields()].find((at) => at.dataset.path.startsWith(finding.field + "."));
  const at = field(finding.field) || inside;
  if (!at) return;
  const details = at.closest("details");
  if (details) details.open = true;
  at.focus();
  at.scrollIntoView({ block: "center", inline: "nearest" });
  if (is_box(at) && finding.words) select_words(at, finding.words);
}

/** 到下一条或上一条。 */
function walk(step) {
  const all = findings().filter((one) => one.field);
  if (all.length === 0) return say("没有发现问题");
  const at = all.findIndex((one) => one.key === chosen);
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
  return choose(all[next].key, true);
}

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
  place.hidden = !said || said.childNodes.length === 0;
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
  if (!is_shown) return;
  const path = at.dataset.path;
  element("cell-name").textContent = at.getAttribute("aria-label");
  const help = [at.dataset.help, path in state.last ? "上年 " + state.last[path] : "", at.dataset.sum || "",
    at.dataset.total !== undefined && at.value === "" && at.placeholder ? "相加得 " + at.placeholder + "，可以不写" : ""];
  element("cell-help").textContent = help.filter(Boolean).join("。");
  const said = said_of(NOTE + path);
  element("cell-said").replaceChildren(said);
  const note = element("cell-note");
  if (note.dataset.key !== NOTE + path) {
    note.dataset.key = NOTE + path;
    const key = note.dataset.key;
    note.value = waiting.has(key) ? waiting.get(key) : known(key);
  }
}

// ── 各部分 ──

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
  });
  return place.replaceChildren(frame);
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

function finish() {
  const errors = state.findings.filter((one) => one.severity === "error").length;
  const others = state.findings.length - errors;
  const words = !state.can_be_made ? "有看不懂的地方，现在不能生成。"
    : errors > 0 ? "还有 " + errors + " 处错误，现在生成的每一页都标着“草稿”，不能公布。"
      : others > 0 ? "没有错误，可以生成；还有 " + others + " 处警告或提示，请看一遍。" : "没有发现问题，可以生成。";
  const standing = element("standing");
  standing.textContent = words;
  standing.className = "standing " + (errors > 0 || !state.can_be_made ? "bad" : "good");
  for (const out of document.querySelectorAll("[data-out]")) {
    out.classList.toggle("as-draft", state.is_draft && out.dataset.sheet === undefined);
    if (out.tagName === "BUTTON") out.disabled = !state.can_be_made;
    else if (state.can_be_made || out.dataset.sheet !== undefined) out.setAttribute("href", out.dataset.href);
    else out.removeAttribute("href");
  }
  const signed = element("signed");
  const is_changed = state.signed !== null && state.signed !== state.revision;
  signed.hidden = state.signed === null;
  signed.classList.toggle("bad", is_changed);
  signed.textContent = state.signed === null ? "" : "检查单（SHA-256 以 " + state.signed.slice(0, 8) + " 开头）"
    + (is_changed ? "生成以后又改过，签过字的要重新生成、重新签。" : "和现在的内容一致。");
  same();
  element("no-waived").hidden = state.waived.length > 0;
  element("waived").replaceChildren(...state.waived.map((one) => {
    const item = made("li");
    item.append(made("p", "message", one.message), made("p", "help", "理由：" + one.reason + "（" + one.by + "，" + one.date + "）"),
      button("撤回", "", () => act("edit", { label: "撤回一条接受", changes: [{ kind: "unwaive", index: one.index, rule: one.code }] })));
    return item;
  }));
  const reasons = [...new Set(state.unassessed)];
  element("unassessed-title").hidden = reasons.length === 0;
  element("unassessed").replaceChildren(...reasons.map((text) => made("li", "", text)));
}

/** 手里的检查单是不是现在这一稿。 */
function same() {
  const typed = half(element("same").value).replace(/\s/g, "").toLowerCase();
  const place = element("same-said");
  const is_whole = /^[0-9a-f]{8,64}$/.test(typed);
  const is_same = is_whole && state.revision.startsWith(typed);
  place.textContent = typed === "" ? "" : !is_whole ? "至少输入 8 位，只有 0 至 9 和 a 至 f"
    : is_same ? "✓ 是现在这一稿" : "不是现在这一稿：检查单生成以后内容改过，或者是别的年报的检查单";
  place.className = "same-said" + (is_same ? " even" : is_whole ? " odd" : "");
}

/** 改了程度的规则。 */
function levels() {
  const place = element("levels");
  const now = JSON.stringify(state.levels);
  if (place.dataset.shown === now) return;
  place.dataset.shown = now;
  const change = (rule, old, to) => act("edit", { label: "改规则 " + rule + " 的程度", changes: [{ kind: "level", rule, old, new: to }] });
  place.replaceChildren(...state.levels.map(([rule, level]) => {
    const item = made("li");
    const known = [...element("level-rule").options].find((one) => one.value === rule);
    const choice = element("level-level").cloneNode(true);
    choice.removeAttribute("id");
    choice.value = level;
    choice.setAttribute("aria-label", rule + "的程度");
    choice.addEventListener("change", () => change(rule, level, choice.value));
    item.append(made("span", "", known ? known.textContent : rule), choice, button("去掉", "", () => change(rule, level, null)));
    return item;
  }));
  element("level-add").onclick = () => {
    const rule = element("level-rule").value;
    if (rule === "") return say("先选一条规则");
    const old = (state.levels.find(([code]) => code === rule) || [null, null])[1];
    return change(rule, old, element("level-level").value).then((why) => { if (!why) element("level-rule").value = ""; });
  };
}

async function take_fragment() {
  await flush();
  const { status, data } = await ask("GET", "report.fragment");
  if (status !== 200) return say(reason(data));
  copy(data, data, "网页片段已复制，可以粘贴到网站后台");
  element("done").hidden = false;
  element("done").textContent = "网页片段已复制" + (state.is_draft ? "，是草稿" : "") + "。";
  return undefined;
}

async function print_report() {
  await flush();
  const old = element("printing");
  if (old) old.remove();
  const frame = made("iframe", "unseen");
  frame.id = "printing";
  frame.title = "打印";
  frame.src = "report.html";
  frame.addEventListener("load", () => {
    frame.contentWindow.focus();
    frame.contentWindow.print();
  });
  body.append(frame);
}

// ── 上次没有保存的 ──

/** 这个标签页里留着的：刷新以后、另存以后接着填。 */
function recall() {
  let left = [];
  let is_wanted = false;
  try {
    left = JSON.parse(sessionStorage.getItem(memory) || "[]");
    is_wanted = sessionStorage.getItem("nianbao take") === body.dataset.file;
    if (is_wanted) sessionStorage.removeItem("nianbao take");
  } catch (error) {
    // 浏览器不让存，就没有留着的。
  }
  if (is_wanted) take(left);
  else offer(left, () => sessionStorage.removeItem(memory));
  others.postMessage({ asks: body.dataset.file });
}

/** 这一页上有没有填它的地方。 */
const has_place = ([key]) => key.startsWith(NOTE) || Boolean(field(key));

/** 放进各处，然后保存。 */
function take(left) {
  for (const [key, value] of left.filter(has_place)) {
    waiting.set(key, value);
    if (field(key)) write(field(key), value);
  }
  totals();
  paint();
  send();
}

/** 问要不要恢复；答了以后 done，并说哪些在这里了。 */
function offer(all, done) {
  const here = all.filter(has_place);
  const left = here.filter(([key, value]) => known(key) !== value);
  if (left.length === 0) return;
  const place = element("restore");
  const answer = (is_wanted) => {
    place.hidden = true;
    if (is_wanted) take(left);
    done(is_wanted ? here.map(([key]) => key) : []);
  };
  place.hidden = false;
  place.replaceChildren("上次有 " + left.length + " 处没有保存：" + left.slice(0, 5).map(([key]) => name_of(key)).filter(Boolean).join("、") + (left.length > 5 ? "等" : "") + "。 ",
    button("恢复", "main", () => answer(true)), " ", button("不要了", "", () => answer(false)));
}

/** 同一台机器上别的标签页：程序停过以后，旧的页面里没有保存的由新打开的接过来。 */
const others = new BroadcastChannel("nianbao");
others.addEventListener("message", ({ data }) => {
  if (body.dataset.page !== "form" || !state) return;
  const is_lost = !element("lost").hidden;
  if (data.asks === body.dataset.file && is_lost && unsaved().length > 0) {
    others.postMessage({ has: data.asks, left: unsaved() });
  } else if (data.has === body.dataset.file && !is_lost) {
    offer(data.left, (keys) => others.postMessage({ took: data.has, keys }));
  } else if (data.took === body.dataset.file && is_lost) {
    for (const key of data.keys) [waiting, refused, clashes].forEach((all) => all.delete(key));
    remember();
    // 不要了的、那边没有地方填的，留在这里。
    if (unsaved().length > 0) return;
    element("lost").textContent = "年报已经在新打开的页面里继续填写，没有保存的内容也在那里。这一页可以关了。";
    saved_word("");
  }
});

// ── 开始 ──

async function step_back(way) {
  await flush();
  const { status, data } = await ask("POST", way, {});
  if (status !== 200) return say(reason(data));
  refused.clear();
  show(data);
  const label = data[way === "undo" ? "redo" : "undo"];
  return say((way === "undo" ? "已撤销" : "已重做") + (label ? "：" + label : ""));
}

function keys(event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (document.querySelector("dialog[open]")) return;
  const is_letter = (letter) => event.key.toLowerCase() === letter;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (is_letter("z") || is_letter("y"))) {
    // 写理由、查找这些不保存到文件里的地方，用浏览器自己的撤销。
    if (event.target.closest(".accept")) return;
    event.preventDefault();
    step_back(is_letter("y") || event.shiftKey ? "redo" : "undo");
  } else if (event.key === "F8" || event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    flush().then(() => walk(event.shiftKey ? -1 : 1));
  } else if (event.key === "Enter" && event.altKey) {
    const at = event.target.closest("[data-path]");
    const finding = at && findings().find((one) => one.repair && one.field === at.dataset.path);
    if (finding) {
      event.preventDefault();
      repair(finding);
    }
  } else if (event.key === "Enter" && event.target.matches(".field input") && event.target.dataset.path) {
    event.preventDefault();
    const all = [...fields()].filter((at) => at.offsetParent !== null);
    const next = all[all.indexOf(event.target) + 1];
    if (next) next.focus();
  }
}

let events = null;

function listen() {
  fall_silent();
  events = new EventSource("preview/events");
  events.addEventListener("message", refresh);
  events.addEventListener("closed", lost);
  events.addEventListener("error", lost);
}

function fall_silent() {
  if (events) events.close();
  events = null;
}

function fill_in() {
  plan = JSON.parse(element("plan").textContent);
  for (const out of document.querySelectorAll("a[data-out]")) {
    out.dataset.href = out.getAttribute("href");
    // 先保存，再生成；检查单生成以后，看它是不是还和内容一致。
    out.addEventListener("click", (event) => {
      if (out.dataset.sheet !== undefined) setTimeout(refresh_all, 1500);
      if (waiting.size === 0 && !sending) return;
      event.preventDefault();
      flush().then(() => out.click());
    });
  }
  const main = element("main");
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", (event) => {
    composing = false;
    const at = event.target.closest("[data-path], #cell-note");
    if (!at) return;
    if (at.dataset.row !== undefined && half(at.value) !== at.value) at.value = half(at.value);
    touch(at);
  });
  document.addEventListener("input", (event) => {
    const at = event.target.closest && event.target.closest("[data-path], #cell-note");
    if (at && !composing && !event.isComposing) touch(at);
    if (at && is_box(at)) lay();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-files]") && event.target.value === "?") {
      // 列表里没有的文件，写出位置。
      const at = made("input");
      at.type = "text";
      at.id = event.target.id;
      at.dataset.path = event.target.dataset.path;
      at.autocomplete = "off";
      at.setAttribute("aria-describedby", event.target.getAttribute("aria-describedby"));
      event.target.replaceWith(at);
      at.value = known(at.dataset.path);
      at.focus();
    } else if (event.target.matches("[data-path]")) {
      touch(event.target);
      send();
    }
  });
  main.addEventListener("keydown", keys_of_table);
  document.addEventListener("keydown", keys);
  document.addEventListener("focusin", (event) => {
    const at = event.target;
    if (at.dataset && at.dataset.row !== undefined) {
      last_cell = at;
      delete at.dataset.editing;
      at.select();
    }
    if (!at.closest("#bubble, #cell-said")) bubble();
  });
  document.addEventListener("focusout", (event) => {
    const at = event.target;
    if (at.dataset && at.dataset.path && state) setTimeout(() => renew_idle(at), 0);
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.dataset && event.target.dataset.row !== undefined && event.target === document.activeElement) {
      event.target.dataset.editing = "yes";
    }
  });
  document.addEventListener("selectionchange", () => {
    const at = document.activeElement;
    if (at && is_box(at) && !composing) choose_at_caret();
  });
  document.addEventListener("paste", (event) => {
    const at = event.target.closest && event.target.closest("[data-path]");
    if (!at) return;
    if (is_box(at)) {
      event.preventDefault();
      paste_text(at, event.clipboardData);
    } else if (at.dataset.row !== undefined) {
      const rows = block_of(event.clipboardData);
      if (!rows) return;
      event.preventDefault();
      paste_block(at, rows);
    }
  });
  document.addEventListener("copy", (event) => {
    const box = document.activeElement && document.activeElement.closest && document.activeElement.closest(".box");
    if (!box || getSelection().isCollapsed) return;
    // 引用的数复制出去还是引用。
    const holder = made("div");
    holder.append(getSelection().getRangeAt(0).cloneContents());
    event.preventDefault();
    event.clipboardData.setData("text/plain", read_box(holder));
  });
  for (const at of document.querySelectorAll(".toolbar")) {
    const table = at.parentElement.querySelector("table");
    at.addEventListener("mousedown", (event) => { if (event.target.matches("button")) event.preventDefault(); });
    at.addEventListener("click", (event) => {
      const what = event.target.dataset && event.target.dataset.do;
      if (what === "row-zero" || what === "table-zero") zero(table, what === "row-zero");
      if (what === "copy") copy_out(table);
    });
  }
  for (const at of document.querySelectorAll("[data-add]")) at.addEventListener("click", () => add_part(at.dataset.add));
  const names = [...document.querySelectorAll(".sections a")].map((link) => link.dataset.section);
  for (const at of document.querySelectorAll("[data-onward]")) {
    const own = at.closest(".sheet").id.slice(2);
    at.addEventListener("click", () => open_section(names[names.indexOf(own) + 1], true));
  }
  document.querySelector(".sections").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    open_section(link.dataset.section, true);
  });
  element("undo").addEventListener("click", () => step_back("undo"));
  element("redo").addEventListener("click", () => step_back("redo"));
  element("fragment").addEventListener("click", take_fragment);
  element("same").addEventListener("input", same);
  element("print").addEventListener("click", print_report);
  foldable();
  addEventListener("resize", () => { current_in_view(); lay(); bubble(); });
  addEventListener("scroll", () => { if (!element("bubble").hidden) bubble(); }, true);
  addEventListener("beforeunload", (event) => {
    if (waiting.size === 0 || is_leaving) return;
    event.preventDefault();
    event.returnValue = "";
  });
  // 浏览器对一个地址只开六个连接：不看的标签页把连接让出来。
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      send();
      fall_silent();
    } else listen();
  });
  addEventListener("pagehide", fall_silent);
  if (matchMedia("(max-width: 48rem)").matches) element("fold").click();
  const wanted = location.hash.slice(1);
  open_section(names.includes(wanted) ? wanted : "head", false);
  refresh().then(listen);
}

async function refresh_all() {
  const { status, data } = await ask("GET", "state");
  if (status === 200) show(data);
}

/** 离开一格以后，写成程序那边的样子。 */
function renew_idle(at) {
  if (document.activeElement !== at && at.isConnected) renew(at);
}

if (body.dataset.page === "start") start();
else fill_in();
