// 检查结果的列表：预览和填写共用。
const SEVERITIES = [["error", "错误"], ["warning", "警告"], ["hint", "提示"]];

/** 检查结果，各有一个名字：数变了，名字不变。 */
function named(findings, place_of) {
  const seen = new Map();
  return findings.map((finding) => {
    const name = finding.code + " " + place_of(finding);
    const n = seen.get(name) || 0;
    seen.set(name, n + 1);
    return { ...finding, key: name + " " + n };
  });
}

/** 各种程度有几处；没有的不说。 */
function counts(findings) {
  const n = (key) => findings.filter(({ severity }) => severity === key).length;
  return SEVERITIES.filter(([key]) => n(key) > 0).map(([key, name]) => ({ key, text: name + " " + n(key) }));
}

function show_counts(findings) {
  element("clean").hidden = findings.length > 0;
  element("counts").replaceChildren(...counts(findings).map(({ key, text }) => made("li", key, text)));
}

/** 改法、依据和层级。 */
function terms(finding) {
  const list = made("dl");
  const authority = [].concat(finding.authority || []);
  for (const [name, texts] of [["改法", finding.help], ["依据", finding.basis], ["层级", authority]]) {
    for (const text of texts) list.append(made("dt", "", name), made("dd", "", text));
  }
  return list;
}

/** 一条检查结果：一行可以打开的话，下面是详情。 */
function finding_item(finding, where, details, open) {
  const item = element("finding").content.firstElementChild.cloneNode(true);
  item.classList.add(finding.severity);
  item.dataset.key = finding.key;
  item.querySelector(".mark").textContent = finding.severity_name;
  item.querySelector(".message").textContent = finding.message;
  item.querySelector(".where").textContent = where;
  item.querySelector(".details").prepend(...details);
  const head = item.querySelector(".head");
  if (item.querySelector(".details").childElementCount > 0) head.addEventListener("click", open);
  else head.removeAttribute("aria-expanded");
  return item;
}

/** 打开一条，合上别的。 */
function open_finding(key, go) {
  for (const item of document.querySelectorAll(".finding")) {
    const is_open = item.dataset.key === key;
    const head = item.querySelector(".head");
    if (is_open && go && item.closest("details")) item.closest("details").open = true;
    item.classList.toggle("chosen", is_open);
    item.querySelector(".details").hidden = !is_open;
    if (head.hasAttribute("aria-expanded")) head.setAttribute("aria-expanded", String(is_open));
    if (is_open && go) item.scrollIntoView({ block: "nearest" });
  }
}

/** 窄屏上收起和展开。 */
function foldable() {
  element("fold").addEventListener("click", () => {
    const folded = document.querySelector(".panel").classList.toggle("folded");
    element("fold").setAttribute("aria-expanded", String(!folded));
    element("fold").textContent = folded ? "展开" : "收起";
  });
}
