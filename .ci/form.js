// Fills a report in the form from nothing to a PDF, as a clerk would who has never seen a data file.
"use strict";
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const { once } = require("node:events");
const { readFileSync, readdirSync, writeFileSync, unlinkSync } = require("node:fs");
const { join } = require("node:path");
const { PICTURES, begin, browse, field, look, paste, program, saved, section, shown, step, work } = require("./form-browser.js");

const YEAR = new Date(Date.now() + 8 * 3600_000).getUTCFullYear() - 1;
const NAME = `${YEAR}年年报`;
const file = join(work, `${NAME}.toml`);
const text = () => readFileSync(file, "utf8");

// ── the figures of the year, by row of table 2: natural persons and businesses; the rest is 0 ──

const OUTCOMES = 22;
function figures() {
  const row = (natural, business) => [natural, business, 0, 0, 0, 0, natural + business];
  const rows = [row(1031, 4), row(3, 0)];
  const results = Array.from({ length: OUTCOMES - 1 }, () => row(0, 0));
  results[0] = row(900, 3);
  results[1] = row(30, 1);
  results[10] = row(98, 0);
  rows.push(...results);
  rows.push(row(1028, 4), row(6, 0));
  return rows;
}

/** The clipboard as Excel leaves it when a block was copied, with a slip in the total of the first row. */
function excel() {
  const rows = figures();
  rows[0][6] = 1053;
  const cell = (n) => `  <td align=right width=64 style='width:48pt' x:num="${n}">${n.toLocaleString("en-US")}</td>`;
  const lines = rows.map((row) => ` <tr height=19 style='height:14.25pt'>\n${row.map(cell).join("\n")}\n </tr>`);
  const html = readFileSync(join(__dirname, "form-excel.html"), "utf8").replace("ROWS", lines.join("\n"));
  return { "text/html": html, "text/plain": rows.map((row) => row.join("\t")).join("\r\n") + "\r\n" };
}

async function start_page(page) {
  assert.equal(await page.inputValue("#n-year"), String(YEAR));
  await look(page, "start");
  await page.click("#new .main");
  assert.equal(await page.textContent("#new .wrong"), "请填机关全称");
  await page.fill("#n-agency", "某某县教育局");
  await page.selectOption("#n-kind", { label: "部门" });
  await page.selectOption("#n-level", { label: "县级" });
  assert.equal(await page.inputValue("#n-name"), NAME);
}

async function header(page) {
  await page.waitForSelector("body[data-page=form]");
  await page.waitForFunction(() => document.getElementById("title").textContent.includes("某某县教育局"));
  assert.equal(await shown(page, "agency.kind"), "department");
  await look(page, "head-fresh");
  await field(page, "report.published").fill(`${YEAR + 1}-01-20`);
  await field(page, "agency.level").selectOption({ label: "县级" });
  await field(page, "agency.contact.office").click();
  // Enter goes on to the next field.
  for (const words of ["某某县教育局办公室", "某某县城关镇文化路1号", "810600", "0972-8612345"]) {
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
  }
  await field(page, "agency.contact.website").fill("某某县人民政府门户网站");
  await saved(page);
  const now = text();
  for (const words of [`published = ${YEAR + 1}-01-20`, "phone = \"0972-8612345\"", "office = \"某某县教育局办公室\""]) {
    assert(now.includes(words), `the file lacks ${words}`);
  }
  step("the header is filled by menus, dates and Enter, and is in the file");
}

async function disclosure(page) {
  await section(page, "disclosure");
  const first = field(page, "disclosure.normative_documents.issued");
  await first.click();
  await page.keyboard.type("3");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.path), "disclosure.licences");
  await page.keyboard.type("12a");
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector("td.refused");
  await page.keyboard.press("ArrowUp");
  await page.waitForSelector("#bubble:not([hidden]) .bad");
  await look(page, "disclosure-refused");
  await field(page, "disclosure.licences").click();
  await page.keyboard.press("Escape");
  assert.equal(await shown(page, "disclosure.licences"), "");
  await page.keyboard.type("120");
  await page.click("#s-disclosure [data-do=table-zero]");
  await page.waitForFunction(() => document.querySelector("[data-path=\"disclosure.fees\"]").value === "0");
  await saved(page);
  assert.match(text(), /^licences\s+= 120\b/m);
  assert.match(text(), /^normative_documents\s+= \{ issued = 3, +repealed = 1, +in_force = 12 \}/m);
  step("table 1 is filled with the arrows, what is no figure is refused, and the rest becomes 0");
}

async function requests(page) {
  await section(page, "requests");
  await field(page, "requests.received.natural_person").click();
  const before = text();
  await paste(page, excel());
  await page.waitForSelector("#paste[open]");
  assert.match(await page.textContent("#paste-summary"), /将写入 175 格/);
  await look(page, "requests-paste");
  const began = Date.now();
  await page.click("#paste-take");
  await page.waitForFunction(() => document.querySelector("[data-path=\"requests.carried_out.natural_person\"]").value === "6");
  console.log(`    175 pasted cells: ${Date.now() - began} ms from click to page`);
  await saved(page);
  assert.equal(await shown(page, "requests.received.natural_person"), "1031");
  assert.match(text(), /^received\s+= \[1031, 4, 0, 0, 0, 0, 1053\]/m);
  await look(page, "requests-pasted");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelector("[data-path=\"requests.received.natural_person\"]").value === "");
  assert.equal(text(), before, "undoing a paste leaves something");
  await page.keyboard.press("Control+y");
  await page.waitForFunction(() => document.querySelector("[data-path=\"requests.received.natural_person\"]").value === "1031");
  step("25 × 7 figures of an Excel clipboard are pasted, undone and redone as one");
  // The slip is named at its cell, and mended by one key.
  await field(page, "requests.received.total").click();
  await page.waitForSelector("#bubble:not([hidden]) .take");
  assert.match(await page.textContent("#bubble"), /改为 1035/);
  await look(page, "requests-repair");
  await field(page, "requests.received.total").focus();
  await page.keyboard.press("Alt+Enter");
  await page.waitForFunction(() => document.querySelector("[data-path=\"requests.received.total\"]").value === "1035");
  assert.match(text(), /^received\s+= \[1031, 4, 0, 0, 0, 0, 1035\]/m);
  assert.equal(await page.locator(".balance.even").count(), 7);
  step("the repair that is offered at the cell is taken by one key");
}

async function composition(page) {
  const session = await page.context().newCDPSession(page);
  const compose = (words) => session.send("Input.imeSetComposition", { text: words, selectionStart: words.length, selectionEnd: words.length });
  // In a cell: nothing is saved or moved while the input method composes, and full-width digits become plain.
  await section(page, "challenges");
  const cell = field(page, "challenges.reconsideration.upheld");
  await cell.click();
  const before = text();
  await compose("１");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(2600);
  assert.equal(text(), before, "something was saved while composing");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.path), "challenges.reconsideration.upheld");
  await session.send("Input.insertText", { text: "１" });
  await saved(page);
  assert.equal(await shown(page, "challenges.reconsideration.upheld"), "1");
  await page.click("#s-challenges [data-do=table-zero]");
  await page.waitForFunction(() => document.querySelector("[data-path=\"challenges.litigation_after.pending\"]").value === "0");
  await look(page, "challenges");
  // In a text.
  await section(page, "overview");
  const box = field(page, "overview.text");
  await box.click();
  const empty = text();
  await compose("zhengfu");
  await page.waitForTimeout(2600);
  assert.equal(text(), empty, "a text was saved while composing");
  await session.send("Input.insertText", { text: "本机关" });
  await saved(page);
  assert(/\[overview\][^[]*本机关/.test(text()));
  await session.detach();
  step("an input method composes undisturbed, in cells and in texts");
}

const PARTS = [
  ["disclosure", "主动公开情况", "全年制发行政规范性文件{{ disclosure.normative_documents.issued }}件，作出行政许可决定{{ disclosure.licences }}件，通过县政府门户网站公开教育领域信息，及时公布招生、资助和校园安全等方面的政策。"],
  ["requests", "依申请公开情况", ""],
  ["management", "政府信息管理情况", "落实先审查后公开的程序，对发布的信息逐条登记，年内清理已经失效的规范性文件，并在网站上标明效力。"],
  ["platform", "政府信息公开平台建设情况", "在县政府门户网站设置教育信息专栏，安排专人维护，按季度检查栏目更新情况。"],
  ["supervision", "监督保障情况", "把政府信息公开纳入各股室年度考核，请人大代表、政协委员和家长代表评议，全年没有发生需要追究责任的情形。"],
];

async function texts(page) {
  const box = field(page, "overview.text");
  await box.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(`${YEAR}年，某某县教育局认真贯彻《中华人民共和国政府信息公开条例》，推进教育领域信息公开。`);
  for (const [i, [aspect, heading, words]] of PARTS.entries()) {
    const title = field(page, `overview.parts[${i}].heading`);
    await title.waitFor();
    assert.equal(await shown(page, `overview.parts[${i}].aspect`), aspect);
    await title.fill(heading);
    await field(page, `overview.parts[${i}].text`).click();
    if (aspect !== "requests") {
      await paste(page, { "text/plain": words });
      await page.waitForFunction((i) => waiting.size === 0 && document.querySelector(`[data-path="overview.parts[${i}].text"]`).textContent !== "", i);
    } else {
      // From Word, with its blanks and marks; one figure from the table by the button.
      const pasted = "\u3000\u3000• 全年新收政府信息公开申请";
      await paste(page, { "text/html": `<p class=MsoNormal><b>${pasted}</b></p>`, "text/plain": pasted });
      await page.waitForFunction(() => document.getElementById("announce").textContent.includes("项目符号"));
      assert.match(await page.textContent("#announce"), /文字格式/);
      await page.locator(".textpart", { has: page.locator(`[data-path="overview.parts[${i}].text"]`) }).locator(".insert").click();
      await page.fill("#figures-find", "新收 总计");
      await look(page, "figures");
      await page.click("#figures-list button");
      await page.keyboard.type("件，其中自然人1030件；办结1032件，其中予以公开903件、部分公开31件，其余无法提供；结转下年度继续办理6件。");
    }
    await saved(page);
  }
  const chip = page.locator("[data-path=\"overview.parts[1].text\"] .chip");
  await page.waitForFunction(() => document.querySelector("[data-path=\"overview.parts[1].text\"] .chip").textContent === "1035");
  assert.equal(await chip.count(), 1);
  const now = text();
  assert(now.includes("全年新收政府信息公开申请{{ requests.received.total }}件，其中自然人1030件"), "the text is not as typed");
  assert(!now.includes("•") && !now.includes("\u3000全年"), "marks of Word are in the file");
  await page.waitForFunction(() => state.findings.some((one) => one.field === "overview.parts[1].text" && one.words));
  assert(await page.locator(".text:has([data-path=\"overview.parts[1].text\"]) .marks span").count() > 0, "the slip is not marked in the words");
  await look(page, "overview");
  // Every figure of a text is accounted for, and leads to its words.
  const part = page.locator(".textpart", { has: page.locator("[data-path=\"overview.parts[1].text\"]") });
  assert.match(await part.locator(".coverage summary").textContent(), /^文中的数 6 个：引用 1 个，不符 1 个，相符 4 个$/);
  await part.locator(".coverage summary").click();
  await part.locator(".coverage button", { hasText: "6件" }).last().click();
  assert.equal(await page.evaluate(() => getSelection().toString()), "6");
  await look(page, "coverage");
  await part.locator(".coverage summary").click();
  assert.match(await page.textContent("#overview-length"), /^全部文字 \d+ 字/);
  // The wrong figure leads to its words, and is mended there.
  const finding = page.locator("#here .finding", { hasText: "1030" }).first();
  await finding.locator(".head").click();
  await page.waitForFunction(() => getSelection().toString().includes("1030"));
  await page.keyboard.type("1031");
  await saved(page);
  assert(text().includes("其中自然人1031"), text().match(/其中自然人[^；]*/)[0]);
  // A part moved up and back is where it was.
  const order = text();
  const second = page.locator("[data-texts=overview] .textpart").nth(2);
  await second.locator(".up").click();
  await page.waitForFunction(() => document.querySelector("[data-path=\"overview.parts[0].heading\"]").value === "依申请公开情况");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelector("[data-path=\"overview.parts[0].heading\"]").value === "主动公开情况");
  assert.equal(text(), order);
  // One more, and away again.
  await page.click("[data-add=overview]");
  await page.waitForFunction(() => document.activeElement.dataset.path === "overview.parts[5].heading");
  await page.keyboard.type("其他情况");
  await saved(page);
  assert(text().includes("heading = \"其他情况\""));
  await page.locator("[data-texts=overview] .textpart").nth(6).locator(".remove").click();
  await page.waitForFunction(() => !document.querySelector("[data-path=\"overview.parts[5].heading\"]"));
  assert(!text().includes("其他情况"));
  await section(page, "problems");
  await field(page, "problems.text").click();
  await page.keyboard.type("一是政策解读形式不够丰富，部分解读以文字为主。二是栏目更新不够及时，个别栏目间隔较长。今后将制作图表和短视频解读政策，每月检查一次栏目更新情况，发现问题当月改正。上年提出的人员培训不足的问题，已通过两次集中培训改正。");
  await saved(page);
  await look(page, "problems");
  await section(page, "other");
  await field(page, "other.handling_fee.notices").click();
  await page.keyboard.type("0");
  await page.keyboard.press("Enter");
  await page.keyboard.type("0");
  await saved(page);
  await look(page, "other");
  assert.match(text(), /^handling_fee\s+= \{ notices = 0 ?, amount = 0 ?\}/m);
  step("texts are typed, cleaned, marked in their words and moved");
}

async function conflict(page) {
  await section(page, "disclosure");
  const cell = field(page, "disclosure.licences");
  await cell.click();
  await page.evaluate(() => fall_silent());
  writeFileSync(file, text().replace(/^(licences\s+= )120\b/m, "$1130"));
  await page.keyboard.type("125");
  await page.waitForSelector("td.refused");
  await page.waitForSelector("#bubble:not([hidden]) button");
  assert.match(await page.textContent("#bubble"), /130.*125/);
  await look(page, "conflict");
  await field(page, "disclosure.licences").focus();
  await page.click("#bubble button:has-text('保留我的')");
  await saved(page);
  assert.match(text(), /^licences\s+= 125\b/m);
  await page.evaluate(() => listen());
  step("what another program changed in the same field is shown beside it, and one of both is kept");
  // A file that is half typed elsewhere: what is typed here waits, and is saved when it is whole again.
  const whole = text();
  writeFileSync(file, whole.replace("[report]", "[report"));
  await page.waitForSelector("#trouble:not([hidden])");
  await field(page, "disclosure.penalties").click();
  await page.keyboard.type("7");
  await page.waitForTimeout(1500);
  await look(page, "trouble");
  writeFileSync(file, whole);
  await page.waitForFunction(() => waiting.size === 0 && document.getElementById("trouble").hidden);
  assert.match(text(), /^penalties\s+= 7\b/m);
  unlinkSync(file);
  await page.waitForSelector("#trouble:not([hidden])");
  writeFileSync(file, whole);
  await page.waitForSelector("#trouble", { state: "hidden" });
  step("a file that is half typed or gone is waited for, and nothing is lost");
}

async function accept(page) {
  await page.waitForFunction(() => state.findings.every((one) => one.severity !== "error"), null, { timeout: 20_000 }).catch(async () => {
    assert.fail(JSON.stringify(await page.evaluate(() => state.findings.map((one) => [one.severity, one.code, one.message])), null, 1));
  });
  const hint = page.locator(".panel .finding:not(.error)").first();
  assert(await hint.count() > 0, "there is nothing to accept");
  const message = await hint.locator(".message").textContent();
  await hint.locator(".head").click();
  const chosen = page.locator(".finding.chosen");
  await chosen.locator(".actions button", { hasText: "接受" }).click();
  await page.keyboard.type("情况属实，已与业务股室核对");
  await chosen.locator("[name=by]").fill("张三");
  await look(page, "accept");
  await chosen.locator("[type=submit]").click();
  await section(page, "finish");
  await page.waitForSelector("#waived li");
  assert((await page.textContent("#waived")).includes("情况属实，已与业务股室核对（张三，"));
  assert((await page.textContent("#waived")).includes(message), "another finding was accepted");
  assert(text().includes("reason = \"情况属实，已与业务股室核对\""));
  step("a hint is accepted with reason, name and date");
}

async function finish(page, url) {
  await look(page, "finish");
  await section(page, "preview");
  await page.waitForFunction(() => {
    const frame = document.querySelector("#frame iframe");
    const page = frame && frame.contentDocument;
    return page && page.body && page.body.textContent.includes("1031");
  });
  await look(page, "preview");
  await section(page, "finish");
  const address = page.url().replace(/#.*/, "");
  for (const [path, magic] of [["report.pdf?download", "%PDF-"], ["report.docx?download", "PK"], ["report.html?download", "<!DOCTYPE html>"], ["sheet.pdf?download", "%PDF-"]]) {
    const answer = await fetch(new URL(path, address));
    assert.equal(answer.status, 200, path);
    assert(!decodeURIComponent(answer.headers.get("content-disposition")).includes("草稿"), "a finished report is called a draft");
    assert(Buffer.from(await answer.arrayBuffer()).toString("latin1").startsWith(magic), path);
  }
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("a.out[href^='report.pdf']")]);
  assert.equal(download.suggestedFilename(), `某某县教育局${YEAR}年政府信息公开工作年度报告.pdf`);
  // What is printed is the report, and not the form.
  await page.click("#print");
  await page.waitForFunction(() => window.printed !== undefined);
  assert.match(await page.evaluate(() => window.printed), /report\.html$/);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("main").isVisible(), false);
  assert.match(await page.evaluate(() => getComputedStyle(document.body, "::before").content), /打印年报请到/);
  await page.emulateMedia({ media: null });
  await page.click("#fragment");
  await page.waitForSelector("#done:not([hidden])");
  // Another word after the check sheet was made is said.
  await page.evaluate(() => refresh_all());
  await page.waitForFunction(() => document.getElementById("signed").textContent.includes("一致"));
  await section(page, "disclosure");
  await field(page, "disclosure.penalties").fill("8");
  await saved(page);
  await section(page, "finish");
  await page.waitForFunction(() => document.getElementById("signed").textContent.includes("又改过"));
  const digest = await page.evaluate(() => state.revision);
  await page.fill("#same", digest.slice(0, 10).toUpperCase());
  assert.match(await page.textContent("#same-said"), /是现在这一稿/);
  await page.fill("#same", digest.slice(1, 11));
  assert.match(await page.textContent("#same-said"), /不是现在这一稿/);
  await look(page, "finish-signed");
  // The program at the command line says of the file what the form says.
  const checked = spawnSync(program, ["check", file, "--output-format", "json"], { encoding: "utf8" });
  const told = JSON.parse(checked.stdout);
  const list = Array.isArray(told) ? told[0].findings || told : told.findings || told.files[0].findings;
  const form = await page.evaluate(() => state.findings.map((one) => one.code));
  assert.deepEqual(list.map((one) => one.code).sort(), form.sort());
  assert.equal(checked.status, 0);
  step("Word, PDF, web page, fragment and check sheet are there, and nianbao check agrees with the form");
}

async function careful() {
  const now = text();
  // Comments of a fresh file stay; every key has its line and its remark.
  assert(now.startsWith("#:schema"));
  assert(/^phone\s*= "0972-8612345"\s+# /m.test(now), "a value lost its remark");
  assert(!/\r/.test(now.replace(/\r\n/g, "")) && !/[ \t]+$/m.test(now.replace(/^#.*$/gm, "")), "there are blanks at the ends of lines");
  if (PICTURES) writeFileSync(join(PICTURES, "file.toml"), now);
  step("the file reads as if a careful person had typed it");
}

async function main() {
  const { child, url } = await begin(work);
  const { browser, open, faults } = await browse();
  try {
    const page = await open(url);
    await start_page(page);
    await page.click("#new .main");
    await header(page);
    await disclosure(page);
    await requests(page);
    await composition(page);
    await texts(page);
    await conflict(page);
    await accept(page);
    await finish(page, url);
    await careful();
    assert.deepEqual(faults, []);
    const ended = once(child, "exit");
    child.kill("SIGINT");
    assert.deepEqual(await ended, [0, null], "Ctrl+C is no clean end");
    await page.waitForSelector("#lost:not([hidden])", { state: "attached" });
    step("Ctrl+C ends the program, and the page says so");
    assert.deepEqual(readdirSync(work).sort(), [`${NAME}.toml`, `${NAME}.toml.undo`], "the form left files");
  } finally {
    await browser.close();
    child.kill();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
