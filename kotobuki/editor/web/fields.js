/** A case as fields: the other view of its text. */

import { make } from "./dom.js";

/**
 * @typedef {{
 *   file: string,
 *   call: import("./api.js").Call,
 *   text: () => string,
 *   sent: (text: string) => string,
 *   apply: (edits: import("./api.js").Edit[]) => void,
 *   undo: () => void,
 *   redo: () => void,
 *   showSource: (at: import("./positions.js").Place) => void,
 *   point: (at: import("./positions.js").Place, end: import("./positions.js").Place) => void,
 *   say: (text: string) => void,
 * }} Desk What the fields ask of the case view. `text`: as CodeMirror holds it, line ends LF; `sent`: the same as it is posted.
 */

/** @param {Desk} _desk */
export function createFields(_desk) {
  const element = make("div", { class: "fields" }, make("p", {}, "項目はまだありません。本文で書いてください。"));
  return {
    element,
    /** The text has changed, by whomever. */
    changed() {},
    /** @param {import("./api.js").Diagnostic[]} _diagnostics of the last preview */
    said(_diagnostics) {},
    /** @param {import("./positions.js").Place} _at */
    focusAt(_at) {},
    /** Sends what was typed and not sent yet. */
    async flush() {},
    /** @param {boolean} _on whether the tab is shown */
    shown(_on) {},
  };
}
