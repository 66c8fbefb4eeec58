/** 指摘: what the stages say of the text, to be jumped to and mended. */

import { button, make, replace } from "./dom.js";

/**
 * @typedef {import("./api.js").Diagnostic} Diagnostic
 */

const SEVERITIES = { error: "誤り", warning: "注意", notice: "お知らせ" };

/**
 * @param {{jump: (diagnostic: Diagnostic) => void, mend: (diagnostic: Diagnostic) => void}} desk
 */
export function createProblems({ jump, mend }) {
  const title = make("h2", {}, "指摘");
  const list = make("ol", { class: "problems", "aria-label": "指摘の一覧" });
  const element = make(
    "section",
    { class: "below", "aria-label": "指摘", tabindex: "-1" },
    make("header", {}, title),
    list,
  );
  /** @type {readonly Diagnostic[]} */
  let shown = [];
  let key = "";
  let current = -1;

  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step) return;
    const lines = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".problem")]);
    const at = lines.findIndex((each) => each.parentElement?.contains(document.activeElement));
    lines[Math.min(Math.max(at + step, 0), lines.length - 1)]?.focus();
    event.preventDefault();
  });

  /** @param {readonly Diagnostic[]} diagnostics */
  function show(diagnostics) {
    const next = JSON.stringify(diagnostics);
    shown = diagnostics;
    if (next === key) return;
    key = next;
    current = -1;
    const at = [...list.children].findIndex((each) => each.contains(document.activeElement));
    const counted = Object.entries(SEVERITIES)
      .map(([severity, word]) => ({ word, count: diagnostics.filter((each) => each.severity === severity).length }))
      .filter(({ count }) => count);
    title.textContent = counted.length
      ? `指摘（${counted.map(({ word, count }) => `${word} ${count}`).join("、")}）`
      : "指摘はありません";
    element.classList.toggle("empty", diagnostics.length === 0);
    replace(list, ...diagnostics.map(itemOf));
    if (at < 0) return;
    const left = list.children[Math.min(at, diagnostics.length - 1)]; // where the one stood that was mended
    /** @type {HTMLElement} */ (left?.querySelector(".mend") ?? left?.querySelector("button") ?? element).focus();
  }

  /**
   * @param {Diagnostic} said
   * @param {number} index
   */
  function itemOf(said, index) {
    const line = said.line ? `${said.line} 行` : "全体"; // of a file: 0
    const where = said.here ? line : `${said.file} ${line}`;
    const jumps = make(
      "button",
      { type: "button", class: "problem", onclick: () => visit(index) },
      make("span", { class: `severity ${said.severity}` }, SEVERITIES[said.severity]),
      make("span", { class: "where" }, where),
      make("span", { class: "reason" }, said.reason),
      said.remedy ? make("span", { class: "remedy" }, said.remedy) : null,
    );
    const mends = said.fix
      ? button("直す", () => mend(said), {
          class: "mend",
          title: said.fix.label,
          "aria-label": `直す（${said.fix.label}）`,
        })
      : null;
    return make("li", {}, jumps, mends);
  }

  /** @param {number} index */
  function visit(index) {
    const said = shown[index];
    if (!said) return;
    current = index;
    [...list.children].forEach((each, at) => each.classList.toggle("current", at === index));
    list.children[index]?.scrollIntoView({ block: "nearest" });
    jump(said);
  }

  /** @param {1 | -1} step to the next or previous one, around the end */
  function step(step) {
    if (shown.length) visit((Math.max(current, step < 0 ? 0 : -1) + step + shown.length) % shown.length);
  }

  return { element, show, step };
}
