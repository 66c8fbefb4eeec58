/** Panes that share the window: tabs, dividers that are dragged or moved by key, shown one at a time where it is narrow. */

import { make } from "./dom.js";

/**
 * Tabs, one of which is shown.
 * @param {string} label
 * @param {{name: string, label: string, element: HTMLElement}[]} all
 */
export function tabs(label, all) {
  const list = make("div", { role: "tablist", "aria-label": label, class: "tabs" });
  /** @type {(name: string) => void} */
  let told = () => {};
  let now = "";
  const buttons = all.map(({ name, label: text }) => {
    const attributes = { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}` };
    return make("button", { ...attributes, "aria-selected": "false", tabindex: "-1", onclick: () => show(name) }, text);
  });
  list.append(...buttons);
  const panels = all.map(({ name, element }) =>
    make("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, class: "panel" }, element),
  );

  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const at = (all.findIndex(({ name }) => name === now) + step + all.length) % all.length;
    show(all[at]?.name ?? now);
    buttons[at]?.focus();
    event.preventDefault();
  });

  /** @param {string} name */
  function show(name) {
    now = all.some((each) => each.name === name) ? name : (all[0]?.name ?? "");
    all.forEach((each, at) => {
      const on = each.name === now;
      buttons[at]?.setAttribute("aria-selected", String(on));
      buttons[at]?.setAttribute("tabindex", on ? "0" : "-1");
      panels[at]?.toggleAttribute("hidden", !on);
    });
    told(now);
  }

  return {
    list,
    panels,
    show,
    shown: () => now,
    /** @param {(name: string) => void} tell */
    changed: (tell) => {
      told = tell;
    },
  };
}

/**
 * Writing and paper side by side, problems below; where it is narrow, one at a time.
 * @param {{writing: HTMLElement, paper: HTMLElement | null, below: HTMLElement}} parts
 */
export function divide({ writing, paper, below }) {
  const across = divider("vertical", "書くところと紙面の境", "--left", 45, 20, 80);
  const down = divider("horizontal", "指摘との境", "--below", 11, 6, 60);
  const upper = make("div", { class: "upper" }, writing, paper ? across : null, paper);
  const element = make("div", { class: "panes" }, upper, down, below);
  const parts = [
    { name: "writing", label: "書く", element: writing },
    ...(paper ? [{ name: "paper", label: "紙面", element: paper }] : []),
    { name: "below", label: "指摘", element: below },
  ];
  const switches = make("div", { class: "switches", role: "group", "aria-label": "見るところ" });
  const buttons = parts.map(({ name, label }) =>
    make("button", { type: "button", onclick: () => bring(name), "aria-pressed": "false" }, label),
  );
  switches.append(...buttons);
  element.prepend(switches);

  /** @param {string} name of the part that is shown where there is room for one */
  function bring(name) {
    element.dataset.shown = name;
    parts.forEach((part, at) => {
      part.element.classList.toggle("shown", part.name === name);
      buttons[at]?.setAttribute("aria-pressed", String(part.name === name));
    });
  }
  bring("writing");

  /** @param {string} text on the switch to what is below */
  function callBelow(text) {
    const last = buttons.at(-1);
    if (last) last.textContent = text;
  }

  /** @param {1 | -1} step */
  function cycle(step) {
    const at = parts.findIndex((part) => part.element.contains(document.activeElement));
    const next = parts[(Math.max(at, step < 0 ? 0 : -1) + step + parts.length) % parts.length];
    if (!next) return;
    bring(next.name);
    const target = next.element.querySelector(
      ".panel:not([hidden]) .cm-content, .panel:not([hidden]) input, .panel:not([hidden]) textarea, .scroller, .problem",
    );
    (target instanceof HTMLElement ? target : next.element).focus();
  }

  /**
   * A divider whose place is a part of its container in percent, kept for the next time.
   * @param {"vertical" | "horizontal"} orientation
   * @param {string} label
   * @param {string} property
   * @param {number} usual
   * @param {number} least
   * @param {number} most
   */
  function divider(orientation, label, property, usual, least, most) {
    const kept = Number(localStorage.getItem(`kotobuki${property}`)) || usual;
    const bar = make("div", {
      role: "separator",
      class: `divider ${orientation}`,
      tabindex: "0",
      "aria-orientation": orientation,
      "aria-label": label,
      "aria-valuemin": least,
      "aria-valuemax": most,
    });
    /** @param {number} percent */
    const put = (percent) => {
      const value = Math.round(Math.min(Math.max(percent, least), most) * 10) / 10;
      bar.setAttribute("aria-valuenow", String(Math.round(value)));
      bar.parentElement?.style.setProperty(property, `${value}%`);
      localStorage.setItem(`kotobuki${property}`, String(value));
    };
    const now = () => Number(bar.getAttribute("aria-valuenow"));
    queueMicrotask(() => put(kept));
    bar.addEventListener("pointerdown", (event) => {
      bar.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    bar.addEventListener("pointermove", (event) => {
      if (!bar.hasPointerCapture(event.pointerId)) return;
      const room = bar.parentElement?.getBoundingClientRect();
      if (!room) return;
      if (orientation === "vertical") put(((event.clientX - room.left) / room.width) * 100);
      else put(((room.bottom - event.clientY) / room.height) * 100);
    });
    bar.addEventListener("keydown", (event) => {
      const sign = orientation === "vertical" ? 1 : -1;
      const step = { ArrowLeft: -2, ArrowRight: 2, ArrowUp: -2, ArrowDown: 2 }[event.key];
      if (step === undefined) return;
      put(now() + step * sign);
      event.preventDefault();
    });
    bar.addEventListener("dblclick", () => put(usual));
    return bar;
  }

  return { element, bring, cycle, callBelow };
}
