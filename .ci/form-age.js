// Looks whether the script and the style of the form keep to what Chromium 86 knows.
"use strict";
const assert = require("node:assert/strict");
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Linter } = require("eslint");
const compat = require("eslint-plugin-compat");

const folder = process.argv[2];
const OLDEST = "chrome 86";

const linter = new Linter({ configType: "flat" });
const lint = (script) => linter.verify(script, [{
  // 2021 is what Chromium 85 and later read.
  languageOptions: { ecmaVersion: 2021, sourceType: "script" },
  plugins: { compat: { rules: compat.rules } },
  settings: { browsers: [OLDEST], polyfills: [] },
  rules: {
    "compat/compat": ["error", OLDEST],
    // Methods, which cannot be told by the names of what they belong to.
    "no-restricted-syntax": ["error", ...[
      "at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with", "hasOwn",
      "checkVisibility", "togglePopover", "showPopover", "hidePopover", "setHTML", "getInnerHTML", "isWellFormed",
    ].map((name) => ({
      selector: `CallExpression[callee.property.name="${name}"]`, message: `${name}() is younger than Chromium 86`,
    }))],
  },
}]);
const scripts = ["elements.js", "panel.js", "marks.js", "trace.js", ...readdirSync(join(folder, "form")).map((name) => join("form", name))];
const found = scripts.flatMap((name) =>
  lint(readFileSync(join(folder, name), "utf8")).map((one) => `${name}:${one.line} ${one.message}`));
assert.deepEqual(found, []);

// What Chromium learned after 86 and would be missed; what it passes over without harm may stand.
const YOUNGER = [
  /:has\(/, /:is\(/, /:where\(/, /(^|[;{\s])inset(-block|-inline)?\s*:/, /aspect-ratio\s*:/, /color-mix\(/, /oklch\(/, /@layer/,
  /@container/, /@scope/, /(^|[;{\s])(margin|padding|border)-(inline|block)\s*:/, /\d(dvh|svh|lvh)\b/, /accent-color\s*:/,
  /text-wrap\s*:/, /(^|[;{\s])(translate|rotate|scale)\s*:/, /subgrid/, /overflow\s*:\s*clip/, /content\s*:[^;]*"\s*\//, /&\s*[.:>[]/,
  /\d\s*(<|<=|>|>=)\s*width|width\s*(<|<=|>|>=)/,
];
const wrong = ["browser.css", "panel.css", "trace.css", "form.css", "office.css"].flatMap((name) => {
  const style = readFileSync(join(folder, name), "utf8").replace(/\/\*[^]*?\*\//g, (remark) => remark.replace(/[^\n]/g, ""));
  return style.split("\n").flatMap((line, i) => YOUNGER.filter((one) => one.test(line)).map((one) => `${name}:${i + 1} ${one}`));
});
assert.deepEqual(wrong, []);
console.log("ok  script and style keep to what Chromium 86 knows");
