// Collects the reports of units on their page, as an office would that has never seen a terminal: a list from names that
// are pasted, files that go out, files that come back in whatever names, who is missing, and what goes back.
"use strict";
const assert = require("node:assert/strict");
const { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { begin, browse, look, step, work } = require("./form-browser.js");

const start_folder = join(work, "units");
const folder = join(start_folder, "报送");
const example = (name) => join(__dirname, "../examples/district", name);
const text = (name) => readFileSync(example(name), "utf8");

const NAMES = `云岭县2023年度政府信息公开年报报送单位
云岭县人民政府办公室
云岭县教育局
云岭县自然资源局
云岭县信访局
云岭县开发区管委会
乡镇
　　青溪镇人民政府
　　白石乡人民政府
`;

/** A text in which each of some words is another. */
function changed(words, pairs) {
  return pairs.reduce((text, [old, now]) => {
    assert(text.includes(old), `the example has no ${old}`);
    return text.replace(old, now);
  }, words);
}

/** Returns in whatever names, and what is to become of each. */
function returns() {
  const file = (name, words) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(words) });
  const education = text("教育局.toml");
  return [
    file("教育局（最终版2）.toml", education),
    file("青溪.toml.txt", changed(text("青溪镇.toml"), [["received ", "received_by_mail "]])),
    file("办公室 去年的.toml", changed(text("办公室.toml"), [["year = 2023", "year = 2022"], ["2024-", "2023-"]])),
    file("白石.toml", changed(text("白石乡.toml"), [["name = \"白石乡人民政府\"", "name = \"白石乡\""]])),
    file("自然资源局.toml", text("自然资源局.toml")),
    file("自然资源局 改.toml", changed(text("自然资源局.toml"), [["2024-01-1", "2024-01-2"]])),
    file("文化局.toml", changed(education, [["name = \"云岭县教育局\"", "name = \"云岭县文化局\""]])),
    file("信访.toml", changed(education, [["name = \"云岭县教育局\"", "name = \"县信访局\""]])),
    file("照片.docx", "not a Word file"),
    file("~$教育局.docx", "left by Word"),
    file("空.xlsx", ""),
  ];
}

async function new_list(page) {
  await look(page, "units-start");
  await page.click("#units-card summary");
  await page.click("#names .main");
  assert.match(await page.textContent("#names .wrong"), /先粘贴/);
  await page.fill("#names-text", NAMES);
  await page.click("#names .main");
  await page.waitForSelector("#proposal[open] tbody tr");
  assert.equal(await page.inputValue("#p-name"), "云岭县人民政府");
  assert.equal(await page.inputValue("#p-year"), "2023");
  const rows = await page.locator("#proposal-rows tr").allInnerTexts();
  assert.equal(rows.length, 8, rows.join("\n"));
  assert.match(rows[0], /部门/);
  assert.match(rows[5], /分组/);
  await page.selectOption("[data-kind=云岭县开发区管委会]", "outpost");
  await look(page, "units-proposal");
  // All by keyboard from here: the dialog is left by Escape, and comes again.
  await page.keyboard.press("Escape");
  await page.focus("#names .main");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#proposal[open] tbody tr");
  await page.selectOption("[data-kind=云岭县开发区管委会]", "outpost");
  await page.focus("#proposal-make");
  await page.keyboard.press("Enter");
  await page.waitForSelector("body[data-page=units]");
  await page.waitForFunction(() => document.getElementById("title").textContent.includes("云岭县人民政府"));
  const list = readFileSync(join(folder, "units.toml"), "utf8");
  assert.match(list, /name = "云岭县开发区管委会"\nfile = .*\nkind = "outpost"/);
  assert.match(list, /name = "青溪镇人民政府"\nunder = "乡镇"/);
  step("a list is made of pasted names, with kinds and levels to be looked at");
}

const rows = (page, id) => page.locator(`#${id} tr`).evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => {
  const choice = cell.querySelector("select");
  return choice ? "[" + [...choice.options].map((one) => one.textContent).join("|") + "]" : cell.innerText.trim();
})));

async function send(page) {
  await look(page, "units-stand-empty");
  await page.click(".sections a[data-section=list]");
  await look(page, "units-list");
  await page.click(".sections a[data-section=send]");
  await page.fill("#due", "2024-01-20");
  assert((await page.locator("#last option").allTextContents()).includes("../上年"));
  await page.selectOption("#last", "../上年");
  await look(page, "units-send");
  await page.click("#send .main");
  await page.waitForSelector("#sent-rows tr");
  const sent = await rows(page, "sent-rows");
  assert.equal(sent.length, 7);
  assert.match(sent[1].join(), /云岭县教育局,.*生成 .*xlsx.*接着 /);
  assert.match(readFileSync(join(folder, "units.toml"), "utf8"), /^due = 2024-01-20 /m);
  assert.match(readFileSync(join(folder, "下发", "云岭县教育局", "填报说明.txt"), "utf8"), /2024年1月20日前/);
  assert(existsSync(join(folder, "下发", "云岭县教育局", "云岭县教育局.xlsx")));
  await look(page, "units-sent");
  step("files go out with a day, which the list then has, too");
}

async function receive(page) {
  await page.click(".sections a[data-section=receive]");
  await look(page, "units-receive");
  await page.setInputFiles("#upload", returns());
  await page.waitForFunction(() => document.getElementById("receiving").textContent.startsWith("收件夹里共"), null, { polling: 20 });
  assert.match(await page.textContent("#receiving"), /共 9 个文件：收下 2 个，已经收过或不用收 0 个，没有收 7 个/);
  const told = await rows(page, "received-rows");
  const of = (name) => told.find(([file]) => file === name).slice(1).join(" ");
  assert.match(of("教育局（最终版2）.toml"), /云岭县教育局 收下/);
  assert.match(of("办公室 去年的.toml"), /没有收：是2022年度的/);
  assert.match(of("文化局.toml"), /不在名单上/);
  assert.match(of("信访.toml"), /^\[不收\|是 云岭县信访局\|.*没有收：不能确定/);
  assert.match(of("白石.toml"), /^\[不收\|云岭县人民政府办公室\|.*没有收：写的是“白石乡”，不在名单上/);
  assert.match(of("自然资源局.toml"), /^\[不收\|收这一份：云岭县自然资源局\] 没有收：还有 自然资源局 改.toml/);
  assert.match(of("照片.docx"), /没有收：/);
  const refused = await page.locator("#not-put li").allTextContents();
  assert.equal(refused.length, 2, refused.join());
  await look(page, "units-received");
  await page.selectOption("[data-file='白石.toml']", { label: "白石乡人民政府" });
  await page.selectOption("[data-file='自然资源局 改.toml']", { label: "收这一份：云岭县自然资源局" });
  await page.selectOption("[data-file='信访.toml']", { label: "是 云岭县信访局" });
  assert.equal(await page.textContent("#take-chosen"), "收选定的 3 个");
  await page.click("#take-chosen");
  await page.waitForFunction(() => document.getElementById("receiving").textContent.includes("收下 3 个，已经收过或不用收 3 个"), null, { polling: 20 });
  const own = readFileSync(join(folder, "云岭县自然资源局.toml"), "utf8");
  assert(own.includes("2024-01-2"), "the other file was taken");
  // Once more nothing is taken: what was passed over stays so.
  await page.click("#receive");
  await page.waitForFunction(() => /收下 0 个，已经收过或不用收 6 个/.test(document.getElementById("receiving").textContent), null, { polling: 20 });
  assert.equal(readFileSync(join(folder, "云岭县自然资源局.toml"), "utf8"), own);
  // A newer one of the same name lies beside the old one, and replaces what was taken of it.
  const newer = changed(text("教育局.toml"), [["licences            = 86", "licences            = 87"]]);
  await page.setInputFiles("#upload", [{ name: "教育局（最终版2）.toml", mimeType: "", buffer: Buffer.from(newer) }]);
  await page.waitForFunction(() => /收下 1 个/.test(document.getElementById("receiving").textContent), null, { polling: 20 });
  assert.equal(readFileSync(join(folder, "收件夹", "教育局（最终版2）.toml"), "utf8"), text("教育局.toml"));
  assert(existsSync(join(folder, "收件夹", "教育局（最终版2）（2）.toml")));
  assert.equal(readdirSync(join(folder, "换下")).filter((name) => name.endsWith(".toml")).length, 1);
  step("files are dropped, put beside others under new names, and each is told of; unsure ones are chosen");
}

/** Files that are dragged onto the page from a folder of the system. */
async function drop(page) {
  await page.click(".sections a[data-section=stand]");
  const zone = changed(text("教育局.toml"), [["name = \"云岭县教育局\"", "name = \"云岭县开发区管委会\""], ["licences            = 86", "licences            = \"86件\""]]);
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.items.add(new File([words], "../开发区.toml"));
    document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, zone);
  await page.waitForFunction(() => document.querySelector("#s-receive:not([hidden])") && /共 11 个文件/.test(document.getElementById("receiving").textContent), null, { polling: 20 });
  assert(existsSync(join(folder, "收件夹", "开发区.toml")), readdirSync(join(folder, "收件夹")).join());
  assert(!existsSync(join(folder, "开发区.toml")));
  // While files are received no more are taken in, and that is said.
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["1"], "太早.toml"));
    document.getElementById("receive").disabled = true;
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  assert.match(await page.textContent("#trouble"), /等收完再拖/);
  assert(!existsSync(join(folder, "收件夹", "太早.toml")));
  await page.evaluate(() => { document.getElementById("receive").disabled = false; });
  step("what is dropped anywhere on the page goes into the inbox, and nowhere else");
}

async function stand(page) {
  await page.click(".sections a[data-section=stand]");
  const now = await rows(page, "stand-rows");
  const of = (name) => now.find(([unit]) => unit === name).slice(1, 3).join(" ");
  assert.match(of("云岭县教育局"), /^已报/);
  assert.match(of("云岭县人民政府办公室"), /^未报，逾期/);
  assert.match(await page.textContent("#standing"), /应报 7 个：/);
  await look(page, "units-stand");
  await page.selectOption("#show", "missing");
  assert.equal((await rows(page, "stand-rows")).length, 1);
  await page.selectOption("#show", "");
  for (const href of ["stand.pdf", "stand.docx", "stand.xlsx", "findings.xlsx"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`a[href="${href}"]`)]);
    const bytes = readFileSync(await download.path());
    assert(bytes.length > 2000 && (href.endsWith("pdf") ? bytes.subarray(0, 5).toString() === "%PDF-" : bytes.subarray(0, 2).toString() === "PK"), href);
    assert.match(download.suggestedFilename(), /云岭县人民政府2023年/);
  }
  await page.click(".sections a[data-section=back]");
  assert.match(await page.inputValue("#reminder"), /以下1个单位尚未报送/);
  await look(page, "units-back");
  const [sheet] = await Promise.all([page.waitForEvent("download"), page.click("#sheets a >> nth=0")]);
  assert.match(sheet.suggestedFilename(), /问题单\.docx$/);
  assert(!existsSync(join(folder, "退回")));
  const n = Number((await page.textContent("#send-back")).match(/\d+/)[0]);
  await page.click("#send-back");
  await page.waitForSelector("#sent-back:not([hidden])");
  assert.equal(readdirSync(join(folder, "退回")).filter((name) => name.endsWith(".docx")).length, n);
  await page.waitForSelector("#send-back", { state: "hidden" });
  await look(page, "units-sent-back");
  await page.click(".sections a[data-section=stand]");
  assert.match((await rows(page, "stand-rows")).join("\n"), /已退回/);
  step("the stand is told, saved as files, and what cannot be used goes back");
}

/** What the reports add up to, and how they compare. */
async function sums(page) {
  await page.click(".sections a[data-section=sum]");
  await page.waitForSelector("#sum-table tbody tr");
  await page.waitForSelector("#compare-tables tbody tr");
  assert.match(await page.textContent("#sum-head"), /应报 \d+ 个单位，计入 \d+ 个.*没有计入.*汇总不完整/);
  assert.match(await page.textContent("#sum-table tbody tr:last-child"), /^合计/);
  await look(page, "units-sum");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#sum-file")]);
  assert.match(file.suggestedFilename(), /^云岭县人民政府2023年合计\.toml$/);
  step("the reports are added up and compared");
}

async function open_and_back(page) {
  await page.click(".sections a[data-section=stand]");
  await page.getByRole("button", { name: "打开云岭县教育局的报告" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("body[data-page=form]");
  await page.waitForFunction(() => document.getElementById("title").textContent.includes("云岭县教育局"));
  await page.goBack();
  await page.waitForFunction(() => document.getElementById("title").textContent.includes("云岭县人民政府"));
  // A list that is broken from outside is told of, line by line, and mended.
  const whole = readFileSync(join(folder, "units.toml"), "utf8");
  writeFileSync(join(folder, "units.toml"), whole.replace("under = \"乡镇\"", "under = \"乡\""));
  await page.click("#refresh");
  await page.waitForSelector("#wrong-list:not([hidden])");
  assert.match(await page.textContent("#wrong-list"), /第\d+行/);
  await look(page, "units-wrong");
  writeFileSync(join(folder, "units.toml"), whole);
  await page.click("#refresh");
  await page.waitForSelector("#wrong-list", { state: "hidden" });
  step("a report is opened from the page, and a broken list is told of");
}

/** Hundreds of units: whose a file is can be chosen of all, which are listed when one begins to choose. */
async function many_units(open) {
  const county = join(work, "many");
  mkdirSync(join(county, "收件夹"), { recursive: true });
  const units = Array.from({ length: 400 }, (_, i) => `\n[[units]]\nname = "云岭县第${i}局"\nfile = "${i}.toml"\n`);
  writeFileSync(join(county, "units.toml"), `year = 2023\nname = "云岭县人民政府"\n${units.join("")}`);
  for (const name of ["甲", "乙"]) {
    writeFileSync(join(county, "收件夹", `${name}.toml`), changed(text("教育局.toml"), [["name = \"云岭县教育局\"", `name = "别县${name}所"`]]));
  }
  const { child, url } = await begin(work, "many");
  try {
    const page = await open(url);
    await page.click(".sections a[data-section=receive]");
    await page.waitForFunction(() => document.getElementById("title").textContent.includes("云岭县人民政府"));
    await page.click("#receive");
    await page.waitForSelector("#received-rows select");
    for (const [i, choose] of [(at) => at.focus(), (at) => at.click()].entries()) {
      const at = page.locator("#received-rows select").nth(i);
      assert.equal(await at.locator("option").count(), 1);
      await choose(at);
      assert.equal(await at.locator("option").count(), 401);
      await at.selectOption({ label: `云岭县第${i}局` });
    }
    assert.equal(await page.textContent("#take-chosen"), "收选定的 2 个");
  } finally {
    child.kill();
  }
  step("of hundreds of units the one is chosen that a file is from");
}

async function main() {
  mkdirSync(join(start_folder, "上年"), { recursive: true });
    const last = changed(text("教育局.toml"), [["year = 2023", "year = 2022"], ["2024-", "2023-"]]);
  writeFileSync(join(start_folder, "上年", "教育局.toml"), last);
  let { child, url } = await begin(start_folder);
  const { browser, open, faults } = await browse();
  try {
    let page = await open(url);
    await new_list(page);
    await send(page);
    await receive(page);
    await drop(page);
    await stand(page);
    await sums(page);
    await open_and_back(page);
    // The folder alone opens the page, too; and a program that was ended is said to be.
    child.kill("SIGINT");
    await page.click("#refresh");
    await page.waitForSelector("#lost:not([hidden])");
    ({ child, url } = await begin(work, "units/报送"));
    page = await open(url);
    await page.waitForFunction(() => document.getElementById("title").textContent.includes("云岭县人民政府"));
    await many_units(open);
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
    child.kill();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
