/** What is typed into a control, told when a composition (IME) has ended, and what it shows without moving the caret. */

import { make } from "./dom.js";

/** @typedef {HTMLTextAreaElement | HTMLInputElement} Control */

/** A text that is nothing but a place to be written in. */
const HOLE = /^｛記入[^｛｝]*｝$/u;
let count = 0;

/** An id that no other element of the page has. */
export function fresh() {
  count += 1;
  return `field-${count}`;
}

/**
 * Listens to a control. While a composition goes on nothing is told; when it has ended all of it is, whether or not the
 * last `input` still said that it goes on.
 *
 * @param {Control} control
 * @param {(value: string) => void} typed
 */
export function listen(control, typed) {
  let composing = false;
  control.addEventListener("compositionstart", () => {
    composing = true;
  });
  control.addEventListener("compositionend", () => {
    composing = false;
    setTimeout(() => {
      if (!composing) typed(control.value);
    });
  });
  control.addEventListener("input", (event) => {
    if (!composing && !(/** @type {InputEvent} */ (event).isComposing)) typed(control.value);
  });
  control.addEventListener("focus", () => {
    if (HOLE.test(control.value)) control.select(); // what is written takes the place of all of it
  });
  return { composing: () => composing };
}

/**
 * Shows a value; the caret stays where it is, counted from the nearer end of what has changed.
 *
 * @param {Control} control
 * @param {string} value
 */
export function show(control, value) {
  if (control.value === value) return;
  const before = control.value;
  const [start, end] = [control.selectionStart ?? 0, control.selectionEnd ?? 0];
  control.value = value;
  if (document.activeElement !== control || control.selectionStart === null) return;
  let same = 0;
  while (same < before.length && before[same] === value[same]) same += 1;
  const kept = (/** @type {number} */ at) =>
    at <= same ? at : Math.max(same, Math.min(value.length, at + value.length - before.length));
  control.setSelectionRange(kept(start), kept(end));
}

const GROWS = CSS.supports("field-sizing", "content");

/**
 * A text area as high as its text.
 *
 * @param {Record<string, string | number | boolean | null | undefined>} attributes
 */
export function growing(attributes) {
  const area = make("textarea", { rows: 1, spellcheck: "false", autocomplete: "off", ...attributes });
  area.classList.add("growing");
  if (!GROWS) {
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
    };
    area.addEventListener("input", grow);
    new ResizeObserver(grow).observe(area);
  }
  return area;
}
