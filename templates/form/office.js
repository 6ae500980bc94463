// 单位：报送情况、收件、催报和退回、下发、名单；汇总和比较在 sums.js。都由程序做，这里只显示和选择。

/** 一个文件最多的字节，和程序那边一样。 */
const MOST_OF_A_FILE = 32 * 1024 * 1024;
/** 一次最多放的文件。 */
const MOST_FILES = 3_000;

/** 不超过这么多单位的，每个文件都先列出全部单位。 */
const FEW_UNITS = 200;

let office_state = null;

function office_say(text) {
  element("announce").textContent = text;
  element("saved").textContent = text;
}

function office_trouble(text) {
  element("trouble").hidden = !text;
  element("trouble").textContent = text || "";
}

/** 请程序做一件事；做的时候按钮不能再按，没有做成就说明为什么。 */
async function office_do(path, value, buttons) {
  office_trouble("");
  for (const one of buttons) one.disabled = true;
  body.classList.add("wait");
  const { status, data } = await ask("POST", path, value);
  for (const one of buttons) one.disabled = false;
  body.classList.remove("wait");
  if (status === 0) element("lost").hidden = false;
  if (status !== 200) {
    office_trouble(reason(data));
    element("trouble").scrollIntoView({ block: "nearest" });
    return null;
  }
  return data;
}

function cell_of(kind, name, ...content) {
  const cell = made(kind, name);
  if (kind === "th") cell.scope = "row";
  cell.append(...content);
  return cell;
}

const deep = (row) => made("span", "deep-" + Math.min(row.level, 4), row.name);

function link_to(words, href) {
  const link = made("a", "small", words);
  link.href = href;
  return link;
}

async function open_report(unit) {
  const data = await office_do("open", { unit }, []);
  if (data) location.assign(data.to);
}

function stand_row(row) {
  const line = made("tr", row.state === "group" ? "group-row" : row.state + (row.is_late ? " late" : ""));
  const tools = made("div", "row-tools");
  if (row.is_there) {
    const open = button("打开", "", () => open_report(row.unit));
    open.setAttribute("aria-label", "打开" + row.name + "的报告");
    tools.append(open);
  }
  if (row.state === "lacking") {
    const sheet = link_to("问题单", "back.docx?" + row.unit);
    sheet.setAttribute("aria-label", row.name + "的问题单");
    tools.append(sheet);
  }
  line.append(cell_of("th", "", deep(row)), cell_of("td", "state", row.words), cell_of("td", "", row.details), cell_of("td", "", tools));
  return line;
}

const is_wanted = {
  "": () => true,
  open: (row) => row.state === "missing" || row.state === "lacking",
  missing: (row) => row.state === "missing",
  lacking: (row) => row.state === "lacking",
  late: (row) => row.is_late,
};

function show_rows() {
  const rows = office_state.rows.filter(is_wanted[element("show").value]);
  element("stand-rows").replaceChildren(...rows.map(stand_row));
  element("stand-rows").closest(".wide").hidden = rows.length === 0;
  element("none-shown").hidden = rows.length > 0;
}

function list_row(row) {
  const line = made("tr", row.file ? "" : "group-row");
  const file = cell_of("td", "", row.file || "（分组，自己不报）");
  if (row.holds) file.append(made("div", "help", "报的数：" + row.holds));
  line.append(cell_of("th", "", deep(row)), cell_of("td", "", row.kind || (row.file ? "没有写" : "")), cell_of("td", "", row.rank || (row.file ? "没有写" : "")), file);
  return line;
}

/** 左边各部分下面的字。 */
function office_count(name, text, kind) {
  const link = document.querySelector(".sections a[data-section=" + name + "]");
  link.querySelector(".count").textContent = text;
  link.className = kind || "";
}

function office_show(data) {
  const wrong = data.wrong || [];
  element("wrong-list").hidden = wrong.length === 0;
  element("wrong-list").querySelector("ul").replaceChildren(...wrong.map((text) => made("li", "", text)));
  if (wrong.length > 0) {
    element("title").textContent = "名单有错误";
    for (const table of document.querySelectorAll("#list-rows, #stand-rows")) table.closest(".wide").hidden = true;
    office_count("list", wrong.length + " 处错误", "wrong");
    for (const at of document.querySelectorAll("#main button, #main select, #main input")) at.disabled = true;
    return office_open("list", false);
  }
  const is_mended = office_state === null || element("receive").disabled;
  if (is_mended) for (const at of document.querySelectorAll("#main button, #main select, #main input")) at.disabled = false;
  office_state = data;
  element("title").textContent = data.title;
  document.title = data.title + "报送情况";
  element("standing").textContent = data.counts + (data.is_whole ? "。都报了、都能用，可以汇总。" : "");
  element("standing").className = "standing " + (data.is_whole ? "good" : "bad");
  element("head").textContent = data.head;
  show_rows();
  const due = data.rows.filter((row) => row.state !== "group");
  const n = (is_it) => due.filter(is_it).length;
  const lacking = n(is_wanted.open);
  office_count("stand", lacking === 0 ? "都报好了" : "还差 " + lacking + " 个", lacking === 0 ? "done" : "");
  office_count("receive", data.n_waiting > 0 ? data.n_waiting + " 个文件没有收" : "", "");
  const back = data.n_to_send_back;
  office_count("back", back > 0 ? back + " 个要退回" : n(is_wanted.missing) > 0 ? n(is_wanted.missing) + " 个没有报" : "", "");
  office_count("list", due.length + " 个单位", "");
  office_count("send", data.due ? "截止 " + data.due : "", "");
  element("beside").hidden = data.beside.length === 0;
  element("beside").querySelector("ul").replaceChildren(...data.beside.map((text) => made("li", "", text)));
  element("reminder").value = data.reminder;
  element("to-remind").hidden = data.reminder === "";
  element("none-to-remind").hidden = data.reminder !== "";
  element("send-back").textContent = "给 " + back + " 个单位生成问题单";
  element("send-back").hidden = back === 0;
  const wrong_units = due.filter(is_wanted.lacking);
  element("none-to-send-back").hidden = back > 0;
  element("none-to-send-back").textContent = wrong_units.length > 0 ? "报来不能用的都退回了。" : "没有要退回的。";
  element("sheets").replaceChildren(...wrong_units.map((row) => {
    const item = made("li");
    const sheet = link_to("下载问题单", "back.docx?" + row.unit);
    sheet.setAttribute("aria-label", "下载问题单：" + row.name);
    item.append(made("span", "where", row.name + "：" + row.words + (row.details ? "；" + row.details : "")), sheet);
    return item;
  }));
  if (document.activeElement !== element("due")) element("due").value = data.due || "";
  const last = element("last");
  const known = last.value;
  last.replaceChildren(new Option("没有，或者不用", ""), ...data.folders.map((name) => new Option(name, name)));
  last.value = data.folders.includes(known) ? known : "";
  element("list-head").textContent = "各单位汇总到“" + data.body + "”，" + data.year + "年度" + (data.due ? "，" + data.due + " 以前报齐" : "") + "。";
  element("list-rows").replaceChildren(...data.rows.map(list_row));
  element("list-rows").closest(".wide").hidden = false;
  return undefined;
}

async function office_refresh() {
  const { status, data } = await ask("GET", "state");
  element("lost").hidden = status !== 0;
  if (status === 200) office_show(data);
  return status === 200;
}

/** 窄屏上各部分横着排，开着的那一部分总看得见。 */
function office_in_view() {
  const menu = document.querySelector(".sections");
  const current = menu.querySelector("a[aria-current]");
  if (current) menu.scrollLeft = Math.max(0, current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2);
}

function office_open(name, is_focused) {
  for (const sheet of document.querySelectorAll(".sheet")) sheet.hidden = sheet.id !== "s-" + name;
  for (const link of document.querySelectorAll(".sections a")) {
    if (link.dataset.section === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  office_in_view();
  if (name === "sum") sums_show();
  history.replaceState(null, "", "#" + name);
  if (is_focused) {
    element("h-" + name).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** 文件夹里的文件也拿出来。 */
async function files_of_entry(entry, found) {
  if (entry.isFile) {
    found.push(await new Promise((done, fail) => entry.file(done, fail)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return;
    for (const one of some) await files_of_entry(one, found);
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
  if (entries.length === 0 || entries.some((entry) => !entry)) return [...transfer.files];
  const found = [];
  for (const entry of entries) await files_of_entry(entry, found);
  return found;
}

/** 放进收件夹的一个文件；没有放成的说明为什么。 */
async function put_file(file) {
  if (file.size > MOST_OF_A_FILE) return "太大（超过 32 MB），没有放进收件夹";
  let bytes;
  try {
    bytes = await file.arrayBuffer();
  } catch (error) {
    return "读不出来，没有放进收件夹；是文件夹的，请选里面的文件";
  }
  const { status, data } = await ask("POST", "inbox?" + encodeURIComponent(file.name), bytes);
  if (status === 0) element("lost").hidden = false;
  return status === 200 ? "" : reason(data);
}

const pause = (time) => new Promise((done) => setTimeout(done, time));

async function take_in(files) {
  if (files.length === 0) return undefined;
  office_trouble("");
  const said = element("receiving");
  const buttons = ["receive", "look", "take-chosen", "upload"].map(element);
  for (const one of buttons) one.disabled = true;
  const wrong = [];
  said.hidden = false;
  const some = files.slice(0, MOST_FILES);
  for (const [i, file] of some.entries()) {
    said.textContent = "正在放进收件夹：" + (i + 1) + "／" + some.length;
    const why = await put_file(file);
    if (why) wrong.push("“" + file.name + "”" + why);
    await pause(30);
  }
  if (files.length > some.length) wrong.push("一次最多放 " + MOST_FILES + " 个文件，还有 " + (files.length - some.length) + " 个没有放");
  element("not-put").hidden = wrong.length === 0;
  element("not-put").replaceChildren(...wrong.map((text) => made("li", "", text)));
  return receive([], false);
}

function received_row(row) {
  const line = made("tr", row.state);
  const unit = made("td");
  if (row.is_open) {
    const choice = made("select");
    choice.dataset.file = row.file;
    choice.setAttribute("aria-label", row.file + "是哪个单位的");
    const name = (i) => office_state.rows.find((one) => one.unit === i).name;
    const add_others = () => {
      const others = office_state.rows.filter((one) => one.file && !row.may_be.includes(one.unit));
      choice.append(...others.map((one) => new Option(one.name, one.unit)));
    };
    choice.append(new Option("不收", ""), ...row.may_be.map((i) => new Option((row.unit ? "收这一份：" : "是 ") + name(i), i)));
    // 单位很多的，选的时候再列：每个文件都列出全部单位，页面会很慢。
    if (!row.unit && office_state.rows.length <= FEW_UNITS) add_others();
    else if (!row.unit) choice.addEventListener("focus", add_others, { once: true });
    choice.addEventListener("change", () => {
      // 一个单位只收一份。
      if (row.unit && choice.value !== "") {
        for (const other of chosen_files()) {
          if (other !== choice && other.value === choice.value) other.value = "";
        }
      }
      count_chosen();
    });
    unit.append(choice);
  } else unit.append(row.unit);
  line.append(cell_of("th", "", row.file), unit, cell_of("td", "state", row.text));
  return line;
}

const chosen_files = () => [...document.querySelectorAll("#received-rows select")];

function count_chosen() {
  const n = chosen_files().filter((at) => at.value !== "").length;
  element("take-chosen").hidden = n === 0;
  element("take-chosen").textContent = "收选定的 " + n + " 个";
}

async function receive(choices, dry_run) {
  const said = element("receiving");
  said.hidden = false;
  said.textContent = dry_run ? "正在看……" : "正在收……";
  const buttons = ["receive", "look", "take-chosen", "upload"].map(element);
  const data = await office_do("receive", { choices, blank_is_zero: element("blank-is-zero").checked, dry_run }, buttons);
  if (!data) {
    said.hidden = true;
    return;
  }
  said.textContent = data.summary + (dry_run ? "。只是看看，没有收。" : "。");
  // 没有收的排在前面。
  const order = ["left", "taken", "known"];
  const rows = [...data.rows].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  element("received").hidden = rows.length === 0;
  element("received-rows").replaceChildren(...rows.map(received_row));
  element("receive-notes").replaceChildren(...data.notes.map((text) => made("li", "", text)));
  count_chosen();
  await office_refresh();
  office_say(data.summary);
}

async function send_out(event) {
  event.preventDefault();
  const what = element("what").value;
  const value = {
    data: what !== "workbook", workbook: what !== "data", due: element("due").value, last: element("last").value, all: element("all").checked,
  };
  const said = element("sending");
  said.hidden = false;
  said.textContent = "正在生成……";
  const data = await office_do("send", value, [...element("send").querySelectorAll("button")]);
  if (!data) {
    said.hidden = true;
    return;
  }
  const n = data.rows.filter((row) => row.has_failed).length;
  said.textContent = "放在 " + data.folder + "，每个单位一个文件夹，发给各单位就行。" + (n > 0 ? "有 " + n + " 个单位没有发成。" : "");
  element("sent").hidden = false;
  element("sent-rows").replaceChildren(...data.rows.map((row) => {
    const line = made("tr", row.has_failed ? "left" : "");
    line.append(cell_of("th", "", row.unit), cell_of("td", "", row.text));
    return line;
  }));
  element("send-notes").replaceChildren(...data.notes.map((text) => made("li", "", text)));
  await office_refresh();
  office_say("已生成");
}

async function give_back() {
  const data = await office_do("send-back", {}, [element("send-back")]);
  if (!data) return;
  const said = element("sent-back");
  said.hidden = false;
  said.textContent = "已生成 " + data.files.length + " 份问题单：" + data.files.join("、") + "。发给各单位改正。";
  await office_refresh();
  office_say("已生成 " + data.files.length + " 份问题单");
}

function copy_reminder() {
  const text = element("reminder").value;
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    office_say("催报的话已复制");
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
}

function listen_to_drops() {
  const drop = element("drop");
  const has_files = (event) => [...event.dataTransfer.types].includes("Files");
  // 拖到哪里都算拖到“收件”，不然浏览器会打开那个文件。
  document.addEventListener("dragover", (event) => {
    if (!has_files(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drop.classList.remove("over");
  });
  document.addEventListener("drop", async (event) => {
    if (!has_files(event)) return;
    event.preventDefault();
    drop.classList.remove("over");
    if (office_state === null) return;
    office_open("receive", false);
    if (element("receive").disabled) {
      office_trouble("刚才拖来的没有放进收件夹：上一次的还没有收完，等收完再拖");
      return;
    }
    try {
      await take_in(await dropped(event.dataTransfer));
    } catch (error) {
      office_trouble("拖来的文件有的读不出来，没有放进收件夹；把它们拷到本机再拖");
    }
  });
  const upload = element("upload");
  upload.addEventListener("click", () => { upload.value = ""; });
  upload.addEventListener("change", () => take_in([...upload.files]));
}

function office() {
  const names = [...document.querySelectorAll(".sections a")].map((link) => link.dataset.section);
  document.querySelector(".sections").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    office_open(link.dataset.section, true);
  });
  element("show").addEventListener("change", show_rows);
  element("refresh").addEventListener("click", async () => {
    if (!(await office_refresh())) return;
    if (!element("s-sum").hidden) await sums_show();
    office_say("已刷新");
  });
  element("receive").addEventListener("click", () => receive([], false));
  element("look").addEventListener("click", () => receive([], true));
  element("take-chosen").addEventListener("click", () =>
    receive(chosen_files().filter((at) => at.value !== "").map((at) => [at.dataset.file, Number(at.value)]), false));
  element("send").addEventListener("submit", send_out);
  element("send-back").addEventListener("click", give_back);
  element("copy-reminder").addEventListener("click", copy_reminder);
  listen_to_drops();
  addEventListener("resize", office_in_view);
  // 别处收了、改了名单，回到这一页就看到。
  document.addEventListener("visibilitychange", () => { if (!document.hidden) office_refresh(); });
  const wanted = location.hash.slice(1);
  office_open(names.includes(wanted) ? wanted : "stand", false);
  office_refresh();
}
