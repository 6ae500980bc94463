// The pictures of README and manual: a report of an invented office, as the form and the pages show it.
"use strict";
const { spawnSync } = require("node:child_process");
const { readFileSync, readdirSync, renameSync, writeFileSync, copyFileSync, mkdirSync, cpSync } = require("node:fs");
const { join } = require("node:path");
const { chromium } = require("playwright-core");
const start = require("./begin.js");

const [program, examples, work, pictures] = process.argv.slice(2);
const PATIENCE = 120_000;
const SIZE = { width: 1280, height: 760 };

function run(...words) {
  const done = spawnSync(program, words, { cwd: work, encoding: "utf8" });
  if (done.status === 2 || done.error) throw new Error(`${words.join(" ")}: ${done.stdout}${done.stderr}`);
}

/** A text with other words in it; each must be there. */
function changed(text, pairs) {
  for (const [old, now] of pairs) {
    if (!text.includes(old)) throw new Error(`the example has no ${old}`);
    text = text.replace(old, now);
  }
  return text;
}

/** Another year's words for texts that no figure stands in. */
const OTHER_WORDS = [
  [/我局及时公开招生、收费和教师招聘信息。/, "招生方案、收费标准和招聘公告都在报名以前公布，并附有解读。"],
  [/一是招生政策公开前.*/, "一是清理了过期的招生通知。二是重新编排了信息公开目录，按学段分类。"],
  [/一是在县政府网站教育栏目.*/, "一是教育栏目改版，常用的表格可以直接下载。二是开通了家长留言，三个工作日内答复。"],
  [/一是明确由办公室承办.*/, "一是举办两期培训，学校和科室的联络员全部参加。二是每季度通报一次栏目更新情况。"],
  [/一是学校层面的公开内容.*/, "存在的问题：一是政策解读的形式单一，二是栏目更新有时间隔较长。改进情况：已经为主要政策配了图解，并按月检查栏目更新。"],
];

/** The files of the story: this year's report, with one slip, and last year's, as data and as it was published. */
function prepare() {
  const good = readFileSync(join(examples, "district", "教育局.toml"), "utf8").replace(/^#.*\n/, "");
  const last = changed(good, [
    ["year = 2023", "year = 2022"], ["2024-01-16", "2023-01-17"], ["issued = 3, repealed = 0, in_force = 17", "issued = 2, repealed = 1, in_force = 14"],
    ["licences            = 86", "licences            = 79"], ["penalties           = 4", "penalties           = 6"], ["312.5", "298"],
    ["received    = [7, ", "received    = [4, "], ["granted = [5, ", "granted = [3, "], ["partly_granted = [2, ", "partly_granted = [1, "],
  ]);
  const told = OTHER_WORDS.reduce((text, [old, now]) => {
    if (!old.test(text)) throw new Error(`the example has no ${old}`);
    return text.replace(old, now);
  }, last);
  writeFileSync(join(work, "2022年年报.toml"), told);
  const now = changed(good, [["year = 2023 ", "previous = \"2022年年报.toml\"\nyear = 2023 "], ["received    = [7, 0, 0, 0, 0, 0]", "received    = [7, 0, 0, 0, 0, 0, 7]"]]);
  writeFileSync(join(work, "2023年年报.toml"), now);
  // One in which table 2 is not begun.
  writeFileSync(join(work, "2023年草稿.toml"), now.replace(/^(received|carried_in|carried_out|granted|partly_granted) .*\n/gm, ""));
  run("build", "2023年年报.toml", "--out", "成品");
  run("check", "2023年年报.toml", "--sheet", "成品/sheet.pdf");
  renameSync(join(work, "成品", "sheet.pdf"), join(pictures, "sheet.pdf"));
  const made = readdirSync(join(work, "成品")).find((name) => name.endsWith(".pdf"));
  copyFileSync(join(work, "成品", made), join(pictures, "page.pdf"));
  // Where the form is begun there is but last year's report as it was published.
  mkdirSync(join(work, "开始"));
  run("build", "2022年年报.toml", "--format", "docx", "--out", "开始");
}

const begin = (folder, ...more) => start(program, folder, "edit", "--no-open", "--no-recent", ...more);

const section = (page, name) => page.click(`.sections a[data-section="${name}"]`);
const saved = (page) => page.waitForFunction(() => waiting.size === 0 && !sending, null, { polling: 20 });

async function picture(page, name) {
  // The time of day is that of the run.
  await page.evaluate(() => {
    const saved = document.getElementById("saved");
    if (saved) saved.textContent = saved.textContent.replace(/\d+:\d+:\d+/, "10:20:30");
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function opening(browser) {
  const { child, url } = await begin(join(work, "开始"));
  const page = await browser.newPage({ viewport: SIZE, locale: "zh-CN" });
  await page.goto(url);
  await page.fill("#n-year", "2023");
  await page.fill("#n-agency", "云岭县教育局");
  await page.selectOption("#n-kind", { label: "部门" });
  await page.selectOption("#n-level", { label: "县级" });
  await page.fill("#n-name", "2023年年报");
  await page.fill("#x-name", "2023年年报");
  await page.selectOption("#x-from", { index: 1 });
  // Where the program lies is different everywhere.
  await page.evaluate((folder) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replaceAll(folder, "D:\\年报");
    document.activeElement.blur();
  }, join(work, "开始"));
  await picture(page, "start");
  await page.close();
  child.kill("SIGINT");
}

/** A block of table 2 as a spreadsheet leaves it in the clipboard: rows with their labels. */
const BLOCK = [
  ["一、本年新收政府信息公开申请数量", 7, 0, 0, 0, 0, 0, 7], ["二、上年结转政府信息公开申请数量", 0, 0, 0, 0, 0, 0, 0],
  ["（一）予以公开", 5, 0, 0, 0, 0, 0, 5], ["（二）部分公开", 2, 0, 0, 0, 0, 0, 2],
].map((row) => row.join("\t")).join("\r\n");

async function pasting(browser) {
  const { child, url } = await begin(work, "2023年草稿.toml");
  const page = await browser.newPage({ viewport: SIZE, locale: "zh-CN" });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  await section(page, "requests");
  await page.locator("[data-path='requests.received.natural_person']").click();
  await page.evaluate((block) => {
    const data = new DataTransfer();
    data.setData("text/plain", block);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, BLOCK);
  await page.waitForSelector("#paste[open]");
  await picture(page, "paste");
  await page.close();
  child.kill("SIGINT");
}

async function form(browser) {
  const { child, url } = await begin(work, "2023年年报.toml");
  const page = await browser.newPage({ viewport: SIZE, locale: "zh-CN" });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  await page.waitForFunction(() => document.getElementById("title").textContent.includes("云岭县教育局"));
  await picture(page, "head");
  await section(page, "requests");
  await page.waitForSelector("[data-path='requests.received.total']");
  await picture(page, "form");
  await page.locator("[data-path='requests.received.total']").fill("8");
  await saved(page);
  await page.waitForFunction(() => state.findings.some((one) => one.code === "NB304" || one.code === "NB302"));
  await page.locator("[data-path='requests.received.total']").click();
  await picture(page, "finding");
  await page.locator("[data-path='requests.received.total']").fill("7");
  await saved(page);
  await section(page, "overview");
  await picture(page, "text");
  await section(page, "preview");
  await page.waitForFunction(() => {
    const frame = document.querySelector("#frame iframe");
    return frame && frame.contentDocument && frame.contentDocument.body && frame.contentDocument.body.textContent.includes("云岭县");
  });
  await picture(page, "preview");
  await section(page, "finish");
  await page.waitForTimeout(500);
  await picture(page, "finish");
  await page.close();
  child.kill("SIGINT");
}

/** The stand of five units: two have reported, one is missing, one report is of another year, and one in error. */
async function units(browser) {
  const folder = join(work, "报送");
  const report = (name) => readFileSync(join(examples, "district", name), "utf8");
  mkdirSync(join(folder, "收件夹"), { recursive: true });
  const list = report("units.toml").replace(/^year = .*$/m, (line) => line + "\ndue = 2024-01-20");
  writeFileSync(join(folder, "units.toml"), list);
  copyFileSync(join(examples, "district", "教育局.toml"), join(folder, "教育局.toml"));
  copyFileSync(join(examples, "district", "青溪镇.toml"), join(folder, "青溪镇.toml"));
  writeFileSync(join(folder, "自然资源局.toml"), changed(report("自然资源局.toml"), [["year = 2023", "year = 2022"]]));
  writeFileSync(join(folder, "白石乡.toml"), changed(report("白石乡.toml"), [["received ", "received_by_post "]]));
  const { child, url } = await begin(folder, "units.toml");
  const page = await browser.newPage({ viewport: SIZE, locale: "zh-CN" });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  await page.waitForFunction(() => document.querySelectorAll("#stand-rows tr").length > 0);
  // The day is that of the run.
  await page.evaluate(() => {
    const head = document.getElementById("head");
    head.textContent = head.textContent.replace(/截至 \d+-\d+-\d+/, "截至 2024-01-22");
  });
  await picture(page, "units");
  await page.close();
  child.kill("SIGINT");
}

async function main() {
  prepare();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--font-render-hinting=none"], timeout: PATIENCE });
  try {
    await opening(browser);
    await pasting(browser);
    await form(browser);
    await units(browser);
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
