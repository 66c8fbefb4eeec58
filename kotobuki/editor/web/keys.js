/** The keys of the page: one table, which the help shows and the listener goes by. */

/**
 * @typedef {"save" | "make" | "compare" | "panes" | "panesBack" | "next" | "previous" | "fields" | "source" | "pages" |
 *   "open" | "larger" | "smaller" | "fit" | "thumbnails" | "help" | "overview"} Command
 * @typedef {{keys: string, command: Command, about: string}} Binding
 */

/** @type {readonly Binding[]} */
export const BINDINGS = [
  { keys: "Ctrl+S", command: "save", about: "保存する" },
  { keys: "Ctrl+Enter", command: "make", about: "作成（Word、PDF）を開く" },
  { keys: "Alt+Enter", command: "compare", about: "前との違いを開く" },
  { keys: "F6", command: "panes", about: "次の区画へ移る（書くところ、紙面、指摘）" },
  { keys: "Shift+F6", command: "panesBack", about: "前の区画へ移る" },
  { keys: "F8", command: "next", about: "次の指摘へ移る" },
  { keys: "Shift+F8", command: "previous", about: "前の指摘へ移る" },
  { keys: "Alt+N", command: "open", about: "項目で、次の未記入の所へ移る" },
  { keys: "Alt+1", command: "fields", about: "項目で書く" },
  { keys: "Alt+2", command: "source", about: "本文で書く" },
  { keys: "Alt+3", command: "pages", about: "紙面へ移る" },
  { keys: "Alt+.", command: "larger", about: "紙面を大きくする" },
  { keys: "Alt+,", command: "smaller", about: "紙面を小さくする" },
  { keys: "Alt+0", command: "fit", about: "紙面を幅に合わせる" },
  { keys: "Alt+T", command: "thumbnails", about: "縮小した紙面の一覧を出す、しまう" },
  { keys: "Alt+Home", command: "overview", about: "案件の一覧へ戻る" },
  { keys: "F1", command: "help", about: "この説明を開く" },
];

/** Keys that the text and the lists heed by themselves: for the help alone. */
export const OTHERS = [
  { keys: "Ctrl+Z、Ctrl+Y", about: "元に戻す、やり直す" },
  { keys: "Enter", about: "項目の箇条で、次の項目を足す（Shift+Enter で改める行）" },
  { keys: "Alt+↑、↓、→、←", about: "項目の箇条を、前、後ろ、下の段、上の段へ移す" },
  { keys: "Ctrl+Shift+Delete", about: "項目の箇条を消す（Ctrl+Z で戻る）" },
  { keys: "Ctrl+Space", about: "候補を出す（本文と項目）" },
  { keys: "Ctrl+F", about: "本文で探す、置き換える" },
  { keys: "Tab、Shift+Tab", about: "本文では字下げを増やす、減らす（Esc の次に Tab で本文から出る）" },
  { keys: "Ctrl+クリック", about: "紙面に書かれた書類の名から、その書類へ移る" },
  { keys: "↑、↓、Enter", about: "指摘の一覧を上下する、その行へ移る" },
];

/**
 * The command that a key press calls, if any.
 * @param {KeyboardEvent} event
 * @returns {Command | null}
 */
export function commandOf(event) {
  if (event.isComposing) return null;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  parts.push(event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const pressed = parts.join("+");
  return BINDINGS.find((each) => each.keys === pressed)?.command ?? null;
}
