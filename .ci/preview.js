// Opens a preview, breaks and mends its data file, follows findings to their cells, and measures.
"use strict";
const assert = require("node:assert/strict");
const { once } = require("node:events");
const { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { chromium } = require("playwright-core");
const begin = require("./begin.js");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [program, example, work] = process.argv.slice(2);
const PICTURES = process.env.NIANBAO_PREVIEW_PICTURES;
/** Longer than anything here takes on any machine, in milliseconds; only a run that fails waits for it. */
const PATIENCE = 120_000;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const GOOD = readFileSync(example, "utf8");
const file = join(work, "年报.toml");

/** The example with another figure in the first row of the table of requests; it must then be wrong. */
const withFigure = (figure) => replaced(GOOD, "received    = [ 107,", `received    = [ ${figure},`);
/** The example with another figure that no rule looks at. */
const withPenalties = (figure) => replaced(GOOD, "penalties           = 3523", `penalties           = ${figure}`);
const BROKEN = replaced(GOOD, "received    = [ 107,", "received    = [ 107，");

function replaced(text, from, to) {
  assert(text.includes(from), `the example no longer has: ${from}`);
  return text.replace(from, to);
}

const save = (text) => writeFileSync(file, text);
const saveByRename = (text) => {
  writeFileSync(file + "~", text);
  renameSync(file + "~", file);
};

const step = (text) => console.log(`ok  ${text}`);

async function picture(page, name) {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function axeFaults(page, name) {
  // The frames are pages of their own: what is in them is looked at through them.
  for (const frame of page.frames()) {
    if (frame.url().startsWith("http")) await frame.evaluate(axe);
  }
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  const faults = result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
  assert.deepEqual(faults, [], `axe, ${name}`);
  return result.passes.length;
}

/** The text of a cell of the page that is shown. */
const cell = (page, field) => page.evaluate(
  (field) => document.querySelector("#page iframe:not(.next)").contentDocument
    .querySelector(`[data-field="${field}"]`).textContent, field);

const shows = (page, field, text) => page.waitForFunction(
  ([field, text]) => {
    const frame = document.querySelector("#page iframe:not(.next)");
    const cell = frame && frame.contentDocument.querySelector(`[data-field="${field}"]`);
    return cell && cell.textContent === text;
  }, [field, text], { polling: 10 });

const tag = (page) => page.evaluate(() => document.body.dataset.page);
const RECEIVED = "requests.received.natural_person";
const PENALTIES = "disclosure.penalties";

/** Whether what is marked in the page can be seen, and is what lies on top. */
const marked = (page) => page.evaluate(() => {
  const view = document.querySelector("#page iframe:not(.next)").contentWindow;
  const at = view.document.querySelector("[data-preview-chosen]");
  if (!at) return null;
  const { left, top, width, height } = at.getBoundingClientRect();
  const inside = top >= 0 && top + height <= view.innerHeight;
  const found = view.document.elementFromPoint(left + width / 2, top + height / 2);
  return { field: at.dataset.field, seen: inside && (found === at || at.contains(found)) };
});

async function lands(page, field) {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const at = await marked(page);
    if (at && at.field === field && at.seen) return;
    assert(Date.now() < until, `did not land on ${field}: ${JSON.stringify(at)}`);
    await page.waitForTimeout(20);
  }
}

/**
 * Whether the page glides to where it goes or is there at once. Where places are measured it is there at once: a glide
 * that is still under way would be added to them, and how long one takes is the machine's affair.
 */
const glides = (page, does) => page.emulateMedia({ reducedMotion: does ? "no-preference" : "reduce" });

/** Lets what has been laid out be drawn. */
const drawn = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
}));

/** Moves the page somewhere down, and says what stands at its top: which value, and how far from the edge. */
async function go_down(page) {
  await page.evaluate(() => document.querySelector("#page iframe:not(.next)").contentWindow
    .scrollTo({ top: 2000, behavior: "instant" }));
  await drawn(page);
  const top = await page.evaluate(() => {
    const view = document.querySelector("#page iframe:not(.next)").contentWindow;
    const at = [...view.document.querySelectorAll("[data-field]")].find((at) => at.getBoundingClientRect().bottom > 0);
    return { scroll: view.scrollY, field: at.dataset.field, offset: at.getBoundingClientRect().top };
  });
  assert.equal(top.scroll, 2000);
  return top;
}

/** How far the page has moved under the reader since then. */
async function moved(page, top) {
  await drawn(page);
  const offset = await page.evaluate((field) => document.querySelector("#page iframe:not(.next)").contentDocument
    .querySelector(`[data-field="${field}"]`).getBoundingClientRect().top, top.field);
  return Math.abs(offset - top.offset);
}

async function work_through(page, width) {
  await glides(page, false);
  save(GOOD);
  // Both figures: whatever the file held before, this is then the page of the good one.
  await shows(page, RECEIVED, "107");
  await shows(page, PENALTIES, "3523");
  await page.waitForSelector("body[data-shown=current]");
  await page.waitForSelector("#draft", { state: "hidden" });
  await picture(page, `${width}-clean`);
  let passes = await axeFaults(page, `${width} px, as published`);

  // Somewhere down the page, so that losing the place would be seen.
  let top = await go_down(page);

  const before = await tag(page);
  save(BROKEN);
  // Whoever looks while the file is being written finds it empty, which is a mistake as well, but not this one.
  const mistake = page.locator(".finding", { hasText: "DF01" }).filter({ hasText: "半角" }).first();
  await mistake.waitFor();
  assert.equal(await page.getAttribute("body", "data-shown"), "kept");
  assert.match(await mistake.locator(".excerpt").first().textContent(), /107，/);
  assert.equal(await tag(page), before);
  assert.equal(await cell(page, RECEIVED), "107");
  assert.equal(await page.getAttribute("#docx", "href"), null, "a file with mistakes can be downloaded");
  await picture(page, `${width}-broken`);
  passes += await axeFaults(page, `${width} px, broken`);
  step(`${width} px: a broken file shows its mistake and keeps the page`);

  for (const [name, write, figure] of [["a save", save, 170], ["a save by rename", saveByRename, 171]]) {
    write(withFigure(figure));
    await shows(page, RECEIVED, String(figure));
    // What the reader was reading stands where it stood, even below a draft mark that came or went.
    const by = await moved(page, top);
    assert(by <= 1, `the place was lost by ${by} px`);
    await page.waitForSelector("#draft:not([hidden])");
    const finding = page.locator(".finding .head", { hasText: "NB302" }).first();
    if (await finding.getAttribute("aria-expanded") === "true") await finding.click();
    await finding.focus();
    await page.keyboard.press("Enter");
    await lands(page, RECEIVED);
    assert.equal(await finding.getAttribute("aria-expanded"), "true");
    assert.match(await page.textContent(".finding.chosen .excerpt"), new RegExp(String(figure)));
    await picture(page, `${width}-finding`);
    top = await go_down(page);
    step(`${width} px: ${name} renews the page in its place, and the finding leads to its cell`);
  }
  // A file that is empty for a while, as some editors leave it while they save, takes nothing away.
  save("");
  await page.waitForSelector("body[data-shown=kept]");
  const open = page.locator(".finding .head[aria-expanded=true]", { hasText: "NB302" });
  await open.waitFor({ state: "detached" });
  save(withFigure(169));
  await shows(page, RECEIVED, "169");
  await open.waitFor();
  await page.waitForFunction(() => document.activeElement.matches(".finding .head[aria-expanded=true]"));
  top = await go_down(page);
  step(`${width} px: what was open before a file broke is open when it is mended`);
  // A save while the page is on its way to a finding: the new page is there at once.
  await glides(page, true);
  const finding = page.locator(".finding .head", { hasText: "NB302" }).first();
  for (let i = 0; i < 2; i += 1) await finding.click();
  save(withFigure(172));
  await shows(page, RECEIVED, "172");
  await lands(page, RECEIVED);
  step(`${width} px: a save on the way to a finding does not lose it`);
  passes += await axeFaults(page, `${width} px, findings`);
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert(spill <= 0, `the page scrolls sideways by ${spill} px`);
  step(`${width} px: axe-core finds nothing, ${passes} checks passed`);
  save(GOOD);
  await shows(page, RECEIVED, "107");
}

async function inspected(page, width) {
  const report = page.frameLocator("#page iframe:not(.next)");
  await report.locator('[data-cell="requests.received.total"]').click();
  await page.waitForSelector("#inspector[open]");
  assert.match(await page.textContent("#inspector-facts"), /NB302.*NB304/s);
  await picture(page, `inspector-${width}`);
  await axeFaults(page, `inspector at ${width}`);
  await page.keyboard.press("Escape");
  // By keys: to the table, over its cells, and open.
  await report.locator('[data-cell="requests.received.natural_person"]').focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#inspector[open]");
  assert.match(await page.textContent("#inspector-title"), /上年结转.*商业企业/);
  await page.keyboard.press("Escape");
  // A figure of a text, and from it to the cell.
  await report.locator("[data-told]", { hasText: /^128$/ }).first().click();
  await page.waitForSelector("#inspector[open]");
  await page.click("#inspector-go");
  await page.waitForSelector("#inspector:not([open])", { state: "attached" });
  const chosen = await report.locator("[data-preview-chosen]").getAttribute("data-field");
  assert.equal(chosen, "requests.received.total");
  // A page that is kept shows its own figures, whatever stands before them in the file of the moment.
  save(replaced(GOOD, "received    =", "recieved    =").replace("text = '''\n", "text = '''\n去年收到申请998件。"));
  await page.waitForSelector("body[data-shown=kept]");
  await page.waitForFunction(() => state.figures.some((one) => one.words.includes("998")));
  await report.locator("[data-told]", { hasText: /^2211$/ }).first().click();
  await page.waitForSelector("#inspector[open]");
  assert.match(await page.textContent("#inspector-title"), /2211/);
  await page.keyboard.press("Escape");
  save(GOOD);
  await page.waitForSelector("body[data-shown=current]");
  step("figures in tables and texts show what stands behind them, by click and by key");
}

async function downloads(page, url) {
  await page.click("#tab-pdf");
  await page.waitForSelector("#pdf iframe, #pdf-none:not([hidden])");
  if (PICTURES) await page.waitForTimeout(1500);
  await picture(page, "pdf");
  const has_viewer = await page.evaluate(() => navigator.pdfViewerEnabled !== false);
  if (has_viewer) {
    // The PDF that is looked at follows the data file as the page does.
    const is_shown = () => page.waitForFunction(() => document.body.dataset.pdf === document.body.dataset.page &&
      document.querySelectorAll("#pdf iframe").length === 1);
    await is_shown();
    save(withPenalties(3600));
    await shows(page, PENALTIES, "3600");
    await is_shown();
    await picture(page, "pdf-renewed");
    step("the PDF renews itself");
  } else {
    console.log("    this browser shows no PDF: that it renews itself was not looked at");
  }
  const shown = await tag(page);
  const turned = await fetch(new URL(`report.pdf?after=&${shown}`, url), { redirect: "manual" });
  assert.equal(turned.status, 302);
  assert(turned.headers.get("location").startsWith(`report.pdf?${shown}#`));
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.getAttribute("#tab-page", "aria-selected"), "true");
  for (const [id, magic] of [["docx", "PK"], ["pdf-file", "%PDF-"]]) {
    const path = await page.getAttribute(`#${id}`, "href");
    const answer = await (await fetch(new URL(path, url))).arrayBuffer();
    assert(Buffer.from(answer).toString("latin1").startsWith(magic), path);
  }
  step("Word and PDF of the state shown can be had");
}

/** Makes a page believe that its tab has gone to the background or come back: this browser shows all of its pages at once. */
const hide = (page, is_hidden) => page.evaluate((is_hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => is_hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}, is_hidden);

async function tabs(page, url) {
  save(withPenalties(3700));
  await shows(page, PENALTIES, "3700");
  const others = [];
  await hide(page, true);
  for (let i = 0; i < 8; i += 1) {
    const other = await page.context().newPage();
    other.setDefaultTimeout(PATIENCE);
    await other.goto(url);
    await shows(other, PENALTIES, "3700");
    await hide(other, true);
    others.push(other);
  }
  save(withPenalties(3701));
  await hide(page, false);
  await shows(page, PENALTIES, "3701");
  await hide(others[3], false);
  await shows(others[3], PENALTIES, "3701");
  for (const other of others) await other.close();
  step("nine tabs at once: the one that is looked at shows the state of the moment");
}

async function measure(page) {
  await page.evaluate(() => {
    window.turned = [];
    new MutationObserver(() => window.turned.push(Date.now()))
      .observe(document.body, { attributeFilter: ["data-page"] });
  });
  // Told, not judged: how long it takes says as much of the machine as of the program.
  const times = [];
  for (let i = 0; i < 40; i += 1) {
    await page.evaluate(() => { window.turned = []; });
    const saved = Date.now();
    (i % 2 ? save : saveByRename)(withPenalties(4000 + i));
    await page.waitForFunction(() => window.turned.length > 0, null, { polling: 5 });
    times.push(await page.evaluate(() => window.turned[0]) - saved);
  }
  times.sort((a, b) => a - b);
  const [median, ninth, worst] = [20, 36, 39].map((i) => times[i]);
  console.log(`    from save to page: median ${median} ms, nine of ten within ${ninth} ms, worst ${worst} ms`);
  step("forty saves in a row are each on the page");
}

function memory(pid) {
  const status = `/proc/${pid}/status`;
  return existsSync(status) ? Number(readFileSync(status, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024 : null;
}

async function thousand(page, pid) {
  const heap = async () => {
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    const { documents } = await session.send("Memory.getDOMCounters");
    await session.detach();
    return { heap: await page.evaluate(() => performance.memory.usedJSHeapSize / 1024 / 1024), documents };
  };
  let after = null;
  for (let i = 1; i <= 1000; i += 1) {
    (i % 2 ? save : saveByRename)(i % 10 === 5 ? BROKEN : withPenalties(5000 + i));
    await page.waitForTimeout(20);
    // However slow the machine, every tenth save is made and shown: a hundred states that could be kept by mistake.
    if (i % 10 === 0) await shows(page, PENALTIES, String(5000 + i));
    if (i === 200) after = { server: memory(pid), ...(await heap()) };
  }
  const until = Date.now() + PATIENCE;
  let end = null;
  do {
    // The browser lets go of old pages when it comes to it.
    end = { server: memory(pid), ...(await heap()) };
  } while (end.documents - after.documents >= 20 && Date.now() < until);
  console.log(`    memory after 200 and after 1000 saves: program ${after.server?.toFixed(1)} and ` +
    `${end.server?.toFixed(1)} MB, page ${after.heap.toFixed(1)} and ${end.heap.toFixed(1)} MB, ` +
    `${after.documents} and ${end.documents} documents`);
  // A state is some hundred kilobytes. What the system's memory is cut into makes some megabytes of difference.
  if (end.server !== null) assert(end.server - after.server < 16, "the program's memory grows");
  assert(end.documents - after.documents < 20, "old pages stay in memory");
  step("a thousand saves: the last is shown, memory stays");
}

/**
 * What the browser says of loading something that it gave up itself, such as the PDF viewer's own parts when its frame
 * goes away. What the program does not answer has another name, and so has what it forbids.
 */
const GIVEN_UP = /^Failed to load resource: net::ERR_(FAILED|ABORTED)$/;

async function main() {
  save(GOOD);
  const { child, url } = await begin(program, work, "preview", file);
  let browser = null;
  try {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM, args: ["--no-sandbox"], timeout: PATIENCE });
    const faults = [];
    for (const [width, height] of [[1280, 844], [390, 844]]) {
      const context = await browser.newContext({ viewport: { width, height } });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      page.on("console", (message) => {
        if (!GIVEN_UP.test(message.text())) faults.push(`${message.text()} (${message.location().url})`);
      });
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !/^(data|chrome|chrome-extension|about|blob):/.test(request.url())) {
          faults.push(`asks for ${request.url()}`);
        }
      });
      await page.goto(url);
      await inspected(page, width);
      await work_through(page, width);
      if (width === 1280) {
        await downloads(page, url);
        await tabs(page, url);
        await measure(page);
        await thousand(page, child.pid);
      }
      assert.deepEqual(faults, []);
      if (width === 390) {
        const ended = once(child, "exit");
        child.kill("SIGINT");
        assert.deepEqual(await ended, [0, null], "Ctrl+C is no clean end");
        await page.waitForSelector("#lost:not([hidden])");
        step("Ctrl+C ends the program, and the page says so");
      }
      await context.close();
    }
    assert.deepEqual(readdirSync(work), ["年报.toml"], "the preview left files");
    step("nothing was written");
  } finally {
    if (browser) await browser.close();
    child.kill();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
