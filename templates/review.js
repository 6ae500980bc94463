// 审阅页：检查单和年报在一个文件里，不联网，也不能改；每个数都能查来龙去脉。

const traces = JSON.parse(element("traces").textContent);
const traced = new Map(traces.figures.map((one) => [one.path, one]));
const annual = element("annual");

/** 年报和来龙去脉能不能并排。 */
const is_wide = () => matchMedia("(min-width: 68rem)").matches;

/** 现在说的是哪一处：一格，或者文字里的一个数。 */
function point(found) {
  for (const at of annual.querySelectorAll(".pointed")) at.classList.remove("pointed");
  found.forEach((at) => at.classList.add("pointed"));
}

function go(found) {
  point(found);
  if (!found[0]) return;
  found[0].scrollIntoView({ block: "center", inline: "center" });
  found[0].focus({ preventScroll: true });
}

const cells_of = (path) => [...annual.querySelectorAll("[data-cell]")].filter((at) => at.dataset.cell === path);

/** 文字里的一个数在年报里的各截。 */
function spans_of({ field, printed }) {
  const same = (one) => one.field === field && one.printed && printed
    && one.printed.paragraph === printed.paragraph && one.printed.start === printed.start;
  const index = traces.told.findIndex(same);
  return [...annual.querySelectorAll("[data-told]")].filter((at) => at.dataset.told === String(index));
}

const tracing = {
  is_modal: false,
  find: (path) => traced.get(path) || null,
  to_figure: (path) => go(cells_of(path)),
  to_words: (told) => go(spans_of(told)),
  // 看一个数的时候，说到它的几处都标出来。
  opened: (shown) => {
    document.body.classList.add("inspecting");
    const own = shown.path ? cells_of(shown.path) : spans_of(shown);
    point(shown.path ? own.concat(...shown.told.map(spans_of)) : own);
    // 窄屏上它在下半屏：点的地方移到上面来。
    const from = inspected.back && annual.contains(inspected.back) ? inspected.back : own[0];
    const covered = from && !is_wide() ? from.getBoundingClientRect().bottom - element("inspector").getBoundingClientRect().top : 0;
    if (covered > -24) scrollBy(0, covered + 120);
  },
  stays: () => is_wide(),
  closed: () => document.body.classList.remove("inspecting"),
};

open_figures(annual, traces.told);
for (const at of annual.querySelectorAll("[data-told]")) at.classList.add(traces.told[Number(at.dataset.told)].kind);
listen_for_figures(annual, (index) => traces.told[index]);
listen_to_inspector();
