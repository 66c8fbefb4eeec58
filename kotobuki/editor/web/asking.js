/** Small dialogs: a question with a few answers, and something to read. */

import { button, make } from "./dom.js";

/**
 * Shows a dialog until it is closed; focus goes back to where it was.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>} what it was closed with; "" by Esc
 */
export function show(dialog) {
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) again(before)?.focus();
      resolve(dialog.returnValue);
    });
  });
}

/**
 * An element, or what stands for it where it was drawn anew meanwhile.
 * @param {HTMLElement} element
 * @returns {HTMLElement | null}
 */
function again(element) {
  const { focus } = element.dataset;
  if (element.isConnected || !focus) return element;
  return document.querySelector(`[data-focus="${CSS.escape(focus)}"]`);
}

/**
 * Asks a question.
 * @param {string} title
 * @param {string} text
 * @param {{answer: string, label: string}[]} answers the first is what Enter gives
 * @returns {Promise<string>} an answer; "" = none was given
 */
export function choose(title, text, answers) {
  const dialog = make("dialog", { "aria-labelledby": "question", class: "question" });
  const buttons = answers.map(({ answer, label }, index) =>
    button(label, () => dialog.close(answer), { class: index ? "" : "main", autofocus: index === 0 }),
  );
  const never = button("やめる", () => dialog.close(""));
  dialog.append(
    make("h2", { id: "question" }, title),
    make("p", {}, text),
    make("div", { class: "answers" }, ...buttons, never),
  );
  return show(dialog);
}

/**
 * Shows something to read.
 * @param {string} title
 * @param {Node[]} content
 */
export function tell(title, content) {
  const dialog = make("dialog", { "aria-labelledby": "told", class: "told" });
  const close = button("閉じる", () => dialog.close(), { class: "main" });
  dialog.append(
    make("h2", { id: "told", tabindex: -1, autofocus: true }, title),
    ...content,
    make("div", { class: "answers" }, close),
  );
  return show(dialog);
}
