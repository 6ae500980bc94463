// 检查结果：列表、接受、改正，到说的地方去。

let chosen = null;

const findings = () => named(state.findings, ({ field }) => field || "");

/** 字段的名称，说给人听。 */
function name_of(key) {
  const path = key.startsWith(NOTE) ? key.slice(NOTE.length) : key;
  const at = field(path);
  const place = at && at.closest(".field");
  const noted = plan.places.find(([known_path]) => known_path === path);
  if (!at && noted) return noted[1] + "的备注";
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
  const open_form = document.querySelector(".finding .accept:not([hidden])");
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
