// 口径：一段或一句里的数是谁的，不由表统计的不与表核对。

/** 数所在的那一句里能照抄的几个字：不含引用的数，取最长的一截。 */
function sentence_words(box, at) {
  const text = read_box(box);
  const ends = /[。！？\n]/;
  let start = at;
  while (start > 0 && !ends.test(text[start - 1])) start -= 1;
  let end = at;
  while (end < text.length && !ends.test(text[end])) end += 1;
  const MOST = 60;
  const pieces = text.slice(start, end).split(BOUND).map((piece) => piece.trim());
  return pieces.reduce((longest, piece) => piece.length > longest.length ? piece : longest, "").slice(0, MOST);
}

/** 打开说明口径的几栏；words 是那一句里的字。 */
function ask_scope(box, words) {
  const place = box.closest(".textpart");
  const form = place.querySelector(".scope");
  const extent = form.elements.extent;
  extent.replaceChildren(...(words ? [new Option("这一句：“" + words + "”", words)] : []), new Option("这一整段", ""));
  form.querySelector(".wrong").hidden = true;
  form.hidden = false;
  form.elements.whose.value = "other";
  form.elements.reason.focus();
}

/** 每个文字框下面说明口径的几栏，和已经说明的。 */
function scope_form(part, box) {
  const form = part.querySelector(".scope");
  const wrong = form.querySelector(".wrong");
  form.querySelector(".leave").addEventListener("click", () => {
    form.hidden = true;
    box.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { extent, whose, reason: why } = form.elements;
    if (why.value.trim() === "") {
      wrong.textContent = "请写理由，例如“含下属单位”";
      wrong.hidden = false;
      return why.focus();
    }
    const change = { kind: "scope", at: box.dataset.path, words: extent.value || null, whose: whose.value, reason: why.value };
    const refusal = await act("edit", { label: "说明口径", changes: [change] });
    wrong.textContent = refusal || "";
    wrong.hidden = !refusal;
    if (refusal) return undefined;
    why.value = "";
    form.hidden = true;
    box.focus();
    return say("已说明口径");
  });
}

/** 说明过的口径，一条一行，可以撤回。 */
function scope_items(scopes, with_place) {
  return scopes.map((one) => {
    const item = made("li");
    const of = (with_place ? one.place + "：" : "") + (one.words ? "“" + one.words + "”一句" : "整段");
    item.append(made("span", "", of + "，" + one.whose + "。理由：" + one.reason),
      button("撤回", "", () => act("edit", { label: "撤回一条口径", changes: [{ kind: "unscope", index: one.index, at: one.at }] })));
    return item;
  });
}

/** 是不是这一段文字的。 */
const is_scope_of = (scope, path) => scope.at === path || /\]$/.test(scope.at) && path.startsWith(scope.at + ".");

function show_scopes(box) {
  const own = state.scopes.filter((one) => is_scope_of(one, box.dataset.path));
  const place = box.closest(".textpart").querySelector(".scopes");
  const now = JSON.stringify(own);
  if (place.dataset.shown === now) return;
  place.dataset.shown = now;
  place.hidden = own.length === 0;
  place.replaceChildren(...scope_items(own, false));
}
