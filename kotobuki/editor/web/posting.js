/** When the text is posted: one question at a time, none while an input method composes, and the last text always. */

/** How long after a change, in ms: changes that come together are posted together. */
const PAUSE = 15;
/** How long until a composition is looked at again, in ms. */
const COMPOSING = 60;

/**
 * @param {{
 *   view: import("./vendor/codemirror.js").EditorView,
 *   ask: () => Promise<void>,
 *   busy: (on: boolean) => void,
 * }} desk `ask` posts the text as it stands; `busy` is told whether an answer is still to come
 */
export function createPosting({ view, ask, busy }) {
  let timer = 0;
  let asking = false;
  let wanted = false;
  let closed = false;

  function soon(pause = PAUSE) {
    wanted = true;
    busy(true);
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  }

  function look() {
    if (closed || asking || !wanted) return;
    if (view.composing) return soon(COMPOSING); // even the update that commits may still say so: it is looked at again
    wanted = false;
    asking = true;
    void ask().finally(() => {
      asking = false;
      if (wanted) soon(0);
      else busy(false);
    });
  }
  view.contentDOM.addEventListener("compositionend", () => wanted && soon());

  /** Until nothing is composed. */
  async function settled() {
    while (view.composing) await new Promise((resume) => setTimeout(resume, COMPOSING));
  }

  function close() {
    closed = true;
    clearTimeout(timer);
  }

  return { soon: () => soon(), settled, close };
}
