// 键盘、事件和开始。最后一个，前面各个都在了。

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
  } else if (event.key === "F9") {
    const path = traced_at(event.target);
    if (!path) return;
    event.preventDefault();
    inspect(path);
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
  events.addEventListener("message", (event) => {
    printed = JSON.parse(event.data);
    mark_figures();
    refresh();
  });
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
    if (at && is_box(at) && !composing) {
      choose_at_caret();
      offer_trace(at);
    }
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
  element("inspect").addEventListener("click", () => inspect(last_cell.dataset.path));
  main.addEventListener("click", (event) => {
    const at = event.target.closest && event.target.closest(".chip");
    const path = at && cell_of_chip(at);
    const trace = event.target.closest && event.target.closest(".trace");
    const what = trace ? traced_at(trace.closest(".textpart").querySelector(".box")) : path;
    if (what) inspect(what);
  });
  main.addEventListener("mousedown", (event) => { if (event.target.closest(".trace")) event.preventDefault(); });
  listen_to_inspector();
  element("note-of").addEventListener("change", () => note_of(element("note-of").value));
  element("mark-figures").addEventListener("change", () => {
    const is_wanted = element("mark-figures").checked;
    element("legend").hidden = !is_wanted;
    mark_figures();
    say(is_wanted ? "已标出文字中的数" : "不再标出");
  });
  element("undo").addEventListener("click", () => step_back("undo"));
  element("redo").addEventListener("click", () => step_back("redo"));
  element("fragment").addEventListener("click", take_fragment);
  element("second-begin").addEventListener("click", begin_second);
  element("same").addEventListener("input", same);
  element("print").addEventListener("click", print_report);
  word();
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
else if (body.dataset.page === "units") office();
else fill_in();
