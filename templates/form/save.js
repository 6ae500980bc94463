// 填的内容：读、写、保存，撤回没有成功的。

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
  element("saved").title = text;
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
  only_tables();
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
  const row = at.parentElement.parentElement.querySelector("th[scope=row]");
  if (row) row.classList.toggle("noted", key.replace(/\.[^.]*$/, "") in state.notes);
}
