/** A case: its text on the left, its pages on the right, what is said of it below. */

import { Refusal } from "./api.js";
import { choose } from "./asking.js";
import { button, make, replace } from "./dom.js";
import { createFields } from "./fields.js";
import { offsetOf, placeOf } from "./positions.js";
import { createPosting } from "./posting.js";
import { createPreview } from "./preview.js";
import { createProblems } from "./problems.js";
import { createSource, fromDisk } from "./source.js";
import { divide, tabs } from "./panes.js";
import { ChangeSet, isolateHistory, redo, undo } from "./vendor/codemirror.js";

/**
 * @typedef {import("./api.js").Box} Box
 * @typedef {import("./api.js").Diagnostic} Diagnostic
 */

/** How much of a text its head is in, in UTF-16 units. */
const HEAD = 4000;
/** Where it is kept whether 項目 or 本文 was shown last. */
const WRITING = "kotobuki-writing";

/**
 * Opens a file.
 * @param {{
 *   file: string,
 *   server: import("./api.js").Server,
 *   go: (fragment: string) => void,
 *   say: (text: string) => void,
 *   dialogs: import("./dialogs.js").Dialogs,
 *   help: () => Promise<unknown>,
 * }} desk
 * @returns {Promise<import("./main.js").View>}
 */
export async function createCase({ file, server, go, say, dialogs, help }) {
  const { call } = server;
  /** @type {import("./api.js").Opened} */
  const opened = await call("open", { file });
  let digest = opened.digest;

  /** @param {string} text as CodeMirror holds it; as it is posted. A file of several kinds of line ends gets them back there. */
  const sent = (text) => (opened.line_end === "\n" ? text : text.replaceAll("\n", opened.line_end));

  // ---- the parts

  const source = createSource({ file, text: opened.text, call, sent, updated, mend });
  const { view } = source;
  const preview = createPreview({ font: server.font, clicked });
  const problems = createProblems({ jump, mend });
  const fields = createFields({
    file,
    call,
    text: () => view.state.doc.toString(),
    sent,
    apply: (edits) => source.apply(edits, "input.field"),
    undo: () => void undo(view),
    redo: () => void redo(view),
    showSource: (at) => {
      ways.show("source");
      source.select(offsetOf(view.state.doc, at));
    },
    point: (at, end) => pointAt(offsetOf(view.state.doc, at), offsetOf(view.state.doc, end), true),
    say,
  });

  const state = make("span", { class: "state" });
  const title = make("span", {}, opened.title);
  const left = make("span", { class: "left" });
  const banner = make("div", { class: "banner", role: "alert", hidden: true });
  const ways = tabs("書き方", [
    { name: "fields", label: "項目", element: fields.element },
    { name: "source", label: "本文", element: make("div", { class: "source" }, view.dom) },
  ]);
  const writing = make("section", { class: "writing", "aria-label": "書くところ" }, ways.list, ...ways.panels);
  const saves = button("保存", () => void save(), { class: "main", title: "保存（Ctrl+S）" });
  const isCase = opened.kind === "case";
  const head = make(
    "header",
    { class: "top" },
    make("a", { href: "#/", class: "back", title: "案件の一覧へ（Alt+Home）" }, "一覧"),
    make("h1", {}, title, make("small", {}, opened.path)),
    left,
    state,
    make(
      "div",
      { class: "actions", role: "toolbar", "aria-label": "案件の操作" },
      saves,
      button("元に戻す", () => void undo(view), { title: "元に戻す（Ctrl+Z）" }),
      button("やり直す", () => void redo(view), { title: "やり直す（Ctrl+Y）" }),
      isCase || opened.kind === "meeting"
        ? button("作成", () => run("make"), { title: "Word と PDF を作る（Ctrl+Enter）" })
        : null,
      isCase ? button("前との違い", () => run("compare"), { title: "前との違い（Alt+Enter）" }) : null,
      isCase ? button("番号", () => void number()) : null,
      opened.kind === "meeting" ? button("会議資料", () => void dialogs.packet({ file, save })) : null,
      button("履歴", () => void versions()),
      button("ヘルプ", () => void help(), { title: "ヘルプ（F1）" }),
    ),
  );
  const panes = divide({ writing, paper: isCase ? preview.element : null, below: problems.element });
  const element = make("main", { class: "case" }, head, banner, panes.element);

  // ---- the text

  /** The text as it stands in the file. */
  let kept = view.state.doc;
  /** The text that the pages show, and what was changed since. */
  let shown = view.state.doc;
  /** @type {import("./vendor/codemirror.js").ChangeSet} */
  let since = ChangeSet.empty(view.state.doc.length);
  /** The text that was posted last, of which diagnostics are said, and what was changed since. */
  let asked = view.state.doc;
  /** @type {import("./vendor/codemirror.js").ChangeSet} */
  let posted = since;

  /** @param {import("./vendor/codemirror.js").ViewUpdate} update */
  function updated(update) {
    if (update.docChanged) {
      since = since.compose(update.changes);
      posted = posted.compose(update.changes);
      if (update.transactions.some((each) => each.annotation(fromDisk))) kept = update.state.doc;
      fields.changed();
      tellState();
      soon();
    }
    if (update.selectionSet && !update.docChanged && view.hasFocus) pointAtCursor(true);
  }

  const differs = () => !view.state.doc.eq(kept);

  /** Whether words would be lost: those that were typed just now are not in the text yet. */
  const unsaved = () => differs() || fields.ahead();

  /** What the text calls itself, as far as that can be seen without reading YAML. */
  const titled = () => /^(?:件名|標題)[:：][ \t]*["']?(.+?)["']?[ \t]*$/m.exec(view.state.sliceDoc(0, HEAD))?.[1];

  function tellState() {
    const now = differs();
    title.textContent = titled() ?? opened.title;
    document.title = `${now ? "● " : ""}${title.textContent} ・ Kotobuki`;
    state.textContent = now ? "保存していません" : "保存済み";
    state.classList.toggle("unsaved", now);
  }

  // ---- asking for pages

  const posting = createPosting({ view, ask: () => ask().catch(unasked), busy: preview.busy });
  const soon = posting.soon;
  let closed = false;

  /** @param {unknown} error why there are no pages of this text */
  function unasked(error) {
    preview.grey(error instanceof Refusal ? error.words : "紙面を出せませんでした。");
    if (!(error instanceof Refusal)) throw error;
  }

  async function ask() {
    const doc = view.state.doc;
    asked = doc;
    posted = ChangeSet.empty(doc.length);
    /** @type {import("./api.js").Preview} */
    const answer = await call("preview", { file, text: sent(doc.toString()), known: preview.known() });
    if (closed) return;
    problems.show(answer.diagnostics);
    panes.callBelow(answer.diagnostics.length ? `指摘 ${answer.diagnostics.length}` : "指摘");
    left.textContent = [
      answer.open.placeholders ? `｛記入｝ ${answer.open.placeholders}` : "",
      answer.open.reviews ? `確認 ${answer.open.reviews}` : "",
    ]
      .filter(Boolean)
      .join("、");
    left.title = left.textContent ? "書き入れるところ（｛記入：…｝）と、確かめるところ（# 確認：…）の数" : "";
    fields.said(answer.diagnostics);
    const within = answer.diagnostics.filter((each) => each.here);
    source.mark(
      within.map((said) => {
        const from = posted.mapPos(offsetOf(doc, [said.line, said.column]));
        return { from, to: Math.max(from, Math.min(wordEnd(from), view.state.doc.length)), said };
      }),
    );
    if (!isCase) return;
    if (answer.ok) {
      const sighted = preview.sighted() || !preview.marked();
      await preview.show(answer);
      shown = doc;
      since = posted;
      pointAtCursor(sighted);
    } else
      preview.grey(
        preview.empty() ? "誤りを直すと、ここに紙面が出ます。" : "本文に誤りがあるため、直前の紙面を出しています。",
      );
  }

  /** @param {number} from the end of the word there, or of the line */
  function wordEnd(from) {
    const line = view.state.doc.lineAt(from);
    const rest = line.text.slice(from - line.from);
    return from + (/^[^\s:：、。]+/.exec(rest)?.[0].length ?? Math.min(1, rest.length));
  }

  // ---- page and source

  /**
   * Where a box was written, in the text as it stands now.
   * @param {Box} box
   * @returns {[number, number]}
   */
  function writtenAt([, , , , line, column, endLine, endColumn]) {
    return [since.mapPos(offsetOf(shown, [line, column])), since.mapPos(offsetOf(shown, [endLine, endColumn]))];
  }

  /**
   * @param {Box} box
   * @param {number} part
   */
  function clicked(box, part) {
    panes.bring("writing");
    const [from, to] = writtenAt(box);
    const at = from + Math.round((to - from) * part);
    if (ways.shown() === "fields") fields.focusAt(placeOf(view.state.doc, at));
    else source.select(at);
    pointAt(at, at, false);
  }

  /** @param {boolean} follow */
  function pointAtCursor(follow) {
    const field = ways.shown() === "fields" ? fields.here() : null;
    const { head: at } = view.state.selection.main;
    if (field) pointAt(offsetOf(view.state.doc, field.at), offsetOf(view.state.doc, field.end), follow);
    else pointAt(at, at, follow);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {boolean} follow
   */
  function pointAt(from, to, follow) {
    const { from: begins, to: ends } = view.state.doc.lineAt(from);
    preview.point((box) => {
      const [begin, end] = writtenAt(box);
      if (begin <= to && from <= end) return 0;
      return ends < begin || end < begins ? Infinity : Math.min(Math.abs(begin - to), Math.abs(from - end));
    }, follow);
  }

  /** @param {Diagnostic} said */
  function jump(said) {
    if (!said.here)
      return say(said.line ? `${said.file} の ${said.line} 行にあります。` : `${said.file} の全体についてです。`);
    panes.bring("writing");
    const at = posted.mapPos(offsetOf(asked, [said.line, said.column]));
    if (ways.shown() === "fields") fields.focusAt(placeOf(view.state.doc, at));
    else source.select(at);
  }

  /** @param {Diagnostic} said */
  function mend(said) {
    if (!said.fix) return;
    if (!posted.empty) return say("書き直している間は直せません。もう一度押してください。");
    source.apply(said.fix.edits, "input.fix");
    say(`直しました（${said.fix.label}）。`);
  }

  // ---- saving

  /** Until nothing is composed: what is typed and not yet settled belongs to what is saved. */
  async function settled() {
    await posting.settled();
    await fields.flush();
  }

  let saving = false;

  /** @returns {Promise<boolean>} whether the text now stands in the file */
  async function save() {
    if (saving) return false;
    saving = true;
    saves.disabled = true;
    try {
      await settled();
      const doc = view.state.doc;
      /** @type {import("./api.js").Saved} */
      const answer = await call("save", { file, text: sent(doc.toString()), digest });
      if ("digest" in answer) {
        digest = answer.digest;
        kept = doc;
        banner.hidden = true;
        if (answer.note) warn(answer.note);
        say("保存しました。");
        return true;
      }
      const { text: theirs, merged, digest: other } = answer.conflict;
      const settledOn = other
        ? await dialogs.conflict({ mine: doc.toString(), theirs, digest: other, merged })
        : await makeAgain(doc.toString());
      if (!settledOn) return false;
      digest = settledOn.digest;
      source.become(lines(settledOn.text), { disk: false });
      saving = false;
      return await save();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      warn(`保存できませんでした。${error.words}`);
      return false;
    } finally {
      saving = false;
      saves.disabled = false;
      tellState();
    }
  }

  /** @param {string} text of a file that is gone */
  async function makeAgain(text) {
    const answers = [{ answer: "make", label: "もう一度作る" }];
    const answer = await choose(
      "ファイルがありません",
      "この文書のファイルは、ほかで消されたか、移されています。",
      answers,
    );
    return answer ? { text, digest: "" } : null;
  }

  /** @param {string} text with line ends as CodeMirror holds them */
  const lines = (text) => text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");

  /**
   * @param {string} text
   * @param {...HTMLElement} answers
   */
  function warn(text, ...answers) {
    replace(
      banner,
      make("span", {}, text),
      ...answers,
      button("閉じる", () => (banner.hidden = true)),
    );
    banner.hidden = false;
  }

  /** @param {import("./api.js").Changed | null} news null: the file may have changed */
  async function changed(news) {
    const found = news ? news.files.find((each) => each.file === file) : await call("open", { file }).catch(() => null);
    soon(); // what this one is made with may be another now, whether it is named or not
    if (!found || closed) return;
    if (!found.digest) return warn("この文書のファイルがなくなりました。保存すると、もう一度作ります。");
    if (found.digest === digest || saving) return;
    if (unsaved()) {
      warn(
        "この文書は、ほかで書き換えられました。保存するときに、どちらも残るように合わせます。",
        button("書き換えられたほうを読む", () => void reload()),
      );
    } else await reload();
  }

  async function reload() {
    await settled();
    /** @type {import("./api.js").Opened} */
    const now = await call("open", { file });
    digest = now.digest;
    source.become(lines(now.text), { disk: true });
    kept = view.state.doc;
    banner.hidden = true;
    tellState();
    say("ほかで書き換えられたので、読み直しました。");
  }

  // ---- commands

  async function number() {
    if (unsaved() && !(await save())) return;
    await dialogs.number({
      file,
      save,
      adopt: (/** @type {string} */ text, /** @type {string} */ now) => {
        digest = now;
        source.become(lines(text), { disk: true });
        tellState();
      },
    });
  }

  async function versions() {
    await settled();
    await dialogs.versions({
      file,
      text: view.state.doc.toString(),
      restore: (/** @type {string} */ text) => {
        source.become(lines(text), { disk: false });
        view.dispatch({ annotations: isolateHistory.of("full") });
        say("前の版に戻しました。保存すると、ファイルに書かれます。");
      },
    });
  }

  /** @param {import("./keys.js").Command} command */
  function run(command) {
    switch (command) {
      case "save":
        void save();
        return true;
      case "make":
        void dialogs.make({ file, save });
        return true;
      case "compare":
        void settled().then(() => dialogs.compare({ file, text: view.state.doc.toString() }));
        return true;
      case "panes":
      case "panesBack":
        panes.cycle(command === "panes" ? 1 : -1);
        return true;
      case "next":
      case "previous":
        problems.step(command === "next" ? 1 : -1);
        return true;
      case "fields":
      case "source":
        panes.bring("writing");
        ways.show(command);
        if (command === "source") view.focus();
        else fields.focus();
        return true;
      case "open":
        panes.bring("writing");
        ways.show("fields");
        fields.toOpen();
        return true;
      case "pages":
        panes.bring("paper");
        preview.focus();
        return true;
      case "larger":
      case "smaller":
      case "fit":
        preview[command]();
        return true;
      case "thumbnails":
        preview.toggle();
        return true;
      default:
        return false;
    }
  }

  function close() {
    closed = true;
    posting.close();
    preview.close();
    view.destroy();
  }

  ways.changed((name) => {
    if (opened.kind !== "other") localStorage.setItem(WRITING, name);
    fields.shown(name === "fields");
  });
  ways.show(opened.kind === "other" ? "source" : (localStorage.getItem(WRITING) ?? "fields"));
  tellState();
  soon();
  return {
    element,
    title: titled() ?? opened.title,
    unsaved,
    save,
    close,
    changed: (news) => void changed(news),
    run,
  };
}
