/** What is asked and told in dialogs: what is begun, made, numbered, compared, handed out; conflicts and versions. */

import { Refusal } from "./api.js";
import { show } from "./asking.js";
import { besideEachOther } from "./differences.js";
import { button, make, put, replace } from "./dom.js";
import { fresh } from "./typing.js";

/**
 * @typedef {import("./shapes").Begun} Begun
 * @typedef {import("./shapes").Change} Change
 * @typedef {import("./shapes").Compared} Compared
 * @typedef {import("./shapes").Diagnostic} Diagnostic
 * @typedef {import("./shapes").Made} Made
 * @typedef {import("./shapes").Numbers} Numbers
 * @typedef {import("./shapes").Output} Output
 * @typedef {import("./shapes").Overview} Overview
 * @typedef {import("./shapes").Packet} Packet
 * @typedef {import("./shapes").Paper} Paper
 * @typedef {import("./shapes").Question} Question
 * @typedef {import("./shapes").Questions} Questions
 * @typedef {import("./shapes").Revisions} Revisions
 * @typedef {import("./shapes").Swap} Swap
 * @typedef {import("./shapes").Taken} Taken
 * @typedef {import("./shapes").Versions} Versions
 * @typedef {object} Desk
 * @property {import("./api.js").Call} call
 * @property {(output: Output) => Promise<void>} download
 * @property {(fragment: string) => void} go
 * @property {(text: string) => void} say
 * @typedef {() => Promise<boolean>} Save saves; false where that could not be done
 */

const SEVERITIES = /** @type {Record<string, string>} */ ({ error: "誤り", warning: "注意", notice: "お知らせ" });

/** @param {Desk} desk */
export function createDialogs(desk) {
  let opening = false;

  /** Opens one dialog, however often its button is pressed until it is there. @param {() => Promise<void>} open */
  async function once(open) {
    if (opening) return;
    opening = true;
    try {
      await open();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      desk.say(error.words);
    } finally {
      opening = false;
    }
  }

  return {
    /** @param {{ form?: string, folder?: string }} [given] */
    newCase: (given = {}) => once(() => beginCase(desk, given)),
    /** @param {{ from?: string }} [given] */
    fromLastYear: (given = {}) => once(() => beginFromLastYear(desk, given)),
    newMeeting: () => begin(desk, "新しい会議", { what: "meeting" }, "会議を作りました。").done,
    newMunicipality: () =>
      begin(desk, "自治体のフォルダを作る", { what: "municipality" }, "自治体のフォルダを作りました。").done,
    /** @param {{ mine: string, theirs: string, digest: string, merged: string | null }} given */
    conflict: (given) => conflict(given),
    /** @param {{ file: string, text: string, restore: (text: string) => void }} given */
    versions: (given) => versions(desk, given),
    /** @param {{ file: string, text: string }} given */
    compare: (given) => compare(desk, given),
    /** @param {{ file: string, save: Save }} given */
    make: (given) => makePapers(desk, given),
    /** @param {{ file: string, save: Save, adopt: (text: string, digest: string) => void }} given */
    number: (given) => takeNumber(desk, given),
    /** @param {{ file: string, title?: string, save?: Save }} given */
    packet: (given) => packet(desk, given),
  };
}

/** @typedef {ReturnType<typeof createDialogs>} Dialogs */

/** A dialog with a heading, a body, a line that tells what goes on, and its buttons. */
class Sheet {
  /**
   * @param {string} title
   * @param {boolean} wide
   */
  constructor(title, wide = false) {
    this.heading = make("h2", { id: fresh() }, title);
    this.body = make("div", { class: "sheet-body" });
    this.status = make("p", { class: "progress-line", role: "status" });
    this.alert = make("div", { class: "alert", role: "alert" });
    this.answers = make("div", { class: "answers" });
    this.close = button("閉じる", () => this.dialog.close());
    this.form = make("form", { method: "dialog", novalidate: true });
    this.form.append(this.heading, this.body, this.alert, this.status, this.answers);
    this.dialog = make(
      "dialog",
      { "aria-labelledby": this.heading.id, class: wide ? "sheet wide" : "sheet" },
      this.form,
    );
    this.answers.append(this.close);
    /** @type {(() => Promise<void>) | null} */
    this.submit = null;
    this.busy = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.submit) void this.run("", this.submit);
    });
  }

  /**
   * The button that does what the dialog is for.
   *
   * @param {string} label
   * @param {() => Promise<void>} act
   * @param {string} working
   */
  main(label, act, working) {
    const made = make("button", { type: "submit", class: "main" }, label);
    this.answers.prepend(made);
    this.submit = act;
    this.working = working;
    return made;
  }

  /**
   * Does something that takes a while; what is refused is told.
   *
   * @param {string} working
   * @param {() => Promise<void>} act
   */
  async run(working, act) {
    if (this.busy) return;
    this.busy = true;
    this.form.setAttribute("aria-busy", "true");
    this.status.textContent = working || this.working || "";
    this.alert.replaceChildren();
    try {
      await act();
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy = false;
      this.form.removeAttribute("aria-busy");
      this.status.textContent = "";
    }
  }

  /** @param {unknown} error */
  refuse(error) {
    const { message = "できませんでした。", remedy = "" } = /** @type {{ message?: string, remedy?: string }} */ (
      error
    );
    replace(this.alert, make("p", { class: "fault error" }, message, remedy ? make("span", {}, `　${remedy}`) : null));
  }

  open() {
    return show(this.dialog);
  }
}

/**
 * A label above its control, with a hint and room for what is wrong with it.
 *
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [hint]
 */
function row(label, control, hint = "") {
  control.id ||= fresh();
  const about = make("p", { class: "quiet", id: `${control.id}-hint` }, hint);
  const fault = make("p", { class: "fault error", id: `${control.id}-fault`, hidden: true });
  control.setAttribute("aria-describedby", hint ? `${about.id} ${fault.id}` : fault.id);
  const head = make("label", { for: control.id }, label);
  return make("div", { class: "row" }, head, hint ? about : null, control, fault);
}

/**
 * @param {HTMLElement} control
 * @param {string} words "" = nothing is wrong
 */
function blame(control, words) {
  const fault = document.getElementById(`${control.id}-fault`);
  if (!fault) return;
  fault.textContent = words;
  fault.hidden = !words;
  if (words) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

/**
 * @param {readonly (readonly [string, string])[]} options value and label
 * @param {string} [chosen]
 */
function select(options, chosen = "") {
  const made = make("select", {}, ...options.map(([value, label]) => make("option", { value }, label)));
  if (options.some(([value]) => value === chosen)) made.value = chosen;
  return made;
}

/**
 * @param {string} label
 * @param {boolean} checked
 */
function check(label, checked = false) {
  const box = make("input", { type: "checkbox", id: fresh() });
  box.checked = checked;
  return { box, element: make("label", { class: "check" }, box, label) };
}

// ---- what is begun

/** The questions of a new file as inputs; what was answered stays when other questions are asked. */
class Answers {
  constructor() {
    this.element = make("div", { class: "questions" });
    /** @type {Map<string, HTMLElement[]>} */
    this.controls = new Map();
    /** @type {Map<string, string[]>} */
    this.given = new Map();
  }

  /** @param {Question[]} questions */
  ask(questions) {
    for (const [option, words] of Object.entries(this.values())) this.given.set(option, words);
    this.controls.clear();
    replace(
      this.element,
      questions.map((each) => this.question(each)),
    );
  }

  /** @param {Question} question */
  question(question) {
    const { option, words, choices, example, kept, several } = question;
    const given = this.given.get(option) ?? [""];
    /** @type {HTMLElement[]} */
    const controls = [];
    this.controls.set(option, controls);
    const hint = [
      ...(example ? [`例：${example}`] : []),
      kept ? "書かなければ、前のままです。" : "書かなければ、｛記入｝となります。",
    ].join("　");
    const one = (/** @type {string} */ value) => {
      const made = choices.length
        ? select([["", "（後で書く）"], ...choices.map((each) => pair(each))], value)
        : line(value);
      made.id = fresh();
      controls.push(made);
      return made;
    };
    const first = one(given[0] ?? "");
    const made = row(words, first, hint);
    if (several) {
      const more = (/** @type {string} */ value) => {
        const next = one(value);
        next.setAttribute("aria-label", `${words}（${controls.length}）`);
        made.insertBefore(next, add);
        return next;
      };
      const add = button("もう一つ足す", () => more("").focus(), { class: "link" });
      made.insertBefore(add, made.lastElementChild);
      for (const value of given.slice(1)) more(value);
    }
    return made;
  }

  /** @returns {Record<string, string[]>} */
  values() {
    /** @type {Record<string, string[]>} */
    const found = {};
    for (const [option, controls] of this.controls) {
      const words = controls.map((each) => /** @type {HTMLInputElement} */ (each).value.trim()).filter(Boolean);
      if (words.length) found[option] = words;
    }
    return found;
  }

  /**
   * Shows what is wrong beside the inputs; what belongs to none of them comes back.
   *
   * @param {{ option: string, reason: string, remedy: string }[]} errors
   */
  blame(errors) {
    const left = [];
    let first = null;
    for (const [control] of this.controls.values()) if (control) blame(control, "");
    for (const { option, reason, remedy } of errors) {
      const control = this.controls.get(option)?.[0];
      const words = remedy ? `${reason}　${remedy}` : reason;
      if (!control) left.push(words);
      else {
        blame(control, words);
        first ??= control;
      }
    }
    first?.focus();
    return left;
  }
}

/** @param {string} words @returns {[string, string]} */
function pair(words) {
  return [words, words];
}

/** @param {string} value */
function line(value) {
  const made = make("input", { autocomplete: "off", spellcheck: "false" });
  made.value = value;
  return made;
}

/**
 * A dialog that begins a file: `before` stands above the questions; `asked` says what is asked for now.
 *
 * @param {Desk} desk
 * @param {string} title
 * @param {{ what: string, form?: string, from?: string, folder?: string }} given
 * @param {string} done
 * @param {{
 *   before?: HTMLElement,
 *   asked?: () => { what: string, form?: string, from?: string },
 *   meetings?: import("./shapes").Meeting[],
 * }} [more] `meetings`: which stand in folders that may be chosen
 */
function begin(desk, title, given, done, { before, asked, meetings = [] } = {}) {
  const sheet = new Sheet(title);
  const answers = new Answers();
  const where = make("div", { class: "questions" });
  const folder = make("input", { autocomplete: "off", list: fresh() });
  const folders = make("datalist", { id: folder.getAttribute("list") ?? "" });
  const name = line("");
  const agenda = check("会議に出すものなら、議案に載せる", true);
  const isCase = given.what === "case";
  if (given.what !== "municipality") {
    const hint = isCase
      ? "cases の中のフォルダ。会議に出すなら、その会議のフォルダ（例：r4-1）"
      : "cases の中に作る、会議のフォルダ（例：r4-3）";
    put(where, row("フォルダ", folder, hint), folders);
    if (isCase) put(where, agenda.element, row("ファイルの名", name, "例：01-koza　書かなければ、件名から付けます。"));
  }
  put(sheet.body, before, answers.element, where);
  let turn = 0;
  const heldIn = (/** @type {string} */ name) => meetings.find((each) => each.folder === `cases/${name}`)?.title;
  const wanted = () => asked?.() ?? given;
  folder.value = given.folder ?? "";

  async function ask() {
    const mine = ++turn;
    const { what, form = "", from = "" } = wanted();
    const found = /** @type {Questions} */ (await desk.call("questions", { what, form, from }));
    if (mine !== turn) return;
    answers.ask(found.questions);
    replace(folders, ...found.folders.map((each) => make("option", { value: each, label: heldIn(each) })));
    if (found.said) replace(sheet.alert, make("p", { class: "fault error" }, found.said));
  }

  sheet.main(
    "作る",
    async () => {
      const { what, form = "", from = "" } = wanted();
      const body = {
        what,
        form,
        from,
        folder: folder.value.trim(),
        name: name.value.trim(),
        agenda: agenda.box.checked,
        answers: answers.values(),
      };
      const begun = /** @type {Begun} */ (await desk.call("begin", body));
      if (!begun.ok) {
        const left = answers.blame(begun.errors);
        const words = begun.said ? begun.said.split("\n") : left.length ? [] : ["直すところがあります。"];
        replace(
          sheet.alert,
          [...words, ...left].map((each) => make("p", { class: "fault error" }, each)),
        );
        return;
      }
      sheet.dialog.close();
      const open = begun.open ? `｛記入｝の所が${begun.open}か所あります。` : "";
      const look = begun.reviews ? `確認する所が${begun.reviews}か所あります。` : "";
      const place = begun.agenda
        ? `第${begun.agenda}号議案として会議に載せました。`
        : begun.agenda_said
          ? `議案には載せられませんでした（${begun.agenda_said}）。「会議の設定」で書いてください。`
          : "";
      const copied = begun.copied?.length ? `写したファイル：${begun.copied.join("、")}。` : "";
      desk.say(`${done}${place}${open}${look}${copied}`);
      if (!begun.file) desk.go("#/?new");
      else desk.go(`#/file/${encodeURIComponent(begun.file)}`);
    },
    "作っています…",
  );
  const again = () => void sheet.run("", ask);
  again();
  return { done: sheet.open().then(() => {}), again, sheet };
}

/**
 * @param {Desk} desk
 * @param {{ form?: string, folder?: string }} given
 */
async function beginCase(desk, given) {
  const { forms, meetings } = /** @type {Overview} */ (await desk.call("overview", {}));
  const choice = select(
    forms.map((each) => [each.name, each.name]),
    given.form,
  );
  const purpose = make("p", { class: "quiet" });
  const before = make("div", {}, row("様式", choice), purpose);
  const asked = () => ({ what: "case", form: choice.value });
  const opened = begin(desk, "新しい案件", { what: "case", ...given }, "案件を作りました。", {
    before,
    asked,
    meetings,
  });
  const tell = () => (purpose.textContent = forms.find((each) => each.name === choice.value)?.purpose ?? "");
  choice.addEventListener("change", () => {
    tell();
    opened.again();
  });
  tell();
  await opened.done;
}

/**
 * @param {Desk} desk
 * @param {{ from?: string }} given
 */
async function beginFromLastYear(desk, given) {
  const { meetings, cases } = /** @type {Overview} */ (await desk.call("overview", {}));
  const groups = [...meetings.map((each) => ({ title: each.title, cases: each.cases })), { title: "そのほか", cases }];
  const choice = make("select", { size: 8 });
  const filter = make("input", { type: "search", autocomplete: "off" });
  const all = groups.flatMap((each) => each.cases);
  const fill = () => {
    const words = filter.value.normalize("NFKC").toLowerCase();
    const met = (/** @type {import("./shapes").Case} */ each) =>
      `${each.title} ${each.departments} ${each.form} ${each.path}`.normalize("NFKC").toLowerCase().includes(words);
    const before = choice.value;
    replace(
      choice,
      groups.map(({ title, cases: own }) => {
        const options = own.filter(met).map((each) => {
          return make("option", { value: each.file }, `${each.title || each.path}（${each.departments}）`);
        });
        return options.length ? make("optgroup", { label: title }, ...options) : null;
      }),
    );
    choice.value = [...choice.options].some((each) => each.value === before)
      ? before
      : (choice.options[0]?.value ?? "");
  };
  fill();
  if (given.from) choice.value = given.from;
  const before = make("div", {}, row("絞り込み", filter), row("基にする案件", choice));
  const asked = () => {
    const form = all.find((each) => each.file === choice.value)?.form ?? "";
    return { what: "case", form, from: choice.value };
  };
  const opened = begin(desk, "去年の案件から", { what: "case" }, "案件を作りました。", { before, asked, meetings });
  filter.addEventListener("input", () => {
    const old = choice.value;
    fill();
    if (choice.value !== old) opened.again();
  });
  choice.addEventListener("change", () => opened.again());
  await opened.done;
}

// ---- conflicts and versions

/**
 * Asks which text is to stand where a file was changed by others meanwhile.
 *
 * @param {{ mine: string, theirs: string, digest: string, merged: string | null }} given
 * @returns {Promise<{ text: string, digest: string } | null>}
 */
async function conflict({ mine, theirs: raw, digest, merged: both }) {
  const [theirs, merged] = [raw, both].map((each) => each?.replaceAll("\r\n", "\n") ?? null);
  const sheet = new Sheet("ほかで書き換えられています", true);
  /** @type {[string, string, string | null, string][]} */
  const all = [
    ["merged", "両方を合わせたもの", merged ?? null, "どちらの変更も残っています。"],
    ["mine", "自分の書いたもの", mine, "ほかの変更はなくなります（履歴に残ります）。"],
    ["theirs", "ほかで書かれたもの", theirs ?? "", "自分の変更はなくなります（元に戻す で戻せます）。"],
  ];
  const texts = all.filter(([, , text]) => text !== null);
  const name = fresh();
  const choices = texts.map(([value, label, , about], index) => {
    const radio = make("input", { type: "radio", name, value, id: fresh() });
    radio.checked = index === 0;
    return make("label", { class: "check" }, radio, label, make("span", { class: "quiet" }, `　${about}`));
  });
  const shown = [...texts].sort((a, b) => Number(b[0] === "mine") - Number(a[0] === "mine"));
  const order = merged === null || merged === undefined ? ["mine", "theirs"] : ["theirs", "merged", "mine"];
  const said =
    merged === null || merged === undefined
      ? "開いてから保存するまでの間に、同じ所がほかで書き換えられました。どちらを残すかを選んでください。"
      : "開いてから保存するまでの間に、ほかで書き換えられました。どれを残すかを選んでください。";
  put(
    sheet.body,
    make("p", {}, said),
    make("fieldset", { class: "plain" }, make("legend", {}, "残すもの"), ...choices),
    sideBySide(shown, order),
  );
  let chosen = "";
  sheet.main(
    "これを保存する",
    async () => {
      chosen = sheet.form.querySelector("input:checked")?.getAttribute("value") ?? "";
      sheet.dialog.close();
    },
    "",
  );
  sheet.close.textContent = "やめる（保存しない）";
  await sheet.open();
  const found = texts.find(([value]) => value === chosen);
  return found ? { text: found[2] ?? "", digest } : null;
}

/**
 * Versions in columns, their equal lines at one height; long stretches that are the same in all are left out.
 *
 * @param {[string, string, string | null, string][]} texts name, heading, text
 * @param {string[]} order of the columns
 */
function sideBySide(texts, order) {
  const [first, ...others] = texts;
  const rows = besideEachOther(
    first?.[2] ?? "",
    others.map((each) => each[2] ?? ""),
  );
  const columns = order.map((wanted) => texts.findIndex(([value]) => value === wanted));
  const same = rows.map((each) => each.every((cell) => cell === each[0]));
  const near = same.map((_, index) => same.slice(Math.max(0, index - 2), index + 3).some((each) => !each));
  const body = make("tbody");
  for (let index = 0; index < rows.length; index += 1) {
    if (!near[index]) {
      let end = index;
      while (end < rows.length && !near[end]) end += 1;
      const words = `同じ行（${end - index}行）`;
      body.append(make("tr", { class: "skipped" }, make("td", { colspan: order.length }, words)));
      index = end - 1;
      continue;
    }
    const cells = columns.map((column) => {
      const cell = rows[index]?.[column] ?? null;
      const alone = rows[index]?.some((other) => other !== cell) ?? false;
      return make("td", { class: cell === null ? "missing" : alone ? "differs" : "" }, cell ?? "");
    });
    body.append(make("tr", {}, ...cells));
  }
  const heads = columns.map((column) => make("th", { scope: "col" }, texts[column]?.[1] ?? ""));
  return make(
    "div",
    { class: "versions-beside scrolled", tabindex: 0, role: "region", "aria-label": "違い" },
    make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body),
  );
}

/**
 * @param {Desk} desk
 * @param {{ file: string, text: string, restore: (text: string) => void }} given
 */
async function versions(desk, { file, text, restore }) {
  const sheet = new Sheet("履歴", true);
  const list = make("select", { size: 8, id: fresh(), class: "full" });
  const view = make("div");
  let chosen = "";
  put(sheet.body, row("保存した版", list, "保存するたびに、その前の版を取ってあります。"), view);
  const back = sheet.main(
    "この版に戻す",
    async () => {
      sheet.dialog.close();
      restore(chosen);
    },
    "",
  );
  back.disabled = true;
  async function look() {
    const id = list.value;
    const found = /** @type {{ text: string }} */ (await desk.call("version", { file, id }));
    if (list.value !== id) return;
    chosen = found.text;
    back.disabled = false;
    replace(
      view,
      sideBySide(
        [
          ["now", "今", text, ""],
          ["then", list.selectedOptions[0]?.text ?? "", found.text.replaceAll("\r\n", "\n"), ""],
        ],
        ["then", "now"],
      ),
    );
  }
  list.addEventListener("change", () => void look().catch((error) => sheet.refuse(error)));
  void sheet.run("読んでいます…", async () => {
    const found = /** @type {Versions} */ (await desk.call("versions", { file }));
    if (!found.versions.length) {
      replace(sheet.body, make("p", {}, "まだ前の版はありません。次に保存すると、今の版が履歴に入ります。"));
      back.remove();
      return;
    }
    replace(
      list,
      found.versions.map((each) => make("option", { value: each.id }, `${moment(each.when)}　${each.changed}行の違い`)),
    );
    list.selectedIndex = 0;
    await look();
    list.focus();
  });
  await sheet.open();
}

/** @param {string} iso */
function moment(iso) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  const clock = `${when.getHours()}:${String(when.getMinutes()).padStart(2, "0")}`;
  return `${when.getFullYear()}年${when.getMonth() + 1}月${when.getDate()}日 ${clock}`;
}

// ---- what is compared, made, numbered, handed out

/**
 * @param {Desk} desk
 * @param {{ file: string, text: string }} given
 */
async function compare(desk, { file, text }) {
  const sheet = new Sheet("前との違い", true);
  const choice = select([["saved", "保存してあるもの"]]);
  const result = make("div", { class: "result" });
  const papers = make("div", { class: "downloads" });
  put(sheet.body, row("比べる相手", choice), result, papers);
  const against = () => choice.value;

  /** Whether there is a difference. */
  async function look() {
    const chosen = against();
    const found = /** @type {Compared} */ (await desk.call("compare", { file, text, against: chosen }));
    if (against() !== chosen) return false;
    replace(
      result,
      diagnosticsOf(found.diagnostics),
      make("p", { class: "summary", role: "status" }, found.summary || (found.ok ? "違いはありません。" : "")),
      found.note ? make("p", { class: "quiet" }, found.note) : null,
      found.groups.map((each) =>
        make(
          "section",
          { class: "changes" },
          make("h3", {}, each.path.join(" › ")),
          make("ul", {}, ...each.changes.map(change)),
        ),
      ),
    );
    const different = found.ok && found.groups.length > 0;
    replace(papers, different ? [...downloads()] : []);
    return different || !found.ok;
  }

  /** @returns {Generator<HTMLElement>} */
  function* downloads() {
    const kinds = /** @type {const} */ ([
      ["docx", "新旧対照表（Word）"],
      ["pdf", "新旧対照表（PDF）"],
      ["redline", "見え消し（Word）"],
    ]);
    for (const [kind, label] of kinds) {
      yield button(label, () => {
        void sheet.run("作っています…", async () => {
          const found = /** @type {Paper} */ (await desk.call("paper", { file, text, against: against(), kind }));
          if (found.output) await desk.download(found.output);
          const words = found.output ? `${found.output.name} を出しました。${found.said}` : found.said;
          replace(sheet.alert, diagnosticsOf(found.diagnostics), words ? make("p", {}, words) : null);
        });
      });
    }
  }

  const again = () => void sheet.run("比べています…", async () => void (await look()));
  choice.addEventListener("change", again);
  void sheet.run("比べています…", async () => {
    const found = /** @type {Revisions} */ (await desk.call("revisions", { file }));
    const kept = /** @type {Versions} */ (await desk.call("versions", { file }).catch(() => ({ versions: [] })));
    const groups = /** @type {[string, [string, string][]][]} */ ([
      ["配った会議資料", found.records.map((each) => [`record:${each}`, `${each} に配ったもの`])],
      [
        "履歴",
        kept.versions.map((each, index) => [
          `version:${each.id}`,
          index ? moment(each.when) : `${moment(each.when)}（今の一つ前に保存したもの）`,
        ]),
      ],
      ["git の版", found.git.map((each) => [`git:${each.id}`, `${moment(each.when)}　${each.subject}`])],
    ]);
    for (const [label, options] of groups) {
      if (!options.length) continue;
      const made = options.map(([value, words]) => make("option", { value }, words));
      choice.append(make("optgroup", { label }, ...made));
    }
    const [last] = kept.versions;
    if ((await look()) || !last) return;
    choice.value = `version:${last.id}`; // all is saved: what was changed by saving it
    await look();
  });
  await sheet.open();
}

/** @param {Change} given */
function change({ kind, said, note, lines }) {
  const modes = /** @type {const} */ ({ same: "span", old: "del", new: "ins" });
  const depth = Math.min(...lines.map((each) => each.depth));
  const shown = lines.map((each) => {
    const parts = each.parts.map(({ mode, text }) => make(modes[mode], {}, text));
    const made = make("div", { class: "line" }, ...parts);
    made.style.marginInlineStart = `${Math.min(8, each.depth - depth)}em`;
    return made;
  });
  const mark = make("span", { class: `said ${kind}` }, said);
  return make("li", {}, mark, note ? make("span", { class: "quiet" }, note) : null, ...shown);
}

/**
 * Boxes for Word and PDF, and for the final version.
 *
 * @param {string} about what final means here
 */
function formats(about) {
  const word = check("Word", true);
  const pdf = check("PDF", true);
  const final = check("確定版として作る");
  const element = make(
    "fieldset",
    { class: "plain" },
    make("legend", {}, "作るもの"),
    word.element,
    pdf.element,
    final.element,
    make("p", { class: "quiet" }, about),
  );
  const chosen = () => [...(word.box.checked ? ["docx"] : []), ...(pdf.box.checked ? ["pdf"] : [])];
  return { element, chosen, final: () => final.box.checked };
}

const FINAL = "確定版は、｛記入｝や確認が残っていると作られません。そうでなければ、残っている所に印を付けて作ります。";

/**
 * @param {Desk} desk
 * @param {{ file: string, save: Save }} given
 */
async function makePapers(desk, { file, save }) {
  const sheet = new Sheet("作成");
  const wanted = formats(FINAL);
  const result = make("div", { class: "result" });
  put(sheet.body, wanted.element, result);
  sheet.main(
    "作る",
    async () => {
      if (!wanted.chosen().length) throw new Error("Word か PDF を選んでください。");
      if (!(await save())) throw new Error("保存できなかったため、作りませんでした。");
      const body = { file, formats: wanted.chosen(), final: wanted.final(), check: false };
      const made = /** @type {Made} */ (await desk.call("make", body));
      const heads = ["書類", "枚数", "ページ", "残り"];
      const rows = made.papers.map((each) => [
        each.draft ? `${each.paper}（案）` : each.paper,
        String(each.count),
        each.numbers,
        each.left,
      ]);
      replace(
        result,
        make("p", { class: "summary" }, made.ok ? "作りました。" : "誤りがあるため、作りませんでした。"),
        diagnosticsOf(made.diagnostics),
        rows.length ? tableOf(heads, rows) : null,
        outputsOf(desk, sheet, made.outputs),
      );
      desk.say(made.ok ? `${made.outputs.length}つのファイルを作りました。` : "誤りがあるため、作りませんでした。");
    },
    "作っています…",
  );
  await sheet.open();
}

/**
 * @param {Desk} desk
 * @param {{ file: string, save: Save, adopt: (text: string, digest: string) => void }} given
 */
async function takeNumber(desk, { file, save, adopt }) {
  const sheet = new Sheet("番号を取る");
  const series = select([]);
  const date = make("input", { type: "date" });
  const next = make("p", { class: "next-number", role: "status" });
  const questions = make("div", { class: "questions" });
  put(sheet.body, questions, next);
  /** @type {Numbers | null} */
  let found = null;
  const tell = () => {
    const chosen = found?.series.find((each) => each.name === series.value);
    next.textContent = chosen ? `次の番号は ${chosen.next} です。` : "";
  };
  series.addEventListener("change", tell);
  let turn = 0;
  /** The year of a number is that of its date. */
  async function again() {
    const mine = ++turn;
    next.textContent = "";
    main.disabled = true;
    const now = /** @type {Numbers} */ (await desk.call("numbers", { file, date: date.value }));
    if (mine !== turn) return;
    found = now;
    main.disabled = false;
    tell();
  }
  date.addEventListener("change", () => void again().catch((error) => sheet.refuse(error)));
  const main = sheet.main(
    "この番号を取る",
    async () => {
      if (!(await save())) throw new Error("保存できなかったため、番号を取りませんでした。");
      const body = { file, series: series.value, date: date.value, number: null };
      const taken = /** @type {Taken} */ (await desk.call("take", body));
      if (!taken.ok) {
        replace(sheet.alert, diagnosticsOf(taken.diagnostics));
        return;
      }
      adopt(taken.text, taken.digest);
      desk.say(`${taken.number} を取りました。`);
      sheet.dialog.close();
    },
    "番号を取っています…",
  );
  void sheet.run("台帳を見ています…", async () => {
    found = /** @type {Numbers} */ (await desk.call("numbers", { file }));
    if (found.held) {
      next.textContent = `この文書には、もう番号があります：${found.held}`;
      main.remove();
      sheet.close.focus();
      return;
    }
    if (!found.series.length) {
      next.textContent = "番号の種類がありません。「自治体の設定」で、主管課の記号を書いてください。";
      main.remove();
      return;
    }
    replace(series, ...found.series.map((each) => make("option", { value: each.name }, each.name)));
    if (found.own) series.value = found.own;
    date.value = found.date || found.today;
    put(
      questions,
      row("番号の種類", series),
      row(
        "日付",
        date,
        "取った番号と日付は、台帳に記録され、この文書に書き込まれます。取り消しても、同じ番号は二度と使われません。",
      ),
    );
    tell();
    main.focus();
  });
  await sheet.open();
}

/**
 * @param {Desk} desk
 * @param {{ file: string, title?: string, save?: Save }} given
 */
async function packet(desk, { file, title = "", save = async () => true }) {
  const sheet = new Sheet(title ? `会議資料（${title}）` : "会議資料");
  const wanted = formats(FINAL);
  const issued = make("input", { type: "date" });
  const against = select([["", "（最後に配ったもの）"]]);
  const swap = make(
    "details",
    { class: "more", hidden: true },
    make("summary", {}, "差し替え（配った後で直したとき）"),
  );
  const result = make("div", { class: "result" });
  put(
    sheet.body,
    wanted.element,
    row(
      "配る日",
      issued,
      "委員に配るときに書きます（確定版として作ります）。何を配ったかが控えに残り、後で直したときに、差し替える紙だけを作れます。",
    ),
    swap,
    result,
  );
  sheet.main(
    "作る",
    async () => {
      if (!wanted.chosen().length) throw new Error("Word か PDF を選んでください。");
      if (!(await save())) throw new Error("保存できなかったため、作りませんでした。");
      const body = { file, formats: wanted.chosen(), final: wanted.final(), issue: issued.value };
      const made = /** @type {Packet} */ (await desk.call("packet", body));
      const rows = made.parts.map((each) => [each.name, String(each.count), each.numbers]);
      replace(
        result,
        make(
          "p",
          { class: "summary" },
          made.ok ? `会議資料を作りました。全部で${made.pages}ページです。` : "誤りがあるため、作りませんでした。",
        ),
        made.record ? make("p", { class: "quiet" }, `配ったものの控え：配付/${made.record}`) : null,
        made.left ? make("p", { class: "fault warning" }, made.left) : null,
        diagnosticsOf(made.diagnostics),
        outputsOf(desk, sheet, made.outputs),
        rows.length ? tableOf(["資料", "枚数", "ページ"], rows) : null,
      );
      desk.say(
        made.ok ? `会議資料を作りました。全部で${made.pages}ページです。` : "誤りがあるため、作りませんでした。",
      );
      await remember();
    },
    "作っています…",
  );
  put(
    swap,
    row("比べる相手", against),
    button("差し替える紙を作る", () => {
      void sheet.run("作っています…", async () => {
        const body = { file, against: against.value, date: "", formats: wanted.chosen(), issue: issued.value };
        const made = /** @type {Swap} */ (await desk.call("swap", body));
        replace(
          result,
          diagnosticsOf(made.diagnostics),
          make("ul", {}, ...made.lines.map((each) => make("li", {}, each))),
          outputsOf(desk, sheet, made.outputs),
        );
      });
    }),
  );
  async function remember() {
    const { records } = /** @type {{ records: string[] }} */ (await desk.call("records", { file }));
    swap.hidden = !records.length;
    const chosen = against.value;
    replace(
      against,
      make("option", { value: "" }, "（最後に配ったもの）"),
      records.map((each) => make("option", { value: each }, `${each} に配ったもの`)),
    );
    against.value = chosen;
  }
  void remember().catch((error) => sheet.refuse(error));
  await sheet.open();
}

/**
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function tableOf(heads, rows) {
  const head = make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, each)));
  const body = rows.map((each) =>
    make("tr", {}, ...each.map((cell, index) => (index ? make("td", {}, cell) : make("th", { scope: "row" }, cell)))),
  );
  return make("table", { class: "plain" }, make("thead", {}, head), make("tbody", {}, ...body));
}

/** @param {Diagnostic[]} diagnostics */
function diagnosticsOf(diagnostics) {
  if (!diagnostics.length) return null;
  const items = diagnostics.map((each) =>
    make(
      "li",
      {},
      make("span", { class: `severity ${each.severity}` }, SEVERITIES[each.severity] ?? each.severity),
      `　${each.file}${each.line ? ` ${each.line} 行` : ""}　${each.reason}`,
      each.remedy ? make("span", { class: "quiet" }, `　${each.remedy}`) : null,
    ),
  );
  return make("ul", { class: "diagnostics" }, ...items);
}

/**
 * @param {Desk} desk
 * @param {Sheet} sheet
 * @param {Output[]} outputs
 */
function outputsOf(desk, sheet, outputs) {
  if (!outputs.length) return null;
  const items = outputs.map((each) => {
    const where = each.folder
      ? make("span", { class: "quiet" }, `　output/${each.folder}（${size(each.size)}）`)
      : null;
    const act = () => {
      void desk.download(each).catch((/** @type {unknown} */ error) => sheet.refuse(error));
    };
    return make("li", {}, button(each.name, act, { class: "link", "aria-label": `${each.name} を取り出す` }), where);
  });
  return make("ul", { class: "outputs" }, ...items);
}

/** @param {number} bytes */
function size(bytes) {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
