/**
 * The parts of a form: an element for each field of the tree. A part stays while its field does, so that whoever types in it
 * is not disturbed; what is added, moved or taken out is so on the page at once, before the server has said its text.
 */

import { button, make } from "./dom.js";
import { createGrid } from "./grid.js";
import { fresh, growing, listen, show } from "./typing.js";
import { dayOf, inWords } from "./wareki.js";

/**
 * @typedef {import("./shapes").Field} Field
 * @typedef {import("./shapes").Path} Path
 * @typedef {import("./shapes").Step} Step
 * @typedef {import("./shapes").Value} Value
 * @typedef {import("./shapes").Operation} Operation
 * @typedef {import("./shapes").Diagnostic} Diagnostic
 * @typedef {import("./typing.js").Control} Control
 * @typedef {object} Hands what a part asks of the form around it
 * @property {(operation: Operation) => void} typed a value that goes on being typed: the latest counts
 * @property {(operation: Operation, focus?: Path | null) => void} act
 * @property {(control: Control, part: Part) => void} look whether something is to be offered behind ｛
 * @property {(event: KeyboardEvent) => boolean} key whether a key was meant for what is offered
 * @property {(part: Part) => boolean} holds whether what stands in the control of a part is not to be touched
 * @property {(part: Part) => void} entered told when the focus comes into a part
 * @property {(part: Part) => void} register
 * @property {(part: Part) => void} source
 * @property {(text: string) => void} say
 */

const OPEN = /｛記入/u;
const NEW = /^(?:見出し|｛記入：時｝)?$/u; // the name of what has just been put in
const REVIEW = /^#+[ \t\u3000]*確認[：:]/u; // a comment that asks for a look
const BLOCK = /^｛[^｛｝：:]+｝$/u;
const SHORT = new Set(["text", "choice", "yesno", "date", "integer"]);
const INTO = { text: "文にする", list: "箇条書きにする", group: "見出しに分ける" };

/** Whether a field is one short line, which stands beside its label. @param {Field} field */
function isShort(field) {
  return SHORT.has(field.kind) && !field.multiline;
}

/** At the end of a path that is to get the focus: the last entry of what is there. */
export const LAST = -1;

/** One field on the page. */
export class Part {
  /**
   * @param {Hands} hands
   * @param {Part | null} above
   * @param {Field} field
   */
  constructor(hands, above, field) {
    this.hands = hands;
    /** @type {Part | null} */
    this.above = above;
    /** @type {Field} */
    this.field = field;
    /** The way from the part above to this one; in a list, its place there counts instead. @type {Step[]} */
    this.steps = stepsTo(field, above);
    /** @type {Part[]} */
    this.children = [];
    /** What is typed into; null where there is nothing. @type {Control | HTMLSelectElement | null} */
    this.control = null;
    /** @type {Control | null} */
    this.title = null;
    this.composing = () => false;
    this.composingTitle = () => false;
    this.id = fresh();
    this.labelled = make("span", { class: "label", id: `${this.id}-label` });
    this.marks = make("span", { class: "marks" });
    this.tools = new Tools(this);
    this.about = make("p", { class: "about", id: `${this.id}-about` });
    this.comments = make("p", { class: "comment", id: `${this.id}-comment` });
    this.looked = button("確かめた", () => hands.act({ do: "looked", path: this.path() }, this.path()), {
      class: "add looked",
    });
    this.faults = make("div", { class: "faults", id: `${this.id}-faults` });
    this.body = make("div", { class: "body" });
    this.foot = make("div", { class: "adders" });
    /** @type {Diagnostic[]} */
    this.said = [];
    this.refusal = "";
    /** Of a table. @type {ReturnType<typeof createGrid> | null} */
    this.grid = null;
    /** What the buttons below were made of. */
    this.footState = "";
    /** Tells the day of a date in other words. @type {(() => void) | null} */
    this.tell = null;
    this.sort = sortOf(field, above);
    this.head = make("div", { class: "head" });
    this.element = this.built();
    this.element.addEventListener("focusin", (event) => {
      if (event.target instanceof Element && nearest(event.target) === this.element) hands.entered(this);
    });
    PARTS.set(this.element, this);
  }

  /** Where the field stands now, with all that has been added or moved since the server was last asked. @returns {Path} */
  path() {
    if (!this.above) return [];
    const steps = this.above.field.kind === "list" ? [this.above.children.indexOf(this)] : this.steps;
    return [...this.above.path(), ...steps];
  }

  get inList() {
    return this.above?.field.kind === "list";
  }

  /** Whether the author gives this part its name. */
  get renames() {
    return isNamed(this.field, this.above);
  }

  /** Whether it can be put before or behind its neighbours. */
  get moves() {
    return this.inList || (this.renames && !this.inItem);
  }

  /** Whether it is the content of an entry, which has the tools for both. */
  get inItem() {
    return this.above?.field.kind === "item";
  }

  built() {
    const { field } = this;
    const isSection = this.above?.above === null && !isShort(field);
    if (this.renames) this.title = this.renamer();
    if (SHORT.has(field.kind) || field.kind === "raw") this.makeControl();
    const name = this.title ?? this.labelOf();
    this.head.append(...(isSection ? [] : [name, this.marks]), this.tools.element);
    const inner = [this.head, this.about, this.comments, this.looked, this.body, this.faults, this.foot];
    const kind = field.kind + (isShort(field) ? " short" : "");
    if (isSection) {
      const summary = make("summary", {}, make("h2", {}, name), this.marks);
      return make("details", { class: `part section ${kind}`, open: true }, summary, ...inner);
    }
    if (this.inList) return make("li", { class: `part entry ${kind}` }, ...inner);
    const holds = ["group", "list", "table"].includes(field.kind);
    return make(
      "div",
      { class: `part ${kind}`, role: holds ? "group" : null, "aria-labelledby": holds ? this.labelled.id : null },
      ...inner,
    );
  }

  labelOf() {
    if (!this.control || this.inList) return this.labelled;
    const label = make("label", { for: this.control.id, class: "label", id: `${this.id}-label` });
    this.labelled = label;
    return label;
  }

  renamer() {
    const input = make("input", { class: "renamer", id: `${this.id}-name`, autocomplete: "off", spellcheck: "false" });
    const { composing } = listen(input, (value) => this.rename(value));
    this.composingTitle = composing;
    input.addEventListener("input", () => this.hands.look(input, this));
    return input;
  }

  /** @param {string} value */
  rename(value) {
    this.hands.typed({ do: "rename", path: this.path(), value });
    this.title?.classList.toggle("open", OPEN.test(value));
    this.steps = [value];
  }

  makeControl() {
    const { field } = this;
    const attributes = { id: this.id };
    /** @type {"set" | "raw"} */
    const how = field.kind === "raw" ? "raw" : "set";
    const typed = (/** @type {string} */ value) => {
      this.hands.typed({ do: how, path: this.path(), value });
      this.markOpen(value);
    };
    if (field.kind === "choice" || field.kind === "yesno") {
      const select = make("select", attributes);
      select.addEventListener("change", () => typed(select.value));
      this.control = select;
      this.body.append(select);
      return;
    }
    if (field.kind === "date" || field.kind === "integer") {
      const input = make("input", { ...attributes, autocomplete: "off", spellcheck: "false" });
      if (field.kind === "integer") input.inputMode = "numeric";
      this.composing = listen(input, typed).composing;
      this.control = input;
      this.body.append(input);
      if (field.kind === "date") this.body.append(...this.calendar(input, typed));
      return;
    }
    const area = growing(attributes);
    if (field.kind === "raw") area.classList.add("source");
    this.composing = listen(area, (value) => {
      typed(value);
      this.hands.look(area, this);
    }).composing;
    area.addEventListener("keydown", (event) => this.keyInText(event));
    area.addEventListener("click", () => this.hands.look(area, this));
    this.control = area;
    this.body.append(area);
    if (field.kind === "raw") {
      this.body.append(button("本文で見る", () => this.hands.source(this), { class: "link" }));
    }
  }

  /**
   * @param {HTMLInputElement} input
   * @param {(value: string) => void} typed
   */
  calendar(input, typed) {
    const hint = make("span", { class: "quiet hint", id: `${this.id}-hint` });
    const picker = make("input", { type: "date", class: "picker", tabindex: -1, "aria-hidden": "true" });
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      show(input, picker.value);
      tell();
      typed(picker.value);
      input.focus();
    });
    const open = button("暦", () => {
      picker.value = dayOf(input.value);
      picker.showPicker();
    });
    open.setAttribute("aria-label", "暦から選ぶ");
    const tell = () => {
      const day = dayOf(input.value);
      hint.textContent = day ? (input.value.includes("年") ? day : inWords(day)) : "";
    };
    input.addEventListener("input", tell);
    this.tell = tell;
    return [open, picker, hint];
  }

  /**
   * Enter begins the next item; in a text that has no paragraphs it does nothing else.
   *
   * @param {KeyboardEvent} event
   */
  keyInText(event) {
    if (event.isComposing || this.composing()) return;
    if (this.hands.key(event)) return;
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.field.kind === "raw") return;
    const entry = this.inItem && !this.field.multiline ? this.above : this;
    if (entry?.inList && !event.shiftKey) {
      event.preventDefault();
      entry.addBehind();
    } else if (!this.field.multiline) event.preventDefault();
  }

  /** @param {string} value */
  markOpen(value) {
    this.element.classList.toggle("open-place", OPEN.test(value));
  }

  /** What the server says of the field now. @param {Field} field */
  update(field) {
    this.field = field;
    this.steps = stepsTo(field, this.above);
    this.hands.register(this);
    this.updateName();
    this.about.textContent = field.about;
    this.about.hidden = !field.about || (this.inList && field.kind !== "item");
    this.comments.textContent = field.comments.join("\n");
    this.comments.hidden = !field.comments.length;
    this.looked.hidden = !field.comments.some((each) => REVIEW.test(each));
    this.looked.setAttribute("aria-label", `${this.called()}を確かめた`);
    this.updateControl();
    this.updateMarks();
    if (field.kind === "table") this.updateTable();
    else this.updateChildren();
    this.updateFoot();
    this.describe();
  }

  updateName() {
    const { field, title } = this;
    const typing = document.activeElement === title && (this.composingTitle() || this.hands.holds(this));
    if (title && !typing) show(title, field.key);
    title?.classList.toggle("open", OPEN.test(title.value));
    this.label();
  }

  /** Calls it, and all that is in it, what it is called at its place. */
  label() {
    const { field, title } = this;
    title?.setAttribute("aria-label", this.inItem ? `${this.above?.called()} の見出し` : `${field.key} の名`);
    this.labelled.textContent = this.inList && field.kind !== "item" ? "" : field.label || field.key;
    if (this.control && (this.inList || title)) this.control.setAttribute("aria-label", this.called());
    this.tools.update();
  }

  /** Calls what is in it by its place, after some of it was added, moved or taken out. */
  relabel() {
    for (const child of this.children) {
      child.label();
      child.relabel();
    }
  }

  /** What to call it where it has no label of its own. @returns {string} */
  called() {
    const own = this.field.label || this.field.key;
    if (this.inItem) return own || (this.above?.called() ?? "");
    if (this.inList) {
      const place = `${(this.above?.children.indexOf(this) ?? 0) + 1}番目`;
      return [this.above?.called(), place].filter(Boolean).join(" ");
    }
    return own || (this.above?.called() ?? "");
  }

  updateControl() {
    const { control, field } = this;
    if (!control) return;
    if (control instanceof HTMLSelectElement) {
      const words = field.choices.map(([value]) => value);
      const wanted = words.includes(field.value) ? field.choices : [[field.value, ""], ...field.choices];
      const texts = wanted.map(([value = "", about]) => (value ? (about ? `${value}　${about}` : value) : "（選ぶ）"));
      if (JSON.stringify([...control.options].map((each) => each.text)) !== JSON.stringify(texts)) {
        control.replaceChildren(...wanted.map(([value = ""], at) => make("option", { value }, texts[at])));
      }
      if (!this.hands.holds(this)) control.value = field.value;
      control.disabled = !field.editable;
    } else {
      if (!this.hands.holds(this)) show(control, field.kind === "raw" ? field.raw : field.value);
      control.readOnly = !field.editable && field.kind !== "raw";
    }
    this.markOpen(field.kind === "raw" ? field.raw : field.value);
    this.tell?.();
  }

  updateMarks() {
    const { field } = this;
    const marks = [];
    const empty = Boolean(this.control) && !field.value && !field.raw;
    if (field.required) marks.push(make("span", { class: empty ? "mark needed" : "mark" }, "必須"));
    if (OPEN.test(field.value) && this.control) marks.push(make("span", { class: "mark open" }, "未記入"));
    if (!field.known) marks.push(make("span", { class: "mark strange" }, "様式にない項目"));
    if (this.element instanceof HTMLDetailsElement) {
      const open = openIn(field);
      if (open && !OPEN.test(field.value)) marks.push(make("span", { class: "mark open" }, `未記入 ${open}`));
      const faults = this.faultsBelow();
      if (faults) marks.push(make("span", { class: "mark faulty" }, `誤り ${faults}`));
    }
    this.marks.replaceChildren(...marks);
    if (this.inList && this.marks.parentElement === null) this.head.prepend(this.marks);
  }

  /** @returns {number} */
  faultsBelow() {
    const own = this.said.filter((each) => each.severity === "error").length;
    return this.children.reduce((sum, each) => sum + each.faultsBelow(), own);
  }

  updateTable() {
    this.grid ??= createGrid(this);
    if (!this.grid.element.isConnected) this.body.append(this.grid.element);
    this.grid.update(this.field);
  }

  updateChildren() {
    const { field } = this;
    if (!["group", "list", "item"].includes(field.kind)) return;
    const old = [...this.children];
    this.children = field.children.map((child, index) => {
      const sort = sortOf(child, this);
      const same = (/** @type {Part} */ each) =>
        each.sort === sort && (field.kind === "list" || String(each.steps.at(-1)) === String(child.path.at(-1)));
      const at = field.kind === "list" ? (old[index] && same(old[index]) ? index : -1) : old.findIndex(same);
      const found = at >= 0 ? old[at] : undefined;
      if (found && field.kind !== "list") old.splice(at, 1);
      return found ?? new Part(this.hands, this, child);
    });
    this.arrange();
    this.children.forEach((part, index) => {
      const child = field.children[index];
      if (child) part.update(child);
    });
  }

  /** Puts the elements of the children in their order; at the top, short fields in a row stand on one sheet. */
  arrange() {
    const elements = this.children.map((each) => each.element);
    if (this.above) return place(this.holder(), elements);
    const sheets = [...this.body.querySelectorAll(":scope > .facts")];
    /** @type {[Element, Element[]][]} */
    const filled = [];
    /** @type {Element[]} */
    const rows = [];
    for (const element of elements) {
      const last = rows.at(-1);
      if (element instanceof HTMLDetailsElement) rows.push(element);
      else if (last && filled.at(-1)?.[0] === last) filled.at(-1)?.[1].push(element);
      else {
        const sheet = sheets.shift() ?? make("div", { class: "facts" });
        filled.push([sheet, [element]]);
        rows.push(sheet);
      }
    }
    place(this.body, rows);
    for (const [sheet, inside] of filled) place(sheet, inside);
  }

  holder() {
    if (this.field.kind !== "list") return this.body;
    const found = this.body.querySelector(":scope > ol");
    if (found) return found;
    const list = make("ol", { class: "entries" });
    this.body.append(list);
    return list;
  }

  updateFoot() {
    const { field } = this;
    const openBefore = this.foot.querySelector("details")?.open ?? false;
    const focus = this.foot.contains(document.activeElement) ? document.activeElement?.textContent : null;
    const state = JSON.stringify([field.absent, field.entries, field.may, field.named, field.kind, !field.value]);
    if (state === this.footState) return;
    this.footState = state;
    /** @type {HTMLElement[]} */
    const found = [];
    if (field.kind === "list" || (this.control && field.entries.length)) found.push(...this.adders(openBefore));
    if (field.kind === "group") found.push(...this.absent(openBefore));
    if (this.control && field.may.length && !field.entries.length) {
      for (const into of field.may) {
        if (into !== "text") found.push(button(INTO[into], () => this.turn(into), { class: "add" }));
      }
    }
    this.foot.replaceChildren(...found);
    this.foot.hidden = !found.length;
    if (focus) [...this.foot.querySelectorAll("button")].find((each) => each.textContent === focus)?.focus();
  }

  /** @param {"text" | "list" | "group"} into */
  turn(into) {
    this.hands.act({ do: "turn", path: this.path(), into }, into === "list" ? [...this.path(), 0] : this.path());
  }

  /** The buttons below a list. @param {boolean} open */
  adders(open) {
    const [usual, ...others] = this.field.entries;
    if (!usual) return [];
    const add = (/** @type {{ label: string, value: Value }} */ each) =>
      this.field.kind === "list"
        ? this.insert(this.children.length, each.value)
        : this.hands.act({ do: "insert", path: this.path(), index: 1, value: each.value }, [...this.path(), 1]);
    const label = this.field.kind === "list" ? `＋ ${usual.label || "項目"}` : "＋ もう一つ";
    const found = [button(label, () => add(usual), { class: "add", title: usual.about })];
    if (!others.length) return found;
    const items = others.map((each) =>
      make(
        "li",
        {},
        button(each.label, () => add(each), { class: "link" }),
        each.about ? make("span", { class: "quiet" }, `　${each.about}`) : null,
      ),
    );
    return [
      ...found,
      make("details", { class: "more", open }, make("summary", {}, "ほかのものを足す"), make("ul", {}, ...items)),
    ];
  }

  /** What a group may have besides. @param {boolean} open */
  absent(open) {
    const { absent } = this.field;
    const add = (/** @type {string} */ key) =>
      this.hands.act({ do: "add", path: this.path(), key }, [...this.path(), key]);
    /** @type {HTMLElement[]} */
    const found = absent
      .filter((each) => each.required)
      .map((each) => button(`＋ ${each.key}（必須）`, () => add(each.key), { class: "add needed", title: each.about }));
    const others = absent.filter((each) => !each.required);
    if (others.length) {
      const items = others.map((each) =>
        make(
          "li",
          {},
          button(each.key, () => add(each.key), { class: "link" }),
          each.about ? make("span", { class: "quiet" }, `　${each.about}`) : null,
        ),
      );
      const label = `項目を足す（${others.length}）`;
      found.push(make("details", { class: "more", open }, make("summary", {}, label), make("ul", {}, ...items)));
    }
    if (this.field.named) found.push(this.namer(add));
    return found;
  }

  /** A new key of the author's own. @param {(key: string) => void} add */
  namer(add) {
    const input = make("input", { id: fresh(), autocomplete: "off", class: "new-name" });
    const act = () => {
      const key = input.value.trim();
      if (!key) return input.focus();
      input.value = "";
      return add(key);
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      act();
    });
    return make(
      "span",
      { class: "namer" },
      make("label", { for: input.id }, "新しい名"),
      input,
      button("足す", act, { class: "add" }),
    );
  }

  // what is done to it

  /**
   * A new entry of this list, shown at once.
   *
   * @param {number} index
   * @param {Value} value
   */
  insert(index, value) {
    const path = this.path();
    const operation = /** @type {Operation} */ ({ do: "insert", path, index, value });
    if (typeof value !== "string" || this.field.kind !== "list") {
      this.hands.act(operation, [...path, index]);
      return;
    }
    const part = new Part(this.hands, this, blank([...path, index], value, this.field));
    this.children.splice(index, 0, part);
    this.arrange();
    part.update(part.field);
    this.relabel();
    this.hands.act(operation);
    part.focus();
  }

  addBehind() {
    const list = this.above;
    if (!list) return;
    if (!this.inList) return;
    list.insert(list.children.indexOf(this) + 1, list.field.entries[0]?.value ?? "");
  }

  remove() {
    const { above } = this;
    if (!above || !this.field.removable) return;
    const operation = /** @type {Operation} */ ({ do: "remove", path: this.path() });
    const at = above.children.indexOf(this);
    const next = above.children[at + 1] ?? above.children[at - 1] ?? null;
    const name = this.called();
    above.children.splice(at, 1);
    above.arrange();
    above.relabel();
    this.hands.act(operation);
    if (next) next.focus();
    else above.focusFoot();
    this.hands.say(`${name}を消しました。元に戻すには Ctrl+Z を押してください。`);
  }

  focusFoot() {
    this.foot.querySelector("button")?.focus();
  }

  /** @param {number} by */
  move(by) {
    const { above } = this;
    if (!above || !this.moves) return;
    const at = above.children.indexOf(this);
    const to = at + by;
    if (to < 0 || to >= above.children.length) return;
    const operation = /** @type {Operation} */ ({ do: "move", path: this.path(), to });
    above.children.splice(at, 1);
    above.children.splice(to, 0, this);
    above.arrange();
    above.relabel();
    this.hands.act(operation);
    this.element.scrollIntoView({ block: "nearest" });
    this.hands.say(`${to + 1}番目に移しました。`);
  }

  /** @param {"nest" | "unnest"} how */
  nest(how) {
    if (how === "nest" ? !this.field.nests : !this.field.unnests) return;
    const path = this.path();
    this.hands.act({ do: how, path }, how === "nest" ? [...next(path, -1), LAST] : next(path.slice(0, -1), 1));
    this.hands.say(how === "nest" ? "前の項目の下に入れました。" : "一つ上の段に出しました。");
  }

  focus() {
    for (let above = this.above; above; above = above.above) {
      if (above.element instanceof HTMLDetailsElement) above.element.open = true;
    }
    if (this.element instanceof HTMLDetailsElement) this.element.open = true;
    const target = this.target();
    target?.focus();
    if (target instanceof HTMLInputElement && target.classList.contains("renamer")) target.select();
  }

  /** What gets the focus: the name where that is empty, else the first control. @returns {HTMLElement | null} */
  target() {
    if (this.title && NEW.test(this.title.value)) return this.title;
    if (this.control) return this.control;
    const [first] = this.children;
    if (first) return first.target();
    return this.element.querySelector("textarea, input, select") ?? this.element.querySelector("button, summary");
  }

  /** What is said of it. @param {Diagnostic[]} said */
  hear(said) {
    this.said = said;
    const items = said.map((each) =>
      make(
        "p",
        { class: `fault ${each.severity}` },
        make("span", { class: "unseen" }, each.severity === "error" ? "誤り：" : "注意："),
        each.reason,
        each.remedy ? make("span", { class: "remedy" }, `　${each.remedy}`) : null,
      ),
    );
    if (this.refusal) items.unshift(make("p", { class: "fault error", role: "alert" }, this.refusal));
    this.faults.replaceChildren(...items);
    this.faults.hidden = !items.length;
    this.describe();
  }

  /** That what was typed could not be written. @param {string} reason "" = it could, after all */
  refuse(reason) {
    if (this.refusal === reason) return;
    this.refusal = reason;
    this.hear(this.said);
  }

  describe() {
    const wrong = this.said.some((each) => each.severity === "error") || Boolean(this.refusal);
    this.element.classList.toggle("wrong", wrong);
    const target = this.control ?? this.title;
    if (!target) return;
    const notes = [this.about, this.comments, this.faults].filter((each) => !each.hidden && each.textContent);
    const ids = notes.map((each) => each.id);
    if (this.tell) ids.push(`${this.id}-hint`);
    if (ids.length) target.setAttribute("aria-describedby", ids.join(" "));
    else target.removeAttribute("aria-describedby");
    if (wrong) target.setAttribute("aria-invalid", "true");
    else target.removeAttribute("aria-invalid");
    if (this.field.required) target.setAttribute("aria-required", "true");
  }
}

/** Moving, nesting, adding and removing, as buttons; one of them is reached by Tab, the others by arrows. */
class Tools {
  /** @param {Part} part */
  constructor(part) {
    this.part = part;
    this.element = make("span", { class: "acts", role: "toolbar" });
    this.state = "";
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  update() {
    const { part } = this;
    const { field, above } = part;
    const at = above ? above.children.indexOf(part) : 0;
    const last = above ? at === above.children.length - 1 : true;
    const state = JSON.stringify([
      part.moves,
      at === 0,
      last,
      field.nests,
      field.unnests,
      field.removable,
      part.inList,
    ]);
    this.element.setAttribute("aria-label", `${part.called()}の操作`);
    if (state === this.state) return;
    this.state = state;
    const focus = this.element.contains(document.activeElement) ? document.activeElement?.textContent : null;
    /** @type {[string, string, string, boolean, () => void][]} */
    const all = [];
    if (part.moves) {
      all.push(["↑", "前へ移す", "Alt+↑", at > 0, () => part.move(-1)]);
      all.push(["↓", "後ろへ移す", "Alt+↓", !last, () => part.move(1)]);
    }
    if (part.inList) {
      all.push(["→", "前の項目の下に入れる", "Alt+→", field.nests, () => part.nest("nest")]);
      all.push(["←", "一つ上の段に出す", "Alt+←", field.unnests, () => part.nest("unnest")]);
      all.push(["＋", "この後ろに足す", "Enter", true, () => part.addBehind()]);
    }
    if (field.removable && !part.inItem && !(field.required && !part.inList))
      all.push(["×", "消す", "Ctrl+Shift+Delete", true, () => part.remove()]);
    const buttons = all.map(([sign, label, keys, can, act]) => {
      const made = button(sign, () => can && act(), {
        class: "act",
        title: `${label}（${keys}）`,
        "aria-label": label,
        "aria-disabled": can ? null : "true",
        tabindex: -1,
      });
      return made;
    });
    this.element.replaceChildren(...buttons);
    this.element.hidden = !buttons.length;
    const again = buttons.find((each) => each.textContent === focus);
    (again ?? buttons[0])?.setAttribute("tabindex", "0");
    again?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1 })[event.key];
    if (!step || event.altKey) return;
    const buttons = [...this.element.querySelectorAll("button")];
    const at = buttons.findIndex((each) => each === document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons.forEach((each) => each.setAttribute("tabindex", each === next ? "0" : "-1"));
    next?.focus();
    event.preventDefault();
  }
}

/**
 * Gives an element these children, moving no more of them than it must; the focus stays where it is.
 *
 * @param {Element} holder
 * @param {Element[]} wanted
 */
function place(holder, wanted) {
  const kept = new Set(wanted);
  for (const each of [...holder.children]) if (!kept.has(each)) each.remove();
  wanted.forEach((each, index) => {
    if (holder.children[index] === each) return;
    const focus = each.contains(document.activeElement) ? document.activeElement : null;
    holder.insertBefore(each, holder.children[index] ?? null);
    if (focus instanceof HTMLElement && document.activeElement !== focus) focus.focus({ preventScroll: true });
  });
}

/** @type {WeakMap<Element, Part>} */
const PARTS = new WeakMap();

/** @param {Element} element */
function nearest(element) {
  return element.closest(".part");
}

/** The part in which an element stands. @param {Element | null} element @returns {Part | null} */
export function partOf(element) {
  const found = element && nearest(element);
  return (found && PARTS.get(found)) ?? null;
}

/**
 * What kind of element a field needs: a part of another sort cannot stand for it.
 *
 * @param {Field} field
 * @param {Part | null} above
 */
function sortOf(field, above) {
  const section = above && !above.above ? isShort(field) : true;
  return `${field.kind} ${isNamed(field, above)} ${section}`;
}

/**
 * The path of a neighbour: that of an item, or of the item in which a path ends.
 *
 * @param {Path} path
 * @param {number} by
 * @returns {Path}
 */
function next(path, by) {
  const at = path.findLastIndex((step) => typeof step === "number");
  return [...path.slice(0, at), Number(path[at]) + by];
}

/**
 * @param {Field} field
 * @param {Part | null} above
 */
function stepsTo(field, above) {
  return above ? field.path.slice(above.field.path.length) : [];
}

/**
 * Whether the author gives a field its name; a block (｛文｝) is called what it is.
 *
 * @param {Field} field
 * @param {Part | null} above
 */
function isNamed(field, above) {
  return above !== null && above.field.kind !== "list" && above.field.named && !BLOCK.test(field.key);
}

/** How many texts in a field are still to be written. @param {Field} field @returns {number} */
function openIn(field) {
  const own = OPEN.test(field.value) || OPEN.test(field.raw) ? 1 : 0;
  const cells = field.rows.flat().filter((each) => OPEN.test(each.value)).length;
  return field.children.reduce((sum, each) => sum + openIn(each), own + cells);
}

/**
 * A new text of a list, as it is shown until the server has said more of it.
 *
 * @param {Path} path
 * @param {string} value
 * @param {Field} list
 * @returns {Field}
 */
function blank(path, value, list) {
  return {
    ...{ path, key: "", label: "", about: "", kind: "text", value, multiline: true, required: false, known: true },
    ...{
      editable: true,
      choices: [],
      children: [],
      absent: [],
      named: false,
      entries: [],
      may: [],
      rows: [],
      heads: [],
    },
    ...{
      raw: "",
      at: list.end,
      end: list.end,
      comments: [],
      nests: path.at(-1) !== 0,
      unnests: false,
      removable: true,
    },
  };
}
