// 完成：生成、检查单、已接受的问题、规则的程度。

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
  element("scopes-title").hidden = state.scopes.length === 0;
  element("all-scopes").replaceChildren(...scope_items(state.scopes, true));
  const entry = state.values["second.entry"];
  element("second-words").textContent = state.second ? state.second.words
    : entry ? "第二人录在“" + entry + "”里，现在还不能比对。" : "没有做。要求严的，可以请另一人照台账再录一遍三张表，程序逐格比对，不同的格标出来。";
  element("second-words").className = state.second ? "standing " + (state.second.is_settled ? "good" : "bad") : "help";
  element("second-begin").hidden = Boolean(entry);
  element("sources-title").hidden = state.sources.length === 0;
  element("all-sources").replaceChildren(...state.sources.map(source_item));
  element("without-source").hidden = state.without_source.length === 0;
  element("without-source").textContent = "没有写来源的：" + state.without_source.join("、");
  const reasons = [...new Set(state.unassessed)];
  element("unassessed-title").hidden = reasons.length === 0;
  element("unassessed").replaceChildren(...reasons.map((text) => made("li", "", text)));
}

/** 建一份只有三张表的空文件，给第二人填。 */
async function begin_second() {
  await flush();
  const { status, data } = await ask("POST", "second", {});
  if (status !== 200) return say(reason(data));
  element("done").hidden = false;
  element("done").textContent = "已建“" + data.name + "”。请第二人运行程序、打开它，不看这里的数，照台账填三张表。";
  return refresh();
}

/** 第二人的文件只有三张表。 */
const TABLES = ["disclosure", "requests", "challenges"];

function only_tables() {
  body.classList.toggle("second", state.is_second);
  element("second-note").hidden = !state.is_second;
  if (!state.is_second) return;
  for (const link of document.querySelectorAll(".sections a")) link.parentElement.hidden = !TABLES.includes(link.dataset.section);
  element("title").textContent = "二人复核：" + state.title;
  if (!TABLES.includes(section_now)) open_section(TABLES[0], false);
}

/** 一处来源，可以删去。 */
function source_item({ at, place, from, date, by }) {
  const item = made("li");
  const more = [date, by].filter(Boolean).join("，");
  item.append(made("span", "", place + "：" + from + (more ? "（" + more + "）" : "")),
    button("删去", "", () => act("edit", { label: "删去来源", changes: [{ kind: "source", path: at, old: { from, date, by }, new: null }] })));
  return item;
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
