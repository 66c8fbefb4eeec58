/** What may follow ｛ in a field: terms and references in a list below the caret, chosen by arrows and Enter or by mouse. */

import { make } from "./dom.js";
import { fresh, show } from "./typing.js";

/**
 * @typedef {import("./typing.js").Control} Control
 * @typedef {import("./api.js").Offer} Offer
 * @typedef {(control: Control, brace: number, prefix: string) => Promise<{ keeps: number, options: Offer[] } | null>} Ask
 *   What is offered behind the ｛ that stands at `brace` in the control; `keeps`: how much of the ｛… stays before what
 *   is applied.
 */

const MOST = 60;

/**
 * One list for all controls of a form.
 *
 * @param {Ask} ask
 * @param {(control: Control) => void} chosen told when a control has got a new value
 * @param {(text: string) => void} say
 */
export function createOffers(ask, chosen, say) {
  const list = make("ul", {
    class: "offers",
    role: "listbox",
    id: fresh(),
    "aria-label": "用語と参照",
    popover: "manual",
  });
  /** @type {{ control: Control, brace: number, keeps: number, options: Offer[] } | null} */
  let open = null;
  /** @type {Offer[]} */
  let shown = [];
  let at = 0;
  let asked = 0;

  /** Looks at what stands before the caret, and opens, narrows or closes the list. @param {Control} control */
  async function look(control, wanted = false) {
    const before = control.value.slice(0, control.selectionStart ?? 0);
    const brace = before.lastIndexOf("｛");
    const prefix = before.slice(brace + 1);
    if (brace < 0 || /[｛｝\n]/u.test(prefix)) return wanted ? undefined : close();
    if (open && open.control === control && open.brace === brace) return filter(prefix);
    asked += 1;
    const mine = asked;
    const found = await ask(control, brace, prefix).catch(() => null);
    if (mine !== asked || document.activeElement !== control || !found) return;
    const now = control.value.slice(0, control.selectionStart ?? 0);
    if (now[brace] !== "｛" || now.lastIndexOf("｛") !== brace || now.includes("｝", brace)) return;
    open = { control, brace, ...found };
    filter(now.slice(brace + 1));
  }

  /** @param {string} prefix */
  function filter(prefix) {
    if (!open) return;
    const wanted = prefix.normalize("NFKC").toLowerCase();
    const matches = (/** @type {Offer} */ each) =>
      `${each.label} ${each.apply} ${each.detail}`.normalize("NFKC").toLowerCase().includes(wanted);
    const begins = (/** @type {Offer} */ each) => bare(each.label).startsWith(prefix);
    const found = open.options.filter(matches);
    shown = [...found.filter(begins), ...found.filter((each) => !begins(each))].slice(0, MOST);
    if (!shown.length) return close();
    at = 0;
    draw();
  }

  function draw() {
    if (!open) return;
    const items = shown.map((each, index) => {
      const option = make(
        "li",
        { role: "option", id: `${list.id}-${index}`, "aria-selected": String(index === at) },
        make("span", { class: "offer" }, each.label),
        each.detail ? make("span", { class: "quiet" }, each.detail) : null,
      );
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the focus stays in the field
        at = index;
        choose();
      });
      return option;
    });
    const first = !list.matches(":popover-open");
    list.replaceChildren(...items);
    list.showPopover();
    const { control } = open;
    control.setAttribute("aria-controls", list.id);
    control.setAttribute("aria-autocomplete", "list");
    place(list, control);
    mark();
    if (first) say(`候補が${shown.length}件あります。上下の矢印で選び、Enter で入れます。`);
  }

  function mark() {
    [...list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    open?.control.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  }

  function choose() {
    const option = shown[at];
    if (!open || !option) return;
    const { control, brace, keeps } = open;
    const caret = control.selectionStart ?? control.value.length;
    const head = control.value.slice(0, brace + keeps) + option.apply;
    let tail = control.value.slice(caret);
    if (option.apply.endsWith("｝") && tail.startsWith("｝")) tail = tail.slice(1);
    show(control, head + tail);
    control.setSelectionRange(head.length, head.length);
    close();
    chosen(control);
  }

  function close() {
    asked += 1;
    if (!open) return;
    open.control.removeAttribute("aria-activedescendant");
    open.control.removeAttribute("aria-controls");
    open = null;
    list.hidePopover();
    list.replaceChildren();
  }

  /** Whether the key was meant for the list. @param {KeyboardEvent} event */
  function key(event) {
    if (!open || event.isComposing) return false;
    const steps = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 });
    const step = steps[event.key];
    if (step !== undefined && !event.altKey) {
      const far = Math.abs(step) > 1;
      at = far ? Math.max(0, Math.min(shown.length - 1, at + step)) : (at + step + shown.length) % shown.length;
      mark();
    } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) choose();
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { element: list, look, key, close };
}

/** @param {string} label */
function bare(label) {
  return label.replace(/^[｛→]+/u, "");
}

/**
 * Below the caret of a control, or above it where there is no room.
 *
 * @param {HTMLElement} list
 * @param {Control} control
 */
function place(list, control) {
  const caret = caretOf(control);
  list.style.left = "0";
  list.style.top = "0";
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = caret.bottom + height < innerHeight || caret.top < height;
  list.style.left = `${Math.max(4, Math.min(caret.left, innerWidth - width - 8))}px`;
  list.style.top = `${below ? caret.bottom + 2 : caret.top - height - 2}px`;
}

/** Where the caret of a control stands in the window, measured on a copy of the text before it. @param {Control} control */
function caretOf(control) {
  const box = control.getBoundingClientRect();
  const look = getComputedStyle(control);
  const copy = make("div", { "aria-hidden": "true" });
  for (const name of ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing"]) {
    copy.style.setProperty(
      name.replace(/[A-Z]/gu, (each) => `-${each.toLowerCase()}`),
      look.getPropertyValue(name.replace(/[A-Z]/gu, (each) => `-${each.toLowerCase()}`)),
    );
  }
  Object.assign(copy.style, {
    position: "fixed",
    visibility: "hidden",
    left: `${box.left}px`,
    top: `${box.top - control.scrollTop}px`,
    width: `${box.width}px`,
    whiteSpace: "pre-wrap",
    overflowWrap: "break-word",
  });
  const end = make("span", {}, "\u200b");
  copy.append(control.value.slice(0, control.selectionStart ?? 0), end);
  document.body.append(copy);
  const found = end.getBoundingClientRect();
  copy.remove();
  return { left: found.left, top: found.top, bottom: found.bottom };
}
