// Reads a Word file back in the form that a leader corrected, as a clerk would: looks, takes some, and takes all back.
"use strict";
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const { copyFileSync, mkdirSync, readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");
const { begin, browse, look, program, section, step, work } = require("./form-browser.js");

const folder = join(work, "word");
const file = join(folder, "2023.toml");
const text = () => readFileSync(file, "utf8");

/** The Word file of the report, with tracked changes and a comment of a leader in it. */
function correct() {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(__dirname, "../examples/haidong-2023.toml"), file);
  const built = spawnSync(program, ["build", file, "--out", join(folder, "out"), "--format", "docx"], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stderr);
  const [made] = readdirSync(join(folder, "out"));
  const changed = spawnSync("python3", [join(__dirname, "form-word.py"), join(folder, "out", made), join(folder, "领导改过的.docx")], { encoding: "utf8" });
  assert.equal(changed.status, 0, changed.stderr);
}

async function main() {
  correct();
  const before = text();
  const { child, url } = await begin(folder, "2023.toml");
  const { browser, open, faults } = await browse();
  try {
    const page = await open(url);
    await section(page, "finish");
    await page.selectOption("#word-file", { label: "领导改过的.docx" });
    await page.waitForSelector("#word-list .correction");
    const names = await page.locator("#word-list .tick").allTextContents();
    assert.equal(names.length, 3, names.join());
    assert.match(await page.textContent("#word-questions"), /王局长.*核对/);
    assert.match(await page.textContent("#word-left"), /没有采用/);
    await page.click("#word-left summary");
    await look(page, "word");
    const ticks = page.locator("#word-list input");
    await ticks.nth(1).uncheck();
    assert.match(await page.textContent("#word-take"), /2 处/);
    await page.click("#word-take");
    await page.waitForSelector("#word-done:not([hidden])");
    assert.match(await page.textContent("#word-done"), /已写入 2 处/);
    assert.equal(await page.locator("#word-list .correction").count(), 1);
    assert(/^fees\s+= 3298 /m.test(text()), "the figure is not in the file");
    await look(page, "word-taken");
    await page.locator("#word-list button", { hasText: "看填写的地方" }).first().click();
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains("box")), true);
    await page.click("#undo");
    await page.waitForFunction(() => document.getElementById("undo").disabled);
    assert.equal(text(), before, "undoing leaves something");
    // The same from elsewhere, and a file that is none.
    await section(page, "finish");
    await page.setInputFiles("#word-upload", join(folder, "领导改过的.docx"));
    await page.waitForFunction(() => document.querySelectorAll("#word-list .correction").length === 3);
    await page.setInputFiles("#word-upload", { name: "别的.docx", mimeType: "application/octet-stream", buffer: Buffer.from("PK\u0003\u0004word/") });
    await page.waitForSelector("#word-wrong:not([hidden])");
    assert.match(await page.textContent("#word-wrong"), /Word 文件/);
    assert.equal(text(), before);
    assert.deepEqual(faults, []);
    step("a corrected Word file is read back: looked at, taken in part, undone");
  } finally {
    await browser.close();
    child.kill();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
