// 上次没有保存的，和别的标签页里没有保存的。

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
