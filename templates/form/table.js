// 三张表：键盘、合计、填 0、复制出去。

/** 合计随填随算：没有填合计的，显示相加的数。 */
function totals() {
  if (!plan) return;
  const value = (path) => {
    const at = field(path);
    const text = at ? plain(at.value) : "";
    if (text !== "") return is_number(text) ? Number(text) : null;
    const parts = plan.totals.find(([total]) => total === path);
    return parts ? sum(parts[1]) : null;
  };
  const sum = (paths) => paths.reduce((all, path) => {
    const one = all === null ? null : value(path);
    return one === null ? null : all + one;
  }, 0);
  for (const [total, parts] of plan.totals) {
    const at = field(total);
    if (!at) continue;
    const added = sum(parts);
    at.placeholder = added === null ? "" : String(added);
    const typed = plain(at.value);
    const is_off = typed !== "" && added !== null && is_number(typed) && Number(typed) !== added;
    at.parentElement.classList.toggle("off", is_off);
    at.dataset.sum = is_off ? "各项相加是 " + added : "";
  }
  plan.balances.forEach(([name, left, right], i) => {
    const place = document.querySelector("[data-balance=\"" + i + "\"]");
    if (!place) return;
    const [one, other] = [sum(left), sum(right)];
    const is_known = one !== null && other !== null;
    place.textContent = !is_known ? "未填全" : one === other ? "✓ 相等" : (one > other ? "少 " : "多 ") + Math.abs(one - other);
    place.className = "balance" + (!is_known ? "" : one === other ? " even" : " odd");
    place.title = is_known ? name + "：" + one + (one === other ? " ＝ " : " ≠ ") + other : "";
  });
}

/** 表中各格，按行。 */
function rows_of(table) {
  const rows = [];
  for (const at of table.querySelectorAll("input[data-row]")) {
    (rows[Number(at.dataset.row)] = rows[Number(at.dataset.row)] || []).push(at);
  }
  return rows;
}

function go_to(at) {
  if (!at) return;
  at.focus();
  at.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function keys_of_table(event) {
  const at = event.target;
  if (!at.matches("input[data-row]") || event.isComposing || event.keyCode === 229 || event.altKey) return;
  const rows = rows_of(at.closest("table"));
  const row = Number(at.dataset.row);
  const column = rows[row].indexOf(at);
  const down = (step) => rows[row + step] && rows[row + step][Math.min(column, rows[row + step].length - 1)];
  const is_whole = at.selectionStart === 0 && at.selectionEnd === at.value.length;
  const is_at = (end) => is_whole && !at.dataset.editing || at.selectionStart === at.selectionEnd && at.selectionStart === end;
  let to;
  switch (event.key) {
    case "Enter":
      if (event.ctrlKey) return;
      to = down(event.shiftKey ? -1 : 1);
      break;
    case "ArrowDown": to = down(1); break;
    case "ArrowUp": to = down(-1); break;
    case "ArrowLeft": if (!is_at(0)) return; to = rows[row][column - 1]; break;
    case "ArrowRight": if (!is_at(at.value.length)) return; to = rows[row][column + 1]; break;
    case "Home": if (!event.ctrlKey) return; to = rows[row][0]; break;
    case "End": if (!event.ctrlKey) return; to = rows[row][rows[row].length - 1]; break;
    case "F2":
      at.dataset.editing = "yes";
      at.setSelectionRange(at.value.length, at.value.length);
      break;
    case "Escape":
      waiting.delete(at.dataset.path);
      refused.delete(at.dataset.path);
      at.value = known(at.dataset.path);
      at.select();
      totals();
      paint();
      break;
    default: return;
  }
  event.preventDefault();
  go_to(to);
}

/** 一行或一张表里没有填的都填 0；合计照相加的，不填。 */
function zero(table, is_row) {
  const chosen = last_cell && table.contains(last_cell) ? last_cell : null;
  if (is_row && !chosen) return say("先点一下要填的那一行");
  const all = is_row ? rows_of(table)[Number(chosen.dataset.row)] : [...table.querySelectorAll("input[data-row]")];
  const empty = all.filter((at) => at.dataset.total === undefined && at.value.trim() === "");
  if (empty.length === 0) return say("没有空着的格");
  const changes = empty.map((at) => ({ kind: "value", path: at.dataset.path, old: known(at.dataset.path) || null, new: "0" }));
  return act("edit", { label: (is_row ? "本行" : "本表") + "其余填 0（" + empty.length + " 格）", changes })
    .then((why) => { if (!why) say("填了 " + empty.length + " 个 0"); });
}

/** 表格作为单元格复制出去。 */
function copy_out(table) {
  const lines = [...table.rows].map((row) => [...row.cells].map((cell) => {
    const input = cell.querySelector("input");
    const text = input ? input.value || input.placeholder : cell.textContent.trim();
    return { text, columns: cell.colSpan, rows: cell.rowSpan };
  }));
  const safe = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" }[c]));
  const html = "<table>" + lines.map((line) => "<tr>" + line.map(({ text, columns, rows }) =>
    "<td colspan=\"" + columns + "\" rowspan=\"" + rows + "\">" + safe(text) + "</td>").join("") + "</tr>").join("") + "</table>";
  const grid = spread(lines);
  copy(html, grid.map((line) => line.join("\t")).join("\r\n"), "已复制，可以在 Excel、WPS 里粘贴");
}

function copy(html, text, word) {
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
    say(word);
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
}

/** 合并的单元格摊开：文字在第一格，其余是空的。 */
function spread(lines) {
  const grid = [];
  lines.forEach((line, y) => {
    let x = 0;
    grid[y] = grid[y] || [];
    for (const { text, columns, rows } of line) {
      while (grid[y][x] !== undefined) x += 1;
      for (let down = 0; down < Math.min(rows, lines.length - y); down += 1) {
        grid[y + down] = grid[y + down] || [];
        for (let right = 0; right < columns; right += 1) grid[y + down][x + right] = down + right === 0 ? text : "";
      }
      x += columns;
    }
  });
  return grid.map((line) => Array.from(line, (text) => text || ""));
}
