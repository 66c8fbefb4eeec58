/**
 * A table as a grid: cells are written in place, arrows lead from cell to cell where the caret can go no further, and what is
 * pasted from a spreadsheet fills the cells from the one with the caret on.
 */

import { rowsOf } from "./cells.js";
import { button, make } from "./dom.js";
import { growing, listen, show } from "./typing.js";

/**
 * @typedef {import("./shapes").Field} Field
 * @typedef {import("./shapes").Cell} Cell
 * @typedef {import("./parts.js").Part} Part
 */

const AT_ONCE = 100; // so many rows stand on the page before more are asked for

/** @param {Part} part the table's own */
export function createGrid(part) {
  const body = make("tbody");
  const head = make("thead");
  const table = make("table", { "aria-labelledby": part.labelled.id }, head, body);
  const more = button("", () => {
    most += AT_ONCE;
    update(field);
  });
  const hint = "表計算ソフトで写した範囲を、セルに貼り付けられます（足りない行と列は増えます）。";
  const element = make(
    "div",
    { class: "grid" },
    make("div", { class: "scrolled" }, table),
    more,
    make(
      "div",
      { class: "adders" },
      button("＋ 行", () => grow(field.rows.length, 0, 1, width()), { class: "add" }),
      button("＋ 列", () => grow(0, width(), field.rows.length || 1, 1), { class: "add" }),
      make("span", { class: "quiet" }, hint),
    ),
  );
  let most = AT_ONCE;
  let field = part.field;
  /** @type {Map<HTMLTextAreaElement, () => boolean>} */
  const composing = new Map();

  table.addEventListener("keydown", key);
  table.addEventListener("paste", paste);

  const width = () => Math.max(0, ...field.rows.map((each) => each.length));

  /** @param {Field} now */
  function update(now) {
    field = now;
    head.replaceChildren();
    if (field.heads.length) {
      head.append(make("tr", {}, ...field.heads.map((each) => make("th", { scope: "col" }, each)), make("td")));
    }
    const rows = field.rows.slice(0, most);
    while (body.children.length > rows.length) body.lastElementChild?.remove();
    rows.forEach((row, index) => updateRow(row, index));
    more.hidden = field.rows.length <= most;
    more.textContent = `続きの行を出す（あと${field.rows.length - most}行）`;
  }

  /**
   * @param {Cell[]} row
   * @param {number} index
   */
  function updateRow(row, index) {
    let line = body.children[index];
    if (!line) {
      line = make("tr", {}, make("td", { class: "acts" }, remover(index)));
      body.append(line);
    }
    while (line.children.length > row.length + 1) line.children[line.children.length - 2]?.remove();
    row.forEach((cell, column) => {
      let box = line.children[column];
      if (column >= line.children.length - 1) {
        box = make("td", {}, cellOf(index, column));
        line.insertBefore(box, line.lastElementChild);
      }
      const area = box?.querySelector("textarea");
      if (!area) return;
      area.readOnly = !cell.editable;
      const name = field.heads[column] || `${column + 1}列`;
      area.setAttribute("aria-label", `${part.called()} ${index + 1}行 ${name}`);
      const busy = document.activeElement === area && (composing.get(area)?.() || part.hands.holds(part));
      if (!busy) show(area, cell.value);
      area.classList.toggle("open", /｛記入/u.test(cell.value));
    });
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  function cellOf(row, column) {
    const area = growing({});
    const listening = listen(area, (value) => {
      const cell = field.rows[row]?.[column];
      if (cell) part.hands.typed({ do: "set", path: pathOf(cell), value });
      part.hands.look(area, part);
    });
    composing.set(area, listening.composing);
    return area;
  }

  /** @param {Cell} cell */
  function pathOf(cell) {
    return [...part.path(), ...cell.path.slice(part.field.path.length)];
  }

  /** @param {number} row */
  function remover(row) {
    const act = () => {
      const first = field.rows[row]?.[0];
      if (!first) return;
      part.hands.act({ do: "remove", path: pathOf(first).slice(0, part.path().length + 1) });
      part.hands.say(`${row + 1}行目を消しました。元に戻すには Ctrl+Z を押してください。`);
    };
    return button("×", act, { class: "act", "aria-label": `${row + 1}行目を消す`, title: "行を消す" });
  }

  /**
   * Empty cells.
   *
   * @param {number} row
   * @param {number} column
   * @param {number} rows
   * @param {number} columns
   */
  function grow(row, column, rows, columns) {
    const cells = Array.from({ length: rows }, () => Array.from({ length: Math.max(1, columns) }, () => ""));
    wanted = [row, column];
    part.hands.act({ do: "grid", path: part.path(), at: [row, column], rows: cells });
  }
  /** @type {[number, number] | null} */
  let wanted = null;

  /** @param {EventTarget | null} target @returns {[number, number]} */
  function placeOf(target) {
    const box = target instanceof Element ? target.closest("td") : null;
    const line = box?.parentElement;
    return line && box ? [[...body.children].indexOf(line), [...line.children].indexOf(box)] : [-1, -1];
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const area = event.target;
    if (!(area instanceof HTMLTextAreaElement) || event.isComposing || composing.get(area)?.()) return;
    if (part.hands.key(event)) return;
    const [row, column] = placeOf(area);
    const { selectionStart: start, selectionEnd: end, value } = area;
    const bare = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    /** @type {[number, number] | null} */
    let to = null;
    if (event.key === "Enter" && bare) to = [row + 1, column];
    if (event.key === "Enter" && event.altKey) {
      event.preventDefault();
      area.setRangeText("\n", start, end, "end");
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return;
    }
    if (bare && event.key === "ArrowDown" && !value.slice(end).includes("\n")) to = [row + 1, column];
    if (bare && event.key === "ArrowUp" && !value.slice(0, start).includes("\n")) to = [row - 1, column];
    if (bare && event.key === "ArrowRight" && start === end && end === value.length) to = [row, column + 1];
    if (bare && event.key === "ArrowLeft" && start === end && start === 0) to = [row, column - 1];
    if (!to) return;
    event.preventDefault();
    const next = cellAt(to);
    if (next) {
      next.focus();
      next.select();
    } else if (event.key === "Enter" && to[0] === field.rows.length) grow(to[0], 0, 1, width());
  }

  /** @param {[number, number]} place */
  function cellAt([row, column]) {
    return body.children[row]?.children[column]?.querySelector("textarea") ?? null;
  }

  /** @param {ClipboardEvent} event */
  function paste(event) {
    const rows = rowsOf(event.clipboardData?.getData("text/plain") ?? "");
    const [row, column] = placeOf(event.target);
    const single = rows.length <= 1 && (rows[0]?.length ?? 0) <= 1;
    if (row < 0 || single) return;
    event.preventDefault();
    part.hands.act({ do: "grid", path: part.path(), at: [row, column], rows });
    part.hands.say(`${rows.length}行${Math.max(...rows.map((each) => each.length))}列を貼り付けました。`);
  }

  return {
    element,
    /** @param {Field} now */
    update(now) {
      update(now);
      if (!wanted) return;
      const next = cellAt(wanted);
      if (!next) return;
      next.focus();
      wanted = null;
    },
  };
}
