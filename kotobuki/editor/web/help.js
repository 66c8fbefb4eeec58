/** The help: the keys, and how a line and its paper find each other. */

import { tell } from "./asking.js";
import { make } from "./dom.js";
import { BINDINGS, OTHERS } from "./keys.js";

/** Opens the help until it is closed. */
export function help() {
  const keys = [...BINDINGS, ...OTHERS].map(({ keys, about }) =>
    make("div", {}, make("dt", {}, make("kbd", {}, keys)), make("dd", {}, about)),
  );
  return tell("ヘルプ", [
    make("p", {}, "左で書くと、右の紙面がすぐに変わります。紙面の行を押すと、その行を書いたところへ移ります。"),
    make("p", {}, "誤りがある間は、直前の紙面を薄く出しておきます。下の指摘の「直す」で直せるものがあります。"),
    make("h3", {}, "キー"),
    make("dl", { class: "keys" }, keys),
  ]);
}
