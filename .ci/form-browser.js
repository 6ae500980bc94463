// What all tries of the form in a browser have in common.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { chromium } = require("playwright-core");
const start = require("./begin.js");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [program, work] = process.argv.slice(2);
const PICTURES = process.env.NIANBAO_FORM_PICTURES;
/** Longer than anything here takes on any machine, in milliseconds; only a run that fails waits for it. */
const PATIENCE = Number(process.env.NIANBAO_PATIENCE || 120_000);
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const step = (words) => console.log(`ok  ${words}`);

/** The form, begun in a folder. */
const begin = (folder, ...more) => start(program, folder, "edit", "--no-open", "--no-recent", ...more);

/** Everything there is to see, at three widths, by pictures and by axe. */
async function look(page, name) {
  for (const [width, height] of [[1280, 844], [390, 844], [360, 640]]) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
    if (PICTURES && width !== 360) await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`) });
    const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(spill <= 0, `${name}: the page scrolls sideways by ${spill} px at ${width}`);
    const current = await page.locator(".sections a[aria-current]").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    // Scrolling keeps to whole pixels, widths do not.
    for (const { left, right } of current) assert(left > -1 && right < width + 1, `${name}: the open part is out of sight at ${width}`);
    const bubble = await page.locator("#bubble:visible").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    for (const box of bubble) {
      assert(box.left >= 0 && box.right <= width && box.width >= 120, `${name}: a message of ${box.width} px from ${box.left} at ${width}`);
    }
    if (width === 360) continue;
    // In a window so tall that nothing that stays in view lies over something else.
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: 2 * Math.max(whole, 2000) });
    await page.evaluate(axe);
    const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, iframes: false }), TAGS);
    const faults = result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)}`));
    assert.deepEqual(faults, [], `axe, ${name}, ${width} px`);
  }
  // As large as at 200 %, which leaves half of the window's width and height.
  await page.setViewportSize({ width: 640, height: 422 });
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert(spill <= 0, `${name}: the page scrolls sideways by ${spill} px at 200 %`);
  await page.setViewportSize({ width: 1280, height: 844 });
}

const field = (page, path) => page.locator(`[data-path="${path}"]`);
const shown = (page, path) => page.evaluate((path) => {
  const at = document.querySelector(`[data-path="${path}"]`);
  return at.value === undefined ? at.textContent : at.value;
}, path);
/** Waits until all that was typed is saved. */
const saved = (page) => page.waitForFunction(() => waiting.size === 0 && !sending, null, { polling: 20 });
const section = (page, name) => page.click(`.sections a[data-section="${name}"]`);

/** Pastes into what has the focus, as the system's clipboard would. */
const paste = (page, clipboard) => page.evaluate((clipboard) => {
  const data = new DataTransfer();
  for (const [type, words] of Object.entries(clipboard)) data.setData(type, words);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, clipboard);

/** A page of a browser that keeps note of what goes wrong in it. */
async function browse() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"], timeout: PATIENCE });
  const context = await browser.newContext({ viewport: { width: 1280, height: 844 }, reducedMotion: "reduce", locale: "zh-CN", acceptDownloads: true });
  // A printer would be asked; it is only noted what was to be printed.
  await context.addInitScript(() => {
    window.print = () => { window.top.printed = location.pathname; };
  });
  const faults = [];
  const open = async (url) => {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("console", (message) => {
      // What is refused is told as a status, which the browser repeats; and a program that was killed does not answer.
      if (message.type() === "error" && !/status of (403|409|410|422|423)|net::ERR_(CONNECTION|EMPTY|INCOMPLETE)/.test(message.text())) faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("request", (request) => {
      const origin = new URL(url).origin;
      if (!request.url().startsWith(origin) && !/^(data|about|blob):/.test(request.url())) faults.push(`asks for ${request.url()}`);
    });
    await page.goto(url);
    return page;
  };
  return { browser, context, open, faults };
}

module.exports = { PICTURES, begin, browse, field, look, paste, program, saved, section, shown, step, work };
