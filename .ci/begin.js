// Starts a program that serves pages, for all tries in a browser.
"use strict";
const { spawn } = require("node:child_process");

/** Starts a program in a folder; gives its process and the address that it prints. */
module.exports = async function begin(program, folder, ...given) {
  const child = spawn(program, given, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  const url = await new Promise((found, fail) => {
    child.once("error", fail);
    child.once("exit", () => fail(new Error(`${given[0]} ended before it printed an address`)));
    child.stdout.on("data", (data) => {
      said += data;
      const line = said.match(/(http:\S+)\s/);
      if (line) found(line[1]);
    });
  });
  return { child, url };
};
