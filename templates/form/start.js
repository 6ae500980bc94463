// 新建、打开、接着上年。

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
        made("span", "", (value.read ? "已经读入，请对照原文核对：" : "已经建好。上年的年报里接过来的内容有错误，请留意：") + data.doubts.join("；") + " "),
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
  // The report that goes on from one is of the year after it, and its file is named so unless another name is typed.
  const from = element("x-from");
  const follow = () => {
    const year = from.selectedOptions[0].textContent.match(/(?:^|\D)((?:19|20)\d\d)(?!\d)/);
    const next = element("x-name");
    if (year && /^\d*年年报$/.test(next.value)) next.value = Number(year[1]) + 1 + "年年报";
  };
  if (from) from.addEventListener("change", follow);
  for (const choice of document.querySelectorAll("[data-next]")) {
    choice.addEventListener("click", () => {
      from.value = choice.dataset.next;
      follow();
      element("t-next").scrollIntoView({ block: "nearest" });
      element("x-name").focus();
    });
  }
  for (const choice of document.querySelectorAll("[data-read]")) {
    const name = choice.dataset.read.split(/[\\/]/).pop().replace(/\.[^.]*$/, "");
    const card = document.querySelector("[aria-labelledby=t-open]");
    choice.addEventListener("click", () => go(card, "new", { name, read: choice.dataset.read }));
  }
  start_units(say);
  const noting = element("noting");
  if (noting) noting.addEventListener("change", () => ask("POST", "recent", { is_on: noting.checked }));
}
