// Opens pages in Chromium at the width of a phone and of a desk, and in print, and lets axe-core look.
"use strict";
const { readFileSync } = require("node:fs");
const { basename } = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = [390, 1280];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function look(browser, file, width) {
  const faults = [];
  const page = await browser.newPage({ viewport: { width, height: 844 } });
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
      faults.push(`asks for ${request.url()}`);
    }
  });
  await page.goto(pathToFileURL(file).href);
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (spill > 0) faults.push(`the page scrolls sideways by ${spill} px`);
  const island = await page.evaluate(() => {
    const element = document.getElementById("nianbao");
    return element ? JSON.parse(element.textContent).format : null;
  });
  if (island !== null && !["nianbao/1", "nianbao-sheet/1"].includes(island)) faults.push(`data of unknown form ${island}`);
  // The debugging protocol evaluates past the page's own policy, which forbids every script.
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  for (const violation of result.violations) {
    for (const node of violation.nodes) faults.push(`${violation.id}: ${node.html.slice(0, 160)}`);
  }
  faults.push(...(await unspoken(page)));
  await page.close();
  return { faults, passes: result.passes.length, incomplete: result.incomplete };
}

/** What the tree that screen readers are given lacks: headings that run into their text, and a corner that heads nothing. */
async function unspoken(page) {
  const faults = [];
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  const plain = (text) => text.replace(/\s/g, "");
  const level = (node) => node.properties?.find((property) => property.name === "level")?.value.value;
  const told = nodes.filter((node) => node.role?.value === "heading").map((node) => plain(`${level(node)} ${node.name?.value}`));
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("h1, h2, h3, h4")].filter((heading) => heading.checkVisibility()).map((heading) => `${heading.localName[1]} ${heading.textContent}`),
  );
  for (const heading of shown) if (!told.includes(plain(heading))) faults.push(`no heading to a screen reader: ${heading}`);
  const heads = nodes.filter((node) => ["columnheader", "rowheader"].includes(node.role?.value));
  for (const head of heads) if (head.name?.value.includes("勾稽关系")) faults.push(`heads cells: ${head.name.value}`);
  return faults;
}

/** What cannot be read when the system says which colours there are, as for people who see little: white on black. */
async function unread(browser, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 844 }, forcedColors: "active", colorScheme: "dark" });
  await page.goto(pathToFileURL(file).href);
  const faults = await page.evaluate(() => {
    const faults = [];
    for (const text of document.querySelectorAll("svg text")) {
      const [red, green, blue] = getComputedStyle(text).fill.match(/\d+/g).map(Number);
      if (Math.min(red, green, blue) < 128) faults.push(`dark on dark in a chart: ${text.textContent}`);
    }
    if (getComputedStyle(document.body, "::after").content !== "none") faults.push("the draft's mark lies on the text");
    return faults;
  });
  await page.close();
  return faults;
}

async function main() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"], timeout: 120_000 });
  let bad = 0;
  for (const file of process.argv.slice(2)) {
    for (const fault of await unread(browser, file)) {
      console.error(`${basename(file)}, colours of the system: ${fault}`);
      bad += 1;
    }
    for (const width of WIDTHS) {
      const { faults, passes, incomplete } = await look(browser, file, width);
      const open = incomplete.map((rule) => `${rule.id} (${rule.nodes.length})`).join(", ");
      console.log(`axe ${basename(file)} at ${width} px: ${faults.length} faults, ${passes} passes` +
        (open ? `, left to a person: ${open}` : ""));
      for (const fault of faults) console.error(`  ${fault}`);
      bad += faults.length;
    }
  }
  await browser.close();
  process.exitCode = bad === 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
