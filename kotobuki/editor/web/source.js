/** 本文: the text itself in CodeMirror, which is the one state of the text whatever else is shown. */

import {
  Annotation,
  Decoration,
  EditorSelection,
  EditorState,
  EditorView,
  HighlightStyle,
  MatchDecorator,
  Prec,
  ViewPlugin,
  acceptCompletion,
  autocompletion,
  completionKeymap,
  defaultKeymap,
  drawSelection,
  foldGutter,
  foldKeymap,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSelectionMatches,
  history,
  historyKeymap,
  hoverTooltip,
  indentLess,
  indentMore,
  indentUnit,
  keymap,
  lineNumbers,
  lintGutter,
  search,
  searchKeymap,
  setDiagnostics,
  syntaxHighlighting,
  tags,
  yaml,
} from "./vendor/codemirror.js";
import { make } from "./dom.js";
import { offsetOf, placeOf } from "./positions.js";

/**
 * @typedef {import("./vendor/codemirror.js").ViewUpdate} ViewUpdate
 * @typedef {import("./api.js").Diagnostic} Diagnostic
 */

/** Marks what comes from the disk: it makes no text dirty. */
export const fromDisk = /** @type {import("./vendor/codemirror.js").AnnotationType<boolean>} */ (Annotation.define());

/** What CodeMirror says, in Japanese. */
const PHRASES = {
  "Control character": "制御文字",
  "Folded lines": "折りたたんだ行",
  "Unfolded lines": "開いた行",
  "folded code": "折りたたんだところ",
  "Fold line": "折りたたむ",
  "Unfold line": "開く",
  unfold: "開く",
  to: "～",
  Completions: "候補",
  Diagnostics: "指摘",
  "No diagnostics": "指摘はありません",
  "Go to line": "行へ移る",
  go: "移る",
  Find: "探す",
  Replace: "置き換え",
  next: "次",
  previous: "前",
  all: "すべて",
  "match case": "大文字と小文字を分ける",
  "by word": "語で",
  regexp: "正規表現",
  replace: "置き換える",
  "replace all": "すべて置き換える",
  close: "閉じる",
  "current match": "いまの一致",
  "replaced $ matches": "$ か所を置き換えました",
  "replaced match on line $": "$ 行目を置き換えました",
  "on line": "行",
  "Selection deleted": "選んだところを消しました",
};

const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "#1f4e79" },
  { tag: tags.propertyName, color: "#1f4e79" },
  { tag: tags.comment, color: "#5c6b3c" },
  { tag: [tags.string, tags.content], color: "#22272e" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "#6a7280" },
  { tag: [tags.keyword, tags.typeName, tags.labelName, tags.meta], color: "#7a4b8a" },
]);

/** Looks of what stands in ｛…｝: what is still to be written in stands out, the rest is told apart. */
const marks = new MatchDecorator({
  regexp: /｛[^｛｝\n]*｝?/g,
  decoration: (found) => Decoration.mark({ class: /^｛(?:記入|要記入)/.test(found[0]) ? "mark open" : "mark" }),
});

const marked = ViewPlugin.fromClass(
  class {
    /** @param {EditorView} view */
    constructor(view) {
      this.decorations = marks.createDeco(view);
    }
    /** @param {ViewUpdate} update */
    update(update) {
      this.decorations = marks.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Where a word might be offered: after ｛ or a colon, or where a key may stand. */
const OFFERED = /(?:｛[^｝]*|^\s*(?:-\s+)*[^\s:：#｛]*|[:：]\s*\S*)$/;
/** What narrows the offers without asking again. */
const SAME_WORD = /^[^\s｛｝:：、，。]*$/;

/**
 * The editor of a text.
 * @param {{
 *   file: string,
 *   text: string,
 *   call: import("./api.js").Call,
 *   sent: (text: string) => string,
 *   updated: (update: ViewUpdate) => void,
 *   mend: (said: Diagnostic) => void,
 * }} desk `sent`: the text as it is posted; `updated`: told of each update, of the selection, too; `mend`: 直す was pressed
 */
export function createSource({ file, text, call, sent, updated, mend }) {
  /** @param {import("./vendor/codemirror.js").CompletionContext} context */
  async function offers(context) {
    const line = context.state.doc.lineAt(context.pos);
    if (!context.explicit && !OFFERED.test(line.text.slice(0, context.pos - line.from))) return null;
    const [row, column] = placeOf(context.state.doc, context.pos);
    /** @type {import("./api.js").Completion | null} */
    const found = await call("complete", { file, text: sent(context.state.doc.toString()), line: row, column }).catch(
      () => null,
    );
    if (!found?.options.length) return null;
    return {
      from: offsetOf(context.state.doc, found.from),
      validFor: SAME_WORD,
      options: found.options.map(({ label, detail, info, apply }, index) => ({
        ...{ label, detail, apply, sortText: String(index).padStart(4, "0") }, // in the order in which they are offered
        ...(info ? { info } : {}),
      })),
    };
  }

  /**
   * @param {EditorView} view
   * @param {number} offset
   */
  async function explained(view, offset) {
    const [line, column] = placeOf(view.state.doc, offset);
    /** @type {import("./api.js").Hover | null} */
    const found = await call("hover", { file, text: sent(view.state.doc.toString()), line, column }).catch(() => null);
    if (!found) return null;
    return {
      pos: offsetOf(view.state.doc, found.from),
      end: offsetOf(view.state.doc, found.to),
      above: true,
      create: () => ({
        dom: make("div", { class: "explained" }, make("b", {}, found.title), make("p", {}, found.text)),
      }),
    };
  }

  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute("content") ?? "";
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorState.phrases.of(PHRASES),
        EditorState.tabSize.of(2),
        indentUnit.of("  "),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": "本文（YAML）",
          lang: "ja",
          tabindex: "0",
          spellcheck: "false",
          autocorrect: "off",
          autocapitalize: "off",
        }),
        lineNumbers(),
        foldGutter({ openText: "▾", closedText: "▸" }),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        search({ top: true }),
        yaml(),
        syntaxHighlighting(colours),
        marked,
        autocompletion({ override: [offers], icons: false, activateOnTypingDelay: 60 }),
        hoverTooltip(explained, { hoverTime: 400 }),
        Prec.high(
          keymap.of([
            { key: "Tab", run: acceptCompletion },
            { key: "Tab", run: indentMore, shift: indentLess },
          ]),
        ),
        keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap]),
        EditorView.updateListener.of(updated),
      ],
    }),
  });

  /**
   * Puts the cursor at an offset, in sight and with the keyboard.
   * @param {number} from
   * @param {number} [to]
   */
  function select(from, to = from) {
    view.dispatch({
      selection: EditorSelection.range(from, to),
      effects: EditorView.scrollIntoView(from, { y: "nearest", yMargin: 60 }),
      userEvent: "select.pointer",
    });
    view.focus();
  }

  /**
   * Another text in the place of this one: only what differs is changed, so that the cursor and the marks stay.
   * @param {string} next
   * @param {{disk: boolean}} origin whether it is what the disk holds
   */
  function become(next, { disk }) {
    const now = view.state.doc.toString();
    if (next === now) return;
    let from = 0;
    const shorter = Math.min(now.length, next.length);
    while (from < shorter && now.charCodeAt(from) === next.charCodeAt(from)) from++;
    let behind = 0;
    while (
      behind < shorter - from &&
      now.charCodeAt(now.length - 1 - behind) === next.charCodeAt(next.length - 1 - behind)
    )
      behind++;
    view.dispatch({
      changes: { from, to: now.length - behind, insert: next.slice(from, next.length - behind) },
      annotations: fromDisk.of(disk),
      userEvent: "input.replaced",
    });
  }

  /**
   * Edits of the server, against the text as it is, as one step of undo.
   * @param {readonly import("./api.js").Edit[]} edits
   * @param {string} event
   */
  function apply(edits, event) {
    const { doc } = view.state;
    view.dispatch({
      changes: edits.map(({ from, to, text: insert }) => ({
        from: offsetOf(doc, from),
        to: offsetOf(doc, to),
        insert,
      })),
      userEvent: event,
    });
  }

  /** @param {readonly {from: number, to: number, said: Diagnostic}[]} found */
  function mark(found) {
    const diagnostics = found.map(({ from, to, said }) => ({
      from,
      to,
      severity: /** @type {"error" | "warning" | "info"} */ (said.severity === "notice" ? "info" : said.severity),
      message: said.remedy ? `${said.reason}\n${said.remedy}` : said.reason,
      actions: said.fix ? [{ name: `直す（${said.fix.label}）`, apply: () => mend(said) }] : [],
    }));
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }

  return { view, select, become, apply, mark };
}

/** @typedef {ReturnType<typeof createSource>} Source */
