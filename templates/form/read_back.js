// 领导改过的 Word：选文件，逐处看，采用的写进数据文件。

/** 上次读的文件：从哪里读，重新读时再读一遍。 */
let word_source = null;

function word_wrong(text) {
  const place = element("word-wrong");
  place.hidden = !text;
  place.textContent = text || "";
}

const word_reason = (data) => data.wrong ? data.wrong.map((one) => one.why).join("；") : reason(data);

/** 读一个文件：文件夹里的一个名字，或者从别处选来的文件。 */
async function read_word(source) {
  word_wrong("");
  element("word-done").hidden = true;
  await flush();
  let bytes = null;
  if (source instanceof File) {
    try {
      bytes = await source.arrayBuffer();
    } catch (error) {
      return word_wrong("这个文件选了以后又改过，请再选一次");
    }
  }
  const { status, data } = bytes !== null
    ? await ask("POST", "read-back/upload", bytes)
    : await ask("POST", "read-back", { file: source });
  if (status !== 200) {
    if (is_away(status)) lost();
    element("word-found").hidden = true;
    return word_wrong(word_reason(data));
  }
  word_source = source;
  list_word(data);
  const n = data.proposals.length;
  say(n > 0 ? "读出 " + n + " 处改动，逐处看过再写入" : "没有改动");
  return undefined;
}

/** 两段话不同的那一截，前后相同的原样。 */
function differing(old, now) {
  const [one, other] = [[...old], [...now]];
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < most - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1;
  return [one, other].map((all) => [all.slice(0, head), all.slice(head, all.length - tail), all.slice(all.length - tail)].map((part) => part.join("")));
}

function word_line(label, kind, [head, middle, tail]) {
  const line = made("p", kind);
  line.append(made("span", "label", label), head);
  if (middle !== "") line.append(made(kind, "", middle));
  line.append(tail);
  return line;
}

/** 一处改动：原来和现在，谁改的，采用不采用。 */
function word_item(one, i) {
  const item = made("li", "correction");
  const tick = made("input");
  tick.type = "checkbox";
  tick.checked = one.doubt === null;
  tick.dataset.number = i;
  tick.addEventListener("change", count_word);
  const label = made("label", "tick");
  label.append(tick, one.name);
  const marks = one.authors.concat(one.is_moved ? ["移动"] : []);
  if (marks.length > 0) label.append(made("span", "who", marks.join("、")));
  const [old, now] = differing(one.before, one.after);
  item.append(label);
  if (one.before !== "") item.append(word_line("原来", "del", old));
  if (one.after !== "") item.append(word_line("现在", "ins", now));
  else item.append(made("p", "help", "删去"));
  if (one.doubt !== null) item.append(made("p", "doubt", "存疑：" + one.doubt + "。对照 Word 看清再采用"));
  const at = field(one.path) || [...fields()].find((known_at) => known_at.dataset.path.startsWith(one.path + "."));
  if (at) item.append(button("看填写的地方", "link", () => visit(at)));
  return item;
}

function visit(at) {
  open_section(at.closest(".sheet").id.slice(2), false);
  const details = at.closest("details");
  if (details) details.open = true;
  at.focus();
  at.scrollIntoView({ block: "center", inline: "nearest" });
}

/** 批注说的话在哪一个框里。 */
function box_with(about) {
  const squeezed = (text) => text.replace(/\s/g, "");
  const wanted = squeezed(about);
  return wanted && [...document.querySelectorAll(".box")].find((box) => squeezed(box.textContent).includes(wanted));
}

function list_word(data) {
  element("word-found").hidden = false;
  element("word-found").dataset.key = data.key;
  const n = data.proposals.length;
  element("word-summary").textContent = n > 0
    ? "有 " + n + " 处改动。勾上的采用，没有勾的数据文件不变。" : "和数据文件一样，没有要写入的改动。";
  element("word-list").replaceChildren(...data.proposals.map(word_item));
  for (const id of ["word-all", "word-none", "word-take"]) element(id).hidden = n === 0;
  element("word-questions-title").hidden = data.questions.length === 0;
  element("word-questions").replaceChildren(...data.questions.map((one) => {
    const item = made("li");
    const at = box_with(one.about);
    item.append(made("span", "", (one.author || "没有署名") + (one.about ? "，“" + one.about + "”" : "") + "：" + one.text));
    if (at) item.append(button("看填写的地方", "link", () => visit(at)));
    return item;
  }));
  const left = element("word-left");
  left.hidden = data.not_taken.length === 0;
  left.querySelector("summary").textContent = "没有采用、要自己处理的 " + data.not_taken.length + " 处";
  left.querySelector("ul").replaceChildren(...data.not_taken.map((text) => made("li", "", text)));
  count_word();
}

const word_ticks = () => [...element("word-list").querySelectorAll("input")];

function count_word() {
  const n = word_ticks().filter((tick) => tick.checked).length;
  element("word-take").textContent = "写入勾上的 " + n + " 处";
  element("word-take").disabled = n === 0;
}

async function take_word() {
  await flush();
  word_wrong("");
  const taken = word_ticks().filter((tick) => tick.checked).map((tick) => Number(tick.dataset.number));
  const { status, data } = await ask("POST", "read-back/take", { key: element("word-found").dataset.key, taken });
  if (status !== 200) {
    if (is_away(status)) lost();
    word_wrong(word_reason(data));
    return refresh();
  }
  saved_word("已保存 " + time());
  show(data.state);
  list_word(data.left);
  const words = ["已写入 " + data.told.n + " 处，可以撤销。"];
  if (data.told.unbound.length > 0) words.push("这些引用的数改成了别的字，不再跟着表格变：" + data.told.unbound.join("；") + "。");
  if (data.told.failed.length > 0) words.push("这些放不进去，要手工改：" + data.told.failed.join("；") + "。");
  element("word-done").hidden = false;
  element("word-done").textContent = words.join("");
  return say("已写入 " + data.told.n + " 处");
}

function word() {
  const choice = element("word-file");
  if (choice) choice.addEventListener("change", () => { if (choice.value !== "") read_word(choice.value); });
  const upload = element("word-upload");
  // 同一个文件改过以后还可以再选。
  upload.addEventListener("click", () => { upload.value = ""; });
  upload.addEventListener("change", () => {
    if (choice) choice.value = "";
    if (upload.files.length > 0) read_word(upload.files[0]);
  });
  element("word-again").addEventListener("click", () => { if (word_source !== null) read_word(word_source); });
  element("word-take").addEventListener("click", take_word);
  for (const [id, is_checked] of [["word-all", true], ["word-none", false]]) {
    element(id).addEventListener("click", () => {
      for (const tick of word_ticks()) tick.checked = is_checked;
      count_word();
    });
  }
}
