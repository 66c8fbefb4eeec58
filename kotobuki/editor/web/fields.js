/**
 * 項目: a file as a form. The text of the file is the one in the editor: what is typed here asks the server for its edits, which
 * are applied there as one transaction, in the order in which they were made. The field in which someone types is never touched
 * by what comes back.
 */

import { button, make } from "./dom.js";
import { createOffers } from "./offers.js";
import { LAST, Part, partOf } from "./parts.js";

/**
 * @typedef {import("./shapes").Field} Field
 * @typedef {import("./shapes").Fields} Fields
 * @typedef {import("./shapes").Path} Path
 * @typedef {import("./shapes").Operation} Operation
 * @typedef {import("./shapes").Diagnostic} Diagnostic
 * @typedef {import("./shapes").Edit} Edit
 * @typedef {import("./shapes").Place} Place
 * @typedef {import("./typing.js").Control} Control
 * @typedef {object} Desk
 * @property {string} file
 * @property {import("./api.js").Call} call
 * @property {() => string} text with line ends as the editor has them: \n
 * @property {(text: string) => string} sent the same as the server gets it
 * @property {(edits: Edit[]) => void} apply as one transaction
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {(at: Place) => void} showSource
 * @property {(at: Place, end: Place) => void} point shows on the page what is printed of a place
 * @property {(text: string) => void} say
 * @typedef {{ operation: Operation, focus: Path | null, structural: boolean }} Waiting
 */

const TYPING = 40; // ms until what is typed is sent
const SETTLED = 350; // ms after the last key until the form is compared with the text again
const FOREIGN = 40; // ms after any other change

/** @param {Desk} desk */
export function createFields(desk) {
  const sheet = make("fieldset", { class: "sheet" });
  const broken = make("div", { class: "broken", role: "alert", hidden: true });
  const onward = button("", () => toOpen(), { title: "次の未記入へ（Alt+N）" });
  const open = make("div", { class: "onward", hidden: true }, onward);
  const view = make("div", { class: "fields" }, open, broken, sheet);
  /** @type {Part | null} */
  let root = null;
  /** @type {Map<string, Part>} */
  let parts = new Map();
  /** @type {Waiting[]} */
  const waiting = [];
  /** @type {Promise<void> | null} */
  let carrying = null;
  /** What is on its way to the server: the text does not have it yet. @type {Waiting | null} */
  let carried = null;
  /** @type {Path | null} */
  let wanted = null;
  /** @type {Diagnostic[]} */
  let diagnostics = [];
  /** The text as this form has made it last, while someone types in it. @type {string | null} */
  let own = null;
  let shownText = "";
  /** Whether the form was written in, or the text, since they were compared last. */
  let stale = true;
  let visible = false;
  let asked = 0;
  let due = 0;
  let sending = 0;
  let applying = false;
  /** Whether a click on the page brings the focus here: then the page stays as it is. */
  let led = false;
  /** Where one wrote last. @type {Element | null} */
  let last = null;

  const offers = createOffers(offered, (control) => control.dispatchEvent(new Event("input")), desk.say);
  view.append(offers.element);

  /** @type {import("./parts.js").Hands} */
  const hands = {
    typed(operation) {
      const last = waiting.at(-1);
      const same = last && last.operation.do === operation.do && keyOf(last.operation.path) === keyOf(operation.path);
      if (last && same && "value" in operation && "value" in last.operation) {
        last.operation = /** @type {Operation} */ ({ ...last.operation, value: operation.value });
      } else waiting.push({ operation, focus: null, structural: false });
      settled(false);
      clearTimeout(sending);
      sending = window.setTimeout(() => void carryAll(), TYPING);
    },
    act(operation, focus = null) {
      waiting.push({ operation, focus, structural: true });
      settled(false);
      void carryAll();
    },
    look: (control) => void offers.look(control),
    key: (event) => offers.key(event),
    holds,
    entered(part) {
      const { at, end } = part.field;
      if (!led && (part.control || part.title || part.field.kind === "table")) desk.point(at, end);
    },
    register: (part) => void parts.set(keyOf(part.field.path), part),
    source: (part) => desk.showSource(part.field.at),
    say: desk.say,
  };

  /**
   * Whether what stands in a part's control is newer than what the server knows: someone types there, or it could not be
   * written.
   *
   * @param {Part} part
   */
  function holds(part) {
    if (part.refusal) return true;
    const here = part.element.contains(document.activeElement) && partOf(document.activeElement) === part;
    if (!here) return waits(part);
    return part.composing() || part.composingTitle() || waits(part) || (own !== null && own === shownText);
  }

  /** @param {Part} part */
  function waits(part) {
    const key = keyOf(part.path());
    const all = carried ? [carried, ...waiting] : waiting;
    return all.some((each) => !each.structural && keyOf(each.operation.path) === key);
  }

  function carryAll() {
    clearTimeout(sending);
    carrying ??= carryEach().finally(() => (carrying = carried = null));
    return carrying;
  }

  async function carryEach() {
    for (carried = waiting.shift() ?? null; carried; carried = waiting.shift() ?? null) await carry(carried);
  }

  /** One change: asked for again where the text has changed meanwhile. @param {Waiting} change */
  async function carry({ operation, focus, structural }) {
    for (let again = 0; again < 20; again += 1) {
      const text = desk.text();
      let answer;
      try {
        answer = /** @type {{ edits: Edit[] }} */ (
          await desk.call("change", { file: desk.file, text: desk.sent(text), op: operation })
        );
      } catch (error) {
        refuse(operation, error, structural);
        return;
      }
      if (desk.text() !== text) continue;
      parts.get(keyOf(operation.path))?.refuse("");
      if (answer.edits.length) {
        applying = true;
        desk.apply(answer.edits);
        applying = false;
      }
      own = structural ? null : desk.text();
      if (focus) wanted = focus;
      plan(structural ? 0 : SETTLED);
      return;
    }
    desk.say("本文が変わり続けているため、書けませんでした。もう一度直してください。");
  }

  /**
   * @param {Operation} operation
   * @param {unknown} error
   * @param {boolean} structural
   */
  function refuse(operation, error, structural) {
    const { message = "", remedy = "" } = /** @type {{ message?: string, remedy?: string }} */ (error ?? {});
    const said = remedy ? `${message}　${remedy}` : message;
    const part = parts.get(keyOf(operation.path));
    if (part && !structural) part.refuse(said);
    else desk.say(said);
    if (operation.do === "rename") back(operation.path, operation.value);
    if (structural) plan(0);
  }

  /**
   * A name that was refused: what waits for the part goes by its old name again.
   *
   * @param {Path} path
   * @param {string} name
   */
  function back(path, name) {
    const renamed = [...path.slice(0, -1), name];
    for (const each of waiting) {
      const begins = renamed.every((step, index) => each.operation.path[index] === step);
      if (begins) each.operation = { ...each.operation, path: [...path, ...each.operation.path.slice(path.length)] };
    }
    const part = parts.get(keyOf(path));
    const last = path.at(-1);
    if (part && last !== undefined) part.steps = [last];
  }

  /** Whether the form shows what the text says: for who waits for that. @param {boolean} now */
  function settled(now) {
    view.dataset["settled"] = String(now);
  }

  /** Asks for the tree when nothing has changed for so long. @param {number} delay */
  function plan(delay) {
    clearTimeout(due);
    stale = true;
    settled(false);
    if (visible) due = window.setTimeout(() => void ask(), delay);
  }

  async function ask() {
    clearTimeout(due);
    asked += 1;
    const mine = asked;
    const text = desk.text();
    let found;
    try {
      found = /** @type {Fields} */ (await desk.call("fields", { file: desk.file, text: desk.sent(text) }));
    } catch (error) {
      if (mine === asked) desk.say(error instanceof Error ? error.message : "項目を読めませんでした");
      return;
    }
    if (mine !== asked) return;
    if (desk.text() !== text) return plan(FOREIGN);
    if (root && (waiting.length || carrying)) return plan(FOREIGN); // the form is ahead of this tree
    shownText = text;
    stale = false;
    take(found);
    settled(!waiting.length && !carrying);
  }

  /** @param {Fields} found */
  function take(found) {
    if (!found.tree) {
      const first = found.said.find((each) => each.severity === "error") ?? found.said[0];
      const at = /** @type {Place} */ (first ? [first.line, first.column] : [1, 1]);
      broken.replaceChildren(
        make("p", {}, "本文に読めない所があるため、項目では直せません。"),
        make("p", { class: "quiet" }, first ? `${first.line}行目：${first.reason}　${first.remedy}` : ""),
        button("本文で直す", () => desk.showSource(at)),
      );
      broken.hidden = false;
      sheet.disabled = true;
      return;
    }
    broken.hidden = true;
    sheet.disabled = false;
    const before = partOf(document.activeElement)?.path() ?? null;
    parts = new Map();
    offer(found.tree, found.offers);
    if (!root) {
      root = new Part(hands, null, found.tree);
      sheet.append(root.element);
    }
    root.update(found.tree);
    tell();
    const lost = before && !view.contains(document.activeElement);
    const part = wanted ? partFor(wanted) : lost ? nearest(before) : null;
    wanted = null;
    if (part && !document.querySelector("dialog[open]")) {
      part.focus();
      part.element.scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {Path} path */
  function partFor(path) {
    if (path.at(-1) !== LAST) return parts.get(keyOf(path)) ?? null;
    let found = parts.get(keyOf(path.slice(0, -1))) ?? null;
    while (found && ["item", "list"].includes(found.field.kind) && found.children.length) {
      const list = found.field.kind === "list";
      found = found.children.at(-1) ?? null;
      if (list) break;
    }
    return found;
  }

  /** The part of a path that is no more, or the nearest that is left of those around it. @param {Path} path */
  function nearest(path) {
    for (let length = path.length; length > 0; length -= 1) {
      const found = parts.get(keyOf(path.slice(0, length)));
      if (found) return found;
    }
    return null;
  }

  /** Shows at each field what is said of its lines. */
  function tell() {
    if (!root) return;
    /** @type {Map<Part, Diagnostic[]>} */
    const found = new Map();
    for (const each of diagnostics) {
      if (!each.here) continue;
      const part = partAt([each.line, each.column]);
      if (part) found.set(part, [...(found.get(part) ?? []), each]);
    }
    for (const part of parts.values()) {
      const said = found.get(part) ?? [];
      if (said.length || part.said.length) part.hear(said);
    }
    for (const part of root.children) part.updateMarks();
    const left = openPlaces().length;
    open.hidden = !left;
    onward.textContent = `次の未記入へ（${left}）`;
  }

  /** The controls whose texts are still to be written. */
  function openPlaces() {
    const own = ".open-place > .body > :is(textarea, select, input:not(.picker))";
    const found = `${own}, .grid textarea.open, .renamer.open`;
    return /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll(found));
  }

  /** To the next of them behind the focus, or where that was last; behind the last comes the first. */
  function toOpen() {
    const all = [...openPlaces()];
    const from = sheet.contains(document.activeElement) ? document.activeElement : last;
    const behind = all.find((each) => from && from.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    const next = (from?.isConnected ? behind : null) ?? all[0];
    if (!next) return desk.say("未記入の所はありません。");
    for (const part of chain(partOf(next))) if (part.element instanceof HTMLDetailsElement) part.element.open = true;
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  /** The innermost part in whose lines a place stands. @param {Place} place @returns {Part | null} */
  function partAt(place) {
    let found = root;
    while (found) {
      const { children } = found;
      const next =
        children.find((each) => covers(each.field, place)) ??
        children.findLast((each) => each.field.at[0] === place[0] && before(each.field.at, place)) ??
        children.find((each) => each.field.at[0] === place[0]);
      if (!next) break;
      found = next;
    }
    return found;
  }

  /**
   * @param {Control} control
   * @param {number} brace
   * @param {string} prefix
   */
  async function offered(control, brace, prefix) {
    const part = partOf(control);
    if (!part || part.field.kind === "raw") return null;
    await carryAll();
    await ask();
    const from = braceIn(desk.text(), part, control, brace);
    if (!from) return null;
    const [line, column] = from;
    const place = { file: desk.file, text: desk.sent(desk.text()), line, column: column + 1 + [...prefix].length };
    const found = /** @type {import("./api.js").Completion} */ (await desk.call("complete", place));
    if (found.from[0] !== line) return null;
    return { keeps: Math.max(0, Math.min(1, found.from[1] - column)), options: found.options };
  }

  /**
   * Where in the source the ｛ stands that is so far into a control: as many ｛ stand before it there as here.
   *
   * @param {string} text
   * @param {Part} part
   * @param {Control} control
   * @param {number} brace
   * @returns {Place | null}
   */
  function braceIn(text, part, control, brace) {
    const cell = part.field.kind === "table" ? null : part.field;
    const lines = text.split("\n");
    const nth = [...control.value.slice(0, brace)].filter((each) => each === "｛").length;
    const { at, end } = cell ?? part.field;
    if (!cell) return placeOfText(lines, at, end, control.value);
    let seen = 0;
    for (let number = at[0]; number <= Math.min(end[0], lines.length); number += 1) {
      const letters = [...(lines[number - 1] ?? "")];
      const first = number === at[0] ? at[1] - 1 : 0;
      const last = number === end[0] ? end[1] - 1 : letters.length;
      for (let column = first; column < last; column += 1) {
        if (letters[column] !== "｛") continue;
        if (seen === nth) return [number, column + 1];
        seen += 1;
      }
    }
    return null;
  }

  view.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const part = partOf(event.target instanceof Element ? event.target : null);
    const meta = event.ctrlKey || event.metaKey;
    if (meta && !event.altKey && (event.key.toLowerCase() === "z" || event.key.toLowerCase() === "y")) {
      event.preventDefault();
      const redo = event.shiftKey || event.key.toLowerCase() === "y";
      void flush().then(() => (redo ? desk.redo() : desk.undo()));
      return;
    }
    if (!part) return;
    const moved = [...chain(part)].find((each) => each.moves);
    const acts = /** @type {Record<string, (part: Part) => void>} */ ({
      ArrowUp: (each) => each.move(-1),
      ArrowDown: (each) => each.move(1),
      ArrowRight: (each) => each.nest("nest"),
      ArrowLeft: (each) => each.nest("unnest"),
    });
    const act = event.altKey && !meta && !event.shiftKey ? acts[event.key] : undefined;
    if (act && moved) {
      event.preventDefault();
      act(moved);
      return;
    }
    const removes = meta && event.shiftKey && (event.key === "Delete" || event.key === "Backspace");
    const empty = event.key === "Backspace" && !meta && !event.altKey && isEmpty(part, event.target);
    const removed = [...chain(part)].find((each) => each.field.removable && !each.inItem);
    if ((removes || empty) && removed) {
      event.preventDefault();
      removed.remove();
    }
  });

  view.addEventListener("focusout", (event) => {
    if (event.target instanceof Element && event.target !== onward) last = event.target;
    const part = partOf(event.target instanceof Element ? event.target : null);
    if (part) setTimeout(() => settle(part));
  });

  /** What was typed in a part is shown as it is read, once it has been left. @param {Part} part */
  function settle(part) {
    if (!stale && shownText === desk.text() && !holds(part)) {
      part.updateName();
      part.updateControl();
    } else plan(FOREIGN);
  }

  /** Sends all that has been typed, a composition that goes on included. */
  async function flush() {
    const part = partOf(document.activeElement);
    const control = document.activeElement;
    if (part && control === part.control && part.composing() && part.control) {
      const how = part.field.kind === "raw" ? "raw" : "set";
      hands.typed({ do: how, path: part.path(), value: part.control.value });
    }
    await carryAll();
  }

  return {
    element: view,
    flush,
    /** Whether something was typed that the text does not hold yet. */
    ahead() {
      const part = partOf(document.activeElement);
      const composes = part !== null && view.contains(part.element) && (part.composing() || part.composingTitle());
      return composes || waiting.length > 0 || carrying !== null;
    },
    /** To be called after every change of the text, those of this form as well. */
    changed() {
      if (applying) return;
      own = null;
      for (const part of parts.values()) part.refuse("");
      plan(FOREIGN);
    },
    /** Where what is written in the field with the focus stands. @returns {{ at: Place, end: Place } | null} */
    here() {
      const part = partOf(document.activeElement);
      return part && (part.control || part.title || part.grid) ? part.field : null;
    },
    /** What the last preview says. @param {Diagnostic[]} said */
    said(said) {
      diagnostics = said;
      tell();
    },
    /** Puts the focus where the text of a place is written. @param {Place} at */
    focusAt(at) {
      const part = partAt(at);
      if (!part) return;
      led = true;
      part.focus();
      led = false;
      part.target()?.scrollIntoView({ block: "nearest" });
    },
    toOpen,
    /** To where one wrote last, else to the first field. */
    focus() {
      if (view.contains(document.activeElement)) return;
      if (last instanceof HTMLElement && last.isConnected) last.focus();
      else root?.focus();
    },
    /** Whether the form is seen; else nothing is asked for it. @param {boolean} on */
    shown(on) {
      visible = on;
      if (on && (stale || desk.text() !== shownText)) plan(0);
      else settled(on && !waiting.length);
      if (!on) offers.close();
    },
  };
}

/**
 * Puts what may be inserted in the place of its name.
 *
 * @param {Field & { entries: Field["entries"] | string }} field
 * @param {Fields["offers"]} named
 */
function offer(field, named) {
  if (typeof field.entries === "string") field.entries = named[field.entries] ?? [];
  for (const child of field.children) offer(child, named);
}

/** The part and those around it. @param {Part | null} part @returns {Generator<Part>} */
function* chain(part) {
  let each = part;
  for (; each; each = each.above) yield each;
}

/** @param {Path} path */
function keyOf(path) {
  return JSON.stringify(path);
}

/**
 * @param {Place} a
 * @param {Place} b
 */
function before(a, b) {
  return a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);
}

/**
 * @param {Field} field
 * @param {Place} place
 */
function covers(field, place) {
  return before(field.at, place) && before(place, field.end);
}

/**
 * Where a cell's own text, which ends with what is being typed, stands in the lines of its table.
 *
 * @param {string[]} lines
 * @param {Place} at
 * @param {Place} end
 * @param {string} value
 * @returns {Place | null}
 */
function placeOfText(lines, at, end, value) {
  for (let number = at[0]; number <= Math.min(end[0], lines.length); number += 1) {
    const line = lines[number - 1] ?? "";
    const found = line.indexOf(value);
    if (found < 0) continue;
    const brace = line.lastIndexOf("｛", found + value.length);
    return [number, [...line.slice(0, brace)].length + 1];
  }
  return null;
}

/**
 * Whether an entry of a list is empty, so that ⌫ takes it out.
 *
 * @param {Part} part
 * @param {EventTarget | null} target
 */
function isEmpty(part, target) {
  const here = target === part.control && part.control instanceof HTMLTextAreaElement;
  return part.inList && here && !part.control?.value && !part.composing();
}
