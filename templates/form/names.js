// 开始页：打开单位名单，或者由粘贴的名称、名单文件新建。

function start_units(say) {
  const card = element("units-card");
  for (const open of card.querySelectorAll("[data-list]")) {
    open.addEventListener("click", async () => {
      say(card, "");
      const { status, data } = await ask("POST", "units/open", { path: open.dataset.list });
      if (status !== 200) return say(card, reason(data));
      return location.assign(data.to);
    });
  }
  const form = element("names");
  if (!form) return;
  const dialog = element("proposal");
  const wrong = (text) => {
    element("proposal-wrong").hidden = !text;
    element("proposal-wrong").textContent = text || "";
  };
  const given = () => {
    const year = half(element("p-year").value).trim();
    const chosen = (what) => Object.fromEntries([...dialog.querySelectorAll("select[data-" + what + "]")]
      .filter((at) => at.value !== "").map((at) => [at.dataset[what], at.value]));
    return {
      name: element("p-name").value, year: /^\d{4}$/.test(year) ? Number(year) : null, due: element("p-due").value,
      kinds: chosen("kind"), levels: chosen("rank"), holds: chosen("holds"),
    };
  };
  const choice = (what, name, options) => {
    const at = made("select");
    at.dataset[what] = name;
    at.setAttribute("aria-label", name + "的" + { kind: "类别", rank: "层级", holds: "数" }[what]);
    at.append(new Option("请选择", ""), ...options.map(([key, words]) => new Option(words, key)));
    return at;
  };
  const options = (id) => [...element(id).options].filter((one) => one.value !== "").map((one) => [one.value, one.textContent]);
  const words = (id, key) => (options(id).find(([known]) => known === key) || ["", ""])[1];
  const list = (data) => {
    element("p-name").value = data.name;
    element("p-year").value = data.year;
    element("proposal-summary").textContent = data.n_units + " 个单位" + (data.n_groups > 0 ? "，另有 " + data.n_groups + " 个分组" : "")
      + "。类别、层级是按名称推定的，请核对；看不出来的请选。";
    element("proposal-rows").replaceChildren(...data.rows.map((row) => {
      const line = made("tr");
      const name = made("th", "", "");
      name.scope = "row";
      name.append(made("span", "deep-" + Math.min(row.level, 4), row.name));
      const cells = [made("td"), made("td"), made("td", "", row.file || "（分组，自己不报）")];
      if (row.file) {
        cells[0].append(row.kind ? words("n-kind", row.kind) : choice("kind", row.name, options("n-kind")));
        cells[1].append(row.rank ? words("n-level", row.rank) : choice("rank", row.name, options("n-level")));
        if (row.is_asked) {
          cells[2].append(made("br"), choice("holds", row.name, [["own", "报的只是本机关自己的数"], ["summed", "报的含下级的数"]]));
        }
      }
      line.append(name, ...cells);
      return line;
    }));
    const said = data.doubts.map((text) => "警告：" + text + "，核对是不是同一个单位").concat(data.remarks);
    element("proposal-notes").replaceChildren(...said.map((text) => made("li", "", text)));
  };
  const propose = async (value) => {
    const { status, data } = await ask("POST", "units/propose", value);
    if (status === 200) {
      wrong("");
      list(data);
    } else wrong(reason(data));
    element("proposal-make").disabled = status !== 200;
    return status === 200;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say(form, "");
    const [file] = element("names-file").files;
    const text = element("names-text").value;
    if (!file && text.trim() === "") return say(form, "先粘贴单位的名称，或者选一个名单文件");
    let bytes;
    try {
      bytes = file ? await file.arrayBuffer() : new TextEncoder().encode(text).buffer;
    } catch (error) {
      return say(form, "这个文件选了以后又改过，请再选一次");
    }
    const kept = await ask("POST", "units/names", bytes);
    if (kept.status !== 200) return say(form, reason(kept.data));
    // 名单里没有年度的，先按要报的这一年；机关看不出来的，在对话框里填。
    element("proposal-rows").replaceChildren();
    element("proposal-notes").replaceChildren();
    element("proposal-summary").textContent = "";
    element("p-name").value = "";
    const bare = await ask("POST", "units/propose", { name: null, year: null, due: null });
    const year = Number(element("n-year").value) || null;
    if (bare.status === 200) {
      wrong("");
      list(bare.data);
      element("proposal-make").disabled = false;
    } else {
      element("p-year").value = element("n-year").value;
      if (reason(bare.data) === "请填报告年度") await propose({ name: null, year, due: null });
      else if (reason(bare.data).startsWith("看不出")) {
        wrong(reason(bare.data));
        element("proposal-make").disabled = true;
      } else return say(form, reason(bare.data));
    }
    dialog.showModal();
    return element("p-name").focus();
  });
  for (const id of ["p-name", "p-year"]) element(id).addEventListener("change", () => propose(given()));
  element("proposal-leave").addEventListener("click", () => dialog.close());
  element("proposal-make").addEventListener("click", async () => {
    const value = given();
    if (value.year === null) return wrong("报告年度写四位数的年份");
    const open = [...dialog.querySelectorAll("select[data-holds]")].find((at) => at.value === "");
    if (open) {
      wrong("“" + open.dataset.holds + "”有自己的报告，又有下级：选一下它报的数含不含下级");
      return open.focus();
    }
    const { status, data } = await ask("POST", "units/make", value);
    if (status !== 200) return wrong(reason(data));
    return location.assign(data.to);
  });
}
