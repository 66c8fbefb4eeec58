/** 紙面: the pages as they will be printed, each where it was written. */

import { button, make, replace } from "./dom.js";
import { drawn } from "./drawing.js";

/**
 * @typedef {import("./api.js").Box} Box
 * @typedef {import("./api.js").Page} Page
 * @typedef {import("./api.js").Preview} Preview
 * @typedef {{digest: string, places: string, element: HTMLElement, width: number, height: number}} Leaf
 */

const PX = 96 / 72;
const SMALLEST = 0.25;
const LARGEST = 4;
const STEP = 1.2;
/** How far from a line a click may land and still mean it, in pt. */
const NEAR = 14;

/**
 * @param {{
 *   font: (key: string) => Promise<ArrayBuffer>,
 *   clicked: (box: Box, part: number) => void,
 * }} desk `clicked`: a line was clicked, at this part (0 to 1) of its width
 */
export function createPreview({ font, clicked }) {
  const papers = make("select", { "aria-label": "書類へ移る", onchange: () => reveal(Number(papers.value)) });
  const zoomed = make("output", { "aria-label": "倍率" });
  const where = make("output", { class: "where", "aria-label": "ページ" });
  const note = make("p", { class: "note", role: "status", hidden: true });
  const sheets = make("div", { class: "sheets" });
  const scroller = make("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": "紙面" }, sheets);
  const thumbnails = make("nav", { class: "thumbnails", "aria-label": "ページの一覧", hidden: true });
  const shows = button("一覧", () => toggle(), { "aria-pressed": "false", title: "縮小した紙面の一覧（Alt+T）" });
  const element = make(
    "section",
    { class: "preview", "aria-label": "紙面" },
    make(
      "div",
      { class: "tools", role: "toolbar", "aria-label": "紙面の道具" },
      shows,
      papers,
      where,
      make("span", { class: "gap" }),
      button("－", () => zoom(scale / STEP), { "aria-label": "縮小", title: "縮小（Alt+,）" }),
      zoomed,
      button("＋", () => zoom(scale * STEP), { "aria-label": "拡大", title: "拡大（Alt+.）" }),
      button("幅に合わせる", () => fit(), { title: "幅に合わせる（Alt+0）" }),
      button("印刷", () => window.print()),
    ),
    make("div", { class: "desk" }, note, thumbnails, scroller),
  );

  /** @type {Leaf[]} */
  let leaves = [];
  /** @type {Record<string, string>} drawings by digest, of the pages shown */
  let drawings = {};
  /** @type {Record<string, Box[]>} by the digest of the places */
  let places = {};
  /** @type {Map<string, Promise<void>>} */
  const fonts = new Map();
  /** @type {readonly import("./api.js").Paper[]} */
  let listed = [];
  let scale = 1;
  let fitted = true;

  // ---- pages

  /** The digests of the pages, and of the places in them, that need not be sent again. */
  function known() {
    return [...Object.keys(drawings), ...Object.keys(places)];
  }

  /**
   * The pages of an answer; only what differs is drawn anew, and what is in sight stays where it is.
   * @param {Preview} preview
   */
  async function show(preview) {
    await Promise.all(preview.fonts.map(({ key, family }) => load(key, family)));
    const kept = anchor();
    drawings = Object.fromEntries(
      preview.pages.map((page) => [page.digest, preview.svg[page.digest] ?? drawings[page.digest] ?? ""]),
    );
    places = Object.fromEntries(
      preview.pages.map((page) => [
        page.places_digest,
        preview.places[page.places_digest] ?? places[page.places_digest] ?? [],
      ]),
    );
    turnTo(preview.pages);
    listed = preview.papers;
    listPapers();
    kept();
    grey("");
    if (fitted) fit();
    seen();
    if (!thumbnails.hidden) later(drawThumbnails);
  }

  /** @param {readonly Page[]} pages */
  function turnTo(pages) {
    let head = 0;
    const shorter = Math.min(pages.length, leaves.length);
    while (head < shorter && same(leaves[head], pages[head])) head++;
    let tail = 0;
    while (tail < shorter - head && same(leaves[leaves.length - 1 - tail], pages[pages.length - 1 - tail])) tail++;
    const middle = leaves.slice(head, leaves.length - tail);
    const made = pages.slice(head, pages.length - tail).map((page, index) => {
      const leaf = middle[index] ?? leafOf();
      draw(leaf, page);
      return leaf;
    });
    for (const leaf of middle.slice(made.length)) leaf.element.remove();
    const before = leaves[leaves.length - tail]?.element ?? null;
    for (const leaf of made) if (!leaf.element.isConnected) sheets.insertBefore(leaf.element, tail ? before : null);
    leaves = [...leaves.slice(0, head), ...made, ...leaves.slice(leaves.length - tail, leaves.length)];
    leaves.forEach((leaf, index) => {
      const page = pages[index];
      if (!page) return;
      leaf.places = page.places_digest;
      leaf.element.setAttribute("aria-label", `${page.paper} ${index + 1} ページ`);
    });
  }

  /**
   * @param {Leaf | undefined} leaf
   * @param {Page | undefined} page
   */
  function same(leaf, page) {
    return leaf !== undefined && page !== undefined && leaf.digest === page.digest;
  }

  /** @returns {Leaf} */
  function leafOf() {
    const element = make("div", { class: "leaf", role: "group" });
    return { digest: "", places: "", element, width: 0, height: 0 };
  }

  /**
   * @param {Leaf} leaf
   * @param {Page} page
   */
  function draw(leaf, page) {
    if (leaf.digest === page.digest) return;
    leaf.digest = page.digest;
    leaf.width = page.width;
    leaf.height = page.height;
    leaf.element.style.setProperty("--width", String(page.width));
    leaf.element.style.setProperty("--height", String(page.height));
    leaf.element.classList.toggle("wide", page.width > page.height);
    replace(leaf.element, drawn(drawings[page.digest] ?? ""));
  }

  /**
   * @param {string} key
   * @param {string} family
   */
  function load(key, family) {
    const loading =
      fonts.get(key) ??
      font(key)
        .then((bytes) => new FontFace(family, bytes).load())
        .then((face) => void document.fonts.add(face))
        .catch(() => void fonts.delete(key));
    fonts.set(key, loading);
    return loading;
  }

  /** Remembers what stands at the top of the view; gives what puts it there again. */
  function anchor() {
    const top = scroller.getBoundingClientRect().top;
    const held = leaves.find((leaf) => leaf.element.getBoundingClientRect().bottom > top)?.element;
    const was = held?.getBoundingClientRect().top ?? 0;
    return () => {
      if (held?.isConnected) scroller.scrollTop += held.getBoundingClientRect().top - was;
    };
  }

  /**
   * Says why the pages are not those of the text; "": they are.
   * @param {string} why
   */
  function grey(why) {
    element.classList.toggle("stale", why !== "");
    note.hidden = why === "";
    note.textContent = why;
  }

  /** @param {boolean} on whether the pages are still to become those of the text */
  function busy(on) {
    element.setAttribute("aria-busy", String(on));
  }

  // ---- where in the source, and where on the page

  sheets.addEventListener("click", (event) => {
    const leaf = leaves.find((each) => event.target instanceof Node && each.element.contains(event.target));
    if (!leaf || !getSelection()?.isCollapsed) return;
    const linked = event.ctrlKey ? paperAt(event.clientX, event.clientY) : null;
    if (linked) return reveal(linked.first);
    const box = leaf.element.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * leaf.width;
    const y = ((event.clientY - box.top) / box.height) * leaf.height;
    const found = nearest(places[leaf.places] ?? [], x, y);
    if (found) clicked(found, Math.min(Math.max((x - found[0]) / (found[2] - found[0] || 1), 0), 1));
  });

  /**
   * The paper that a link at a point leads to.
   * @param {number} x
   * @param {number} y
   */
  function paperAt(x, y) {
    const keys = document.elementsFromPoint(x, y).map((each) => each.getAttribute("data-paper"));
    return listed.find(({ key }) => keys.includes(key));
  }

  /**
   * Marks boxes on their pages.
   * @param {(box: Box) => number} far how far a box is from what is meant; the nearest are marked, none that is Infinity
   * @param {boolean} follow whether one of them is to come in sight, if none is: the one that is nearest to what is
   */
  function point(far, follow) {
    for (const each of sheets.querySelectorAll(".here")) each.remove();
    const all = leaves.flatMap((leaf) => (places[leaf.places] ?? []).map((box) => ({ leaf, box, far: far(box) })));
    const least = Math.min(...all.map((each) => each.far));
    if (!Number.isFinite(least)) return;
    const marks = all
      .filter((each) => each.far === least)
      .map(({ leaf, box: [x0, y0, x1, y1] }) => {
        const mark = make("span", { class: "here", "aria-hidden": "true" });
        mark.style.left = `${(x0 / leaf.width) * 100}%`;
        mark.style.top = `${(y0 / leaf.height) * 100}%`;
        mark.style.width = `${((x1 - x0) / leaf.width) * 100}%`;
        mark.style.height = `${((y1 - y0) / leaf.height) * 100}%`;
        leaf.element.append(mark);
        return mark;
      });
    if (!follow || marks.some(within)) return;
    const view = scroller.getBoundingClientRect();
    const away = (/** @type {Element} */ mark) =>
      Math.abs(mark.getBoundingClientRect().top - view.top - view.height / 2);
    into(marks.reduce((one, other) => (away(other) < away(one) ? other : one)));
  }

  /** Whether any of what is marked is in sight. */
  function sighted() {
    return [...sheets.querySelectorAll(".here")].some(within);
  }

  /** Whether anything is marked. */
  function marked() {
    return sheets.querySelector(".here") !== null;
  }

  /** @param {Element} mark */
  function within(mark) {
    const box = mark.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    return box.bottom > view.top && box.top < view.bottom && box.right > view.left && box.left < view.right;
  }

  /** @param {Element} mark brought in sight, a third below the top */
  function into(mark) {
    const box = mark.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    scroller.scrollTop += box.top - view.top - view.height / 3;
    if (box.left < view.left || box.right > view.right) scroller.scrollLeft += box.left - view.left - 20;
  }

  // ---- papers, thumbnails

  function listPapers() {
    const key = JSON.stringify(listed);
    if (papers.dataset.key === key) return;
    papers.dataset.key = key;
    replace(
      papers,
      ...listed.map(({ name, first, count }) => make("option", { value: first }, `${name}（${count} ページ）`)),
    );
    papers.hidden = listed.length === 0;
  }

  /** @param {number} index of a page, brought to the top */
  function reveal(index) {
    const leaf = leaves[index];
    if (!leaf) return;
    scroller.scrollTop += leaf.element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
  }

  function seen() {
    const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 2;
    const found = leaves.findIndex((leaf) => leaf.element.getBoundingClientRect().bottom > middle);
    const index = found < 0 ? leaves.length - 1 : found;
    where.textContent = leaves.length ? `${index + 1} / ${leaves.length}` : "";
    const paper = listed.findLast(({ first }) => first <= index);
    if (paper) papers.value = String(paper.first);
    for (const each of thumbnails.querySelectorAll("button"))
      each.setAttribute("aria-current", String(each.dataset.index === String(index)));
  }

  let scrolling = 0;
  scroller.addEventListener("scroll", () => {
    cancelAnimationFrame(scrolling);
    scrolling = requestAnimationFrame(seen);
  });

  function toggle() {
    thumbnails.hidden = !thumbnails.hidden;
    shows.setAttribute("aria-pressed", String(!thumbnails.hidden));
    drawThumbnails();
    if (fitted) fit();
  }

  /** @type {Map<string, SVGSVGElement>} */
  let small = new Map();

  function drawThumbnails() {
    if (thumbnails.hidden) return;
    const used = new Map();
    const groups = listed.map(({ name, first, count }) =>
      make(
        "section",
        {},
        make("h3", {}, name),
        ...leaves.slice(first, first + count).map((leaf, at) => {
          const drawing = small.get(leaf.digest) ?? drawn(drawings[leaf.digest] ?? "");
          used.set(leaf.digest, drawing);
          const label = `${name} ${at + 1} ページ`;
          const shown = button("", () => reveal(first + at), { "aria-label": label, "data-index": first + at });
          drawing.setAttribute("aria-hidden", "true");
          shown.append(used.has(leaf.digest) && drawing.isConnected ? drawing.cloneNode(true) : drawing);
          return shown;
        }),
      ),
    );
    small = used;
    replace(thumbnails, ...groups);
    seen();
  }

  // ---- size

  /** @param {number} to */
  function zoom(to) {
    fitted = false;
    size(to);
  }

  function fit() {
    fitted = true;
    const widest = Math.max(0, ...leaves.map((leaf) => leaf.width));
    if (widest && scroller.clientWidth) size((scroller.clientWidth - 32) / (widest * PX));
  }

  /** @param {number} to */
  function size(to) {
    const next = Math.min(Math.max(to, SMALLEST), LARGEST);
    zoomed.textContent = `${Math.round(next * 100)}%`;
    if (Math.abs(next - scale) < 0.001 && sheets.style.getPropertyValue("--scale")) return;
    const ratio = (scroller.scrollTop + scroller.clientHeight / 2) / (scroller.scrollHeight || 1);
    scale = next;
    sheets.style.setProperty("--scale", String(next * PX));
    scroller.scrollTop = ratio * scroller.scrollHeight - scroller.clientHeight / 2;
  }

  scroller.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(scale * (event.deltaY < 0 ? STEP : 1 / STEP));
    },
    { passive: false },
  );
  const resized = new ResizeObserver(() => fitted && fit());
  resized.observe(scroller);

  return {
    element,
    known,
    show,
    grey,
    busy,
    point,
    sighted,
    marked,
    toggle,
    fit,
    larger: () => zoom(scale * STEP),
    smaller: () => zoom(scale / STEP),
    focus: () => scroller.focus(),
    empty: () => leaves.length === 0,
    close: () => resized.disconnect(),
  };
}

/**
 * The box at a point, or the nearest within reach.
 * @param {readonly Box[]} boxes
 * @param {number} x
 * @param {number} y
 * @returns {Box | null}
 */
export function nearest(boxes, x, y) {
  /** @type {Box | null} */
  let best = null;
  let least = Infinity;
  for (const box of boxes) {
    const aside = Math.max(box[0] - x, 0, x - box[2]);
    const above = Math.max(box[1] - y, 0, y - box[3]);
    if (above > NEAR) continue;
    const far = above * 8 + aside; // a line is wide and low: what stands beside a click is nearer than what stands above
    if (far < least) [best, least] = [box, far];
  }
  return best;
}

/** @param {() => void} work when nothing else is to be done */
function later(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(() => work(), { timeout: 500 });
  else setTimeout(work, 100);
}
