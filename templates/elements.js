// 各个页面共用的：找元素、做元素。
"use strict";

const element = (id) => document.getElementById(id);

function made(kind, name, text) {
  const made = document.createElement(kind);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, name, action) {
  const made_button = made("button", name, text);
  made_button.type = "button";
  made_button.addEventListener("click", action);
  return made_button;
}
