// What goes wrong while a report is filled: files that vanish, a program that is killed, other programs that write, and
// what only some need: settings, other screens, the door without arguments.
"use strict";
const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, unlinkSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { PICTURES, begin, browse, field, look, program, saved, section, shown, step, work } = require("./form-browser.js");

const EXAMPLES = join(__dirname, "../examples");
const folder = mkdtempSync(join(work, "mishaps-"));
const file = join(folder, "年报.toml");
const text = () => readFileSync(file, "utf8");

/** Waits for the page to have its script and its state. */
const ready = (page) => page.waitForFunction(() => typeof state !== "undefined" && state !== null);

/** Settings, and files that are chosen from a list. */
async function settings(page) {
  await section(page, "head");
  for (const name of ["与上年、下级核对", "版面", "检查的本地参数"]) {
    const group = page.locator("details.group", { hasText: name });
    if (await group.getAttribute("open") === null) await group.locator("summary").click();
  }
  await look(page, "head-settings");
  const previous = field(page, "report.previous");
  await previous.selectOption({ label: "海东市人民政府2023年政府信息公开工作年度报告（上年/去年.toml）" });
  await saved(page);
  assert.match(text(), /^previous\s*= "上年\/去年\.toml"/m);
  await previous.selectOption("?");
  await field(page, "report.previous").fill("没有.toml");
  await saved(page);
  await page.waitForFunction(() => state.findings.some((one) => one.message.includes("没有.toml")));
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => state.values["report.previous"] === "上年/去年.toml");
  await field(page, "rules.overview_limit").fill("100");
  await field(page, "rules.typos").fill("公开栏 → 公示栏\n股室 → 科室");
  await saved(page);
  assert.match(text(), /^typos\s*= '''\n公开栏 → 公示栏\n股室 → 科室\n'''/m);
  await page.selectOption("#level-rule", "NB812");
  await page.selectOption("#level-level", "off");
  await page.click("#level-add");
  await page.waitForSelector("#levels li");
  assert.match(text(), /^NB812 = "off"$/m);
  await look(page, "levels");
  await page.click("#levels button");
  await page.waitForSelector("#levels li", { state: "detached" });
  assert(!/^NB812/m.test(text()));
  await section(page, "overview");
  assert.match(await page.textContent("#overview-length"), /上限 100 字，超过 \d+ 字/);
  await look(page, "overview-over");
  await field(page, "overview.heading_style").selectOption({ index: 1 });
  await saved(page);
  assert.match(text(), /^heading_style\s*= "/m);
  step("settings are chosen from menus, and files from those of the folder");
}

/** A remark that another program changed, too. */
async function note(page) {
  await section(page, "requests");
  const cell = "requests.received.natural_person";
  await field(page, cell).click();
  // The page is not told of what changes in the file, as if it changed at the very moment.
  await page.evaluate(() => fall_silent());
  await page.fill("#cell-note", "其中2件重复");
  await saved(page);
  writeFileSync(file, text().replace("其中2件重复", "其中3件重复"));
  await page.fill("#cell-note", "其中4件重复");
  await page.waitForSelector("#cell-said button");
  assert.match(await page.textContent("#cell-said"), /其中3件重复.*其中4件重复/);
  await look(page, "note-conflict");
  await page.click("#cell-said button:has-text('用文件里的')");
  assert.equal(await page.inputValue("#cell-note"), "其中3件重复");
  await page.evaluate(() => listen());
  step("a remark that was changed elsewhere, too, is shown beside the other");
}

/** A remark on a whole row, and whose the figures of a sentence are. */
async function declared(page) {
  await section(page, "requests");
  await field(page, "requests.carried_in.business").click();
  await page.selectOption("#note-of", "requests.carried_in");
  await page.fill("#cell-note", "含机构改革划入的1件");
  await saved(page);
  assert.match(text(), /^at = "requests\.carried_in"\ntext = "含机构改革划入的1件"$/m);
  await look(page, "note-row");
  await field(page, "requests.carried_in.research").click();
  assert.equal(await page.inputValue("#cell-note"), "含机构改革划入的1件", "the remark on the row is not shown at its cells");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => !("requests.carried_in" in state.notes));
  await section(page, "overview");
  const part = page.locator("#s-overview .textpart", { has: page.locator(".coverage li.judged, .coverage li.unjudged") }).first();
  await part.locator(".coverage summary").click();
  await part.locator(".coverage li:not(.bound) .link").last().click();
  await part.locator(".scope [type=submit]").click();
  await part.locator(".scope .wrong:not([hidden])").waitFor();
  await look(page, "scope");
  await page.keyboard.type("含下属单位");
  await page.keyboard.press("Enter");
  await part.locator(".scopes li").waitFor();
  assert.match(text(), /^reason = "含下属单位"$/m);
  await look(page, "scope-declared");
  await section(page, "finish");
  await look(page, "finish-scopes");
  await page.click("#all-scopes button");
  await page.waitForFunction(() => state.scopes.length === 0);
  assert(!text().includes("含下属单位"));
  step("a remark on a row and the scope of a sentence are declared and taken back");
}

/** What stands behind a figure: by key and by click, from there to its equation and its sentence, and its source. */
async function inspected(page) {
  await section(page, "requests");
  const cell = "requests.received.total";
  await field(page, cell).focus();
  await page.keyboard.press("F9");
  await page.waitForSelector("#inspector[open]");
  const facts = await page.textContent("#inspector-facts");
  assert.match(facts, /NB302.*NB304/s);
  assert.match(facts, /相等/);
  assert.match(facts, /引用/);
  await look(page, "inspector");
  await page.click("#inspector-facts .link:has-text('自然人')");
  await page.waitForFunction(() => document.getElementById("inspector-title").textContent.includes("自然人"));
  await page.click("#inspector-go");
  await page.waitForFunction(() => document.activeElement.dataset.path === "requests.received.natural_person");
  await page.click("#inspect");
  await page.waitForSelector("#inspector[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#inspector:not([open])", { state: "attached" });
  await field(page, cell).focus();
  await page.keyboard.press("F9");
  await page.click("#inspector-facts .link:has-text('新收政府信息公开申请')");
  await page.waitForFunction(() => document.activeElement.dataset.path === "overview.parts[1].text");
  assert.match(await page.evaluate(() => String(getSelection())), /128/);
  await page.locator('#s-overview .chip', { hasText: "128" }).first().click();
  await page.waitForSelector("#inspector[open]");
  assert.match(await page.textContent("#inspector-title"), /总计/);
  await page.click("#inspector-leave");
  // A figure that is typed in a text: the caret on it offers the same.
  await page.evaluate(() => {
    const box = [...document.querySelectorAll("#s-overview .box")].find((one) => one.textContent.includes("2211"));
    const figure = state.texts[box.dataset.path].figures.find((one) => one.figure.includes("2211"));
    select_words(box, { start: figure.typed.start, end: figure.typed.start });
  });
  await page.click("#s-overview .trace:not([hidden])");
  await page.waitForSelector("#inspector[open]");
  assert.match(await page.textContent("#inspector-facts"), /2211.*未判断/s);
  await page.click("#inspector-leave");
  // Where it comes from.
  await section(page, "requests");
  await field(page, cell).focus();
  await page.keyboard.press("F9");
  await page.click("#inspector .source summary");
  await page.fill("#inspector [name=from]", "依申请公开登记台账");
  await page.fill("#inspector [name=by]", "李某");
  await look(page, "source");
  await page.click("#inspector [type=submit]");
  await page.waitForFunction(() => document.getElementById("inspector-facts").textContent.includes("登记台账（李某）"));
  assert.match(text(), /^at = "requests\.received"\nfrom = "依申请公开登记台账"\nby = "李某"$/m);
  await page.click("#inspector-leave");
  await section(page, "finish");
  assert.match(await page.textContent("#all-sources"), /登记台账/);
  await look(page, "finish-sources");
  await page.click("#all-sources button");
  await page.waitForFunction(() => state.sources.length === 0);
  assert(!text().includes("登记台账"));
  step("a figure is traced by key and by click, to its equations, its sentences and its source");
}

/** A second person enters the tables, and sees none of the first. */
async function second(page, url) {
  await section(page, "finish");
  await page.click("#second-begin");
  await page.waitForFunction(() => state.values["second.entry"]);
  assert.match(await page.textContent("#done"), /年报\.复核\.toml/);
  await look(page, "second-begun");
  const start = new URL("../../", page.url().replace(/#.*/, "")).href;
  await page.goto(start);
  await page.click("[data-open]:has-text('复核')");
  await page.waitForSelector("#second-note:not([hidden])");
  assert.equal(await page.locator(".sections li:visible").count(), 3);
  await field(page, "requests.received.natural_person").evaluate((at) => open_section(at.closest(".sheet").id.slice(2), true));
  await field(page, "requests.received.natural_person").fill("701");
  await page.waitForFunction(() => state.findings.some((one) => one.code === "SE01"));
  assert(!(await page.textContent(".panel")).includes("107"), "the second person sees the figure of the first");
  await look(page, "second");
  await page.goto(url);
  await ready(page);
  await page.waitForFunction(() => state.findings.some((one) => one.code === "SE01"));
  assert(!(await page.textContent(".panel")).includes("701"), "the first person sees the figure of the second");
  await section(page, "finish");
  assert.match(await page.textContent("#second-words"), /还没有复核完/);
  await look(page, "second-differs");
  unlinkSync(join(folder, "年报.复核.toml"));
  await field(page, "second.entry").evaluate(() => open_section("head", true));
  await page.evaluate(() => act("edit", { label: "不做", changes: [{ kind: "value", path: "second.entry", old: state.values["second.entry"], new: null }] }));
  await page.waitForFunction(() => !state.findings.some((one) => one.code === "SE01"));
  step("a second person enters the tables blind, and differences are only said to be there");
}

/** The start page names what is no data file, and reads it in. */
async function read_in(page) {
  copyFileSync(join(__dirname, "../tests/published/02-two-line-title.html"), join(folder, "2019年公布稿.html"));
  await page.goto(new URL("../../", page.url().replace(/#.*/, "")).href);
  assert.equal(await page.locator("[aria-labelledby=t-open] [data-open]").count(), 2);
  await look(page, "start-others");
  await page.click("[data-next]");
  assert.match(await page.inputValue("#x-from"), /2019年公布稿\.html$/);
  assert.equal(await page.inputValue("#x-name"), "2020年年报");
  await page.click("[data-read]");
  await Promise.race([page.waitForSelector("#s-head"), page.waitForSelector("[aria-labelledby=t-open] .wrong button")]);
  if (await page.locator("#s-head").count() === 0) {
    await look(page, "read-in");
    await page.click("[aria-labelledby=t-open] .wrong button");
  }
  await ready(page);
  assert(existsSync(join(folder, "2019年公布稿.toml")));
  unlinkSync(join(folder, "2019年公布稿.toml"));
  unlinkSync(join(folder, "2019年公布稿.html"));
  step("a published report is named on the start page and read in");
}

/** High contrast: nothing is told by a colour of ours alone. */
async function contrast(page) {
  await section(page, "requests");
  const total = field(page, "requests.received.total");
  await total.fill("1");
  await saved(page);
  await page.emulateMedia({ forcedColors: "active" });
  await total.focus();
  const style = (selector, name) => page.locator(selector).first().evaluate((at, name) => getComputedStyle(at)[name], name);
  assert.notEqual(await style("td.figure input:focus", "outlineStyle"), "none");
  await field(page, "requests.received.business").focus();
  assert.equal(await style("td.figure.error input", "outlineStyle"), "solid", "a cell with an error is told by colour alone");
  assert.notEqual(await style(".sections a[aria-current]", "borderLeftColor"), await style(".sections a.wrong:not([aria-current])", "borderLeftColor"));
  assert.equal(await style(".finding:not(.chosen) .head", "borderLeftColor"), await style(".panel", "backgroundColor"));
  if (PICTURES) await page.screenshot({ path: join(PICTURES, "forced-colors.png") });
  await page.emulateMedia({ forcedColors: "none" });
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => state.values["requests.received.total"] !== "1");
  step("errors, focus and the open part are told without colours, too");
}

/** From the preview to the fields, and nowhere else. */
async function way_back(page) {
  const report = page.frameLocator("#frame iframe");
  const leads = async (from, to) => {
    await section(page, "preview");
    await report.locator(from).first().click();
    await page.waitForFunction((to) => document.activeElement.dataset.path === to, to);
    const box = await field(page, to).boundingBox();
    assert(box.y >= 0 && box.y < page.viewportSize().height, `${to} is out of sight`);
  };
  const cell = "requests.received.natural_person";
  await leads(`[data-field="${cell}"]`, cell);
  for (const path of ["problems.parts[1].text", "overview.parts[2].heading", "opening.text", "requests.outcome.total.total"]) {
    await leads(`[data-field="${path}"]`, path);
  }
  // The words of a document lead nowhere outside it.
  await section(page, "preview");
  await page.check("#mark-figures");
  await page.waitForFunction(() => document.querySelector("#frame iframe").contentWindow.CSS.highlights.has("preview-bound"));
  await look(page, "preview-marked");
  await page.uncheck("#mark-figures");
  assert.equal(await page.evaluate(() => document.querySelector("#frame iframe").contentWindow.CSS.highlights.size), 0);
  const address = page.url();
  for (const link of await report.locator('a[href]:not([href^="#"])').all()) await link.click();
  assert.equal(page.url(), address);
  assert.match(await page.evaluate(() => document.querySelector("#frame iframe").contentWindow.location.pathname), /report\.html$/);
  await page.setViewportSize({ width: 390, height: 844 });
  await leads(`[data-field="${cell}"]`, cell);
  await page.setViewportSize({ width: 1280, height: 844 });
  step("a click in the preview leads to the field, and links lead nowhere");
}

/** A file that vanishes is saved under another name, with what was typed meanwhile. */
async function vanished(page) {
  await section(page, "disclosure");
  renameSync(file, join(folder, "搬走.txt"));
  await page.waitForSelector("#trouble input");
  await field(page, "disclosure.penalties").fill("77");
  await page.waitForTimeout(1500);
  await look(page, "vanished");
  await page.fill("#trouble input", "另一份");
  await page.click("#trouble button");
  await page.waitForFunction(() => typeof state !== "undefined" && state && document.body.dataset.file.endsWith("另一份.toml") && state.values["disclosure.penalties"] === "77");
  await saved(page);
  assert.match(readFileSync(join(folder, "另一份.toml"), "utf8"), /^penalties\s+= 77\b/m);
  assert(!existsSync(file));
  renameSync(join(folder, "另一份.toml"), file);
  unlinkSync(join(folder, "搬走.txt"));
  step("a file that vanished is saved under another name, with all that was typed");
}

/** What could not be saved when the program was killed is handed to the next. */
async function killed(old, { child, open }) {
  // Whoever types without a pause is saved on the way, so that a kill takes no more than the last moments.
  await section(old, "problems");
  const box = old.locator("#s-problems .box").first();
  await box.click();
  await old.keyboard.press("Control+End");
  const words = "今后将逐项核对台账并按月通报办理情况逐条答复群众来信同时组织两次业务培训并考核结果";
  await old.keyboard.type(words, { delay: 110 });
  assert(text().includes(words.slice(0, 8)), "nothing is saved while one goes on typing");
  await saved(old);
  await section(old, "disclosure");
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  await old.waitForSelector("#lost:not([hidden])", { state: "attached" });
  await field(old, "disclosure.penalties").fill("88");
  await old.waitForTimeout(1000);
  await look(old, "lost");
  assert(!/^penalties\s+= 88\b/m.test(text()));
  const next = await begin(folder, "年报.toml");
  const page = await open(next.url);
  await page.waitForSelector("#restore:not([hidden])");
  await look(page, "restore");
  // Whoever does not want it now has it still where it was typed.
  await page.click("#restore button:not(.main)");
  await page.waitForTimeout(500);
  assert.equal(await old.evaluate(() => waiting.size), 1);
  assert(!(await old.textContent("#lost")).includes("可以关了"));
  await page.reload();
  await page.click("#restore .main");
  await saved(page);
  assert.match(text(), /^penalties\s+= 88\b/m);
  await old.waitForFunction(() => document.getElementById("lost").textContent.includes("可以关了"));
  assert.equal(await old.evaluate(() => waiting.size), 0);
  assert.equal(await shown(page, "disclosure.penalties"), "88");
  next.child.kill("SIGINT");
  step("what was typed after the program was killed is handed to the next");
}

/** The program without arguments, before a display or not, on a terminal or behind a pipe. */
async function door() {
  const said = async (display, is_terminal, ...more) => {
    const env = { ...process.env, DISPLAY: display, WAYLAND_DISPLAY: "", BROWSER: "true", PATH: "/usr/bin:/bin" };
    const command = is_terminal ? ["script", "-qec", [program, ...more].map((word) => `'${word}'`).join(" "), "/dev/null"] : [program, ...more];
    const child = spawn(command[0], command.slice(1), { cwd: folder, env, stdio: [is_terminal ? "pipe" : "ignore", "pipe", "pipe"], detached: true });
    let words = "";
    const ended = once(child, "exit");
    const told = new Promise((done) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (data) => {
          words += data;
          if (words.includes("填写地址")) done();
        });
      }
    });
    await Promise.race([told, ended]);
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, "SIGTERM");
      await ended;
    }
    return words;
  };
  assert.match(await said(":99", true), /填写地址 http:\/\/127/);
  assert.match(await said(":99", true, "年报.toml"), /填写地址 http:\/\/127.*\/f\//);
  for (const words of [await said("", true), await said(":99", false), await said("", false)]) {
    assert(!words.includes("填写地址") && words.includes("nianbao"), words);
  }
  step("without arguments the form opens before a display and a terminal, and nowhere else");
}

async function main() {
  copyFileSync(join(EXAMPLES, "haidong-2023.toml"), file);
  const above = join(folder, "上年");
  require("node:fs").mkdirSync(above);
  copyFileSync(join(EXAMPLES, "haidong-2023.toml"), join(above, "去年.toml"));
  const { child, url } = await begin(folder, "年报.toml");
  const { browser, open, faults } = await browse();
  try {
    const page = await open(url);
    await ready(page);
    await settings(page);
    await note(page);
    await contrast(page);
    await way_back(page);
    await declared(page);
    await inspected(page);
    await second(page, url);
    await read_in(page);
    await page.goto(url);
    await ready(page);
    await vanished(page);
    await page.goto(url);
    await ready(page);
    await killed(page, { child, open });
    assert.deepEqual(faults, []);
    await door();
  } finally {
    await browser.close();
    child.kill();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
