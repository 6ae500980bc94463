// 一个数的来龙去脉：它所在的等式、说到它的文字、上年和下级单位的数。

/** 打开一个数的来龙去脉；关上以后回到原来的地方。 */
async function inspect(path) {
  await flush();
  const { status, data } = await ask("GET", "trace?" + encodeURIComponent(path));
  if (status !== 200) return say(reason(data));
  const dialog = element("inspector");
  const back = document.activeElement;
  const leave = (to) => {
    dialog.close();
    to();
  };
  element("inspector-title").textContent = data.name;
  const list = element("inspector-facts");
  list.replaceChildren();
  const add = (head, ...words) => {
    const value = made("dd");
    value.append(...words);
    list.append(made("dt", "", head), value);
  };
  add("所在", data.section);
  add("本年", data.now);
  add("上年", data.last);
  if (data.meaning) add("含义", data.meaning);
  if (data.see.length > 0) add("依据", data.see.join("；"));
  for (const equation of data.equations) add("等式", equation_words(equation, leave), " ", verdict(equation));
  for (const one of data.told) add("文字", told_words(one, leave));
  if (data.told.length === 0) add("文字", "没有说到这个数");
  if (data.units) add("下级", data.units);
  if (data.lacking.length > 0) add("没有计入", data.lacking.join("；"));
  element("inspector-leave").onclick = () => leave(() => back.focus());
  dialog.showModal();
  element("inspector-leave").focus();
  return undefined;
}

/** 一边各项相加，每一项可以到它那一格去。 */
function equation_words({ left, right }, leave) {
  const words = made("span");
  const side = (terms) => terms.forEach(({ path, name, value }, i) => {
    if (i > 0) words.append(" ＋ ");
    words.append(path ? button(name + " " + value, "link", () => leave(() => lead_to(path))) : name + " " + value);
  });
  side(left);
  words.append(" ＝ ");
  side(right);
  return words;
}

const verdict = ({ code, verdict: words, holds }) => made("b", holds === false ? "odd" : holds ? "even" : "", words + "（" + code + "）");

function told_words({ path, at, words, result, explanation, agrees }, leave) {
  const line = made("span");
  line.append(made("b", agrees === false ? "odd" : agrees ? "even" : "", result), " ",
    button("“" + words + "”", "link", () => leave(() => {
      lead_to(path);
      const box = field(path);
      if (box && is_box(box) && at) select_words(box, at);
    })));
  if (agrees !== true && explanation) line.append(" " + explanation);
  return line;
}

/** 到填它的地方。 */
function lead_to(path) {
  const to = field(path);
  if (!to) return;
  open_section(to.closest(".sheet").id.slice(2), false);
  to.focus();
  to.scrollIntoView({ block: "center", inline: "nearest" });
}

/** 引用一格的数，是哪一格；算出来的式子，取头一格。 */
const cell_of_chip = (chip) => {
  const names = chip.dataset.expression.match(/[a-z_]+(\.[a-z_]+)+/g) || [];
  return names.find((name) => plan.figures.some(([path]) => path === name));
};
