/** Where the page begins: the token, the views by their address, and what both share. */

import { choose } from "./asking.js";
import { connect, Refusal, takeToken } from "./api.js";
import { createCase } from "./case.js";
import { createDialogs } from "./dialogs.js";
import { make, replace } from "./dom.js";
import { commandOf } from "./keys.js";
import { help } from "./help.js";
import { createOverview } from "./overview.js";

/**
 * @typedef {{element: HTMLElement, title: string, unsaved: () => boolean, save: () => Promise<boolean>, close: () => void,
 *   changed: (changed: import("./api.js").Changed) => void, run: (command: import("./keys.js").Command) => boolean}} View
 * What stands below an address; `run` says whether the command was its own.
 */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
const server = connect(takeToken());
const lost = make("div", { class: "lost", role: "alert", hidden: true }, "サーバとの接続が切れています。");

/** @type {View | null} */
let view = null;
let address = "";
/** How many addresses were gone to: an opening that was overtaken shows nothing. */
let turns = 0;

/** @param {string} text told to who listens to the page, and shown for a while */
function say(text) {
  said.textContent = text;
}

/** @param {string} fragment */
function go(fragment) {
  location.hash = fragment;
}

const dialogs = createDialogs({ call: server.call, download: server.download, go, say });

/** @returns {Promise<View>} */
async function viewOf(/** @type {string} */ fragment) {
  const file = /^#\/file\/([^/?]+)/.exec(fragment)?.[1];
  if (file) return createCase({ file: decodeURIComponent(file), server, go, say, dialogs, help });
  const overview = createOverview({ call: server.call, go, say, dialogs });
  await overview.refresh();
  return {
    element: overview.element,
    title: "案件の一覧",
    unsaved: () => false,
    save: async () => true,
    close: () => {},
    changed: () => void overview.refresh(),
    run: () => false,
  };
}

async function turn() {
  const next = location.hash || "#/";
  if (next === address) return;
  if (view?.unsaved()) {
    history.replaceState(null, "", address);
    const answer = await choose("保存していません", "書いたものを保存してから移りますか。", [
      { answer: "save", label: "保存して移る" },
      { answer: "drop", label: "保存せずに移る" },
    ]);
    if (answer === "" || (answer === "save" && !(await view.save()))) return;
    history.replaceState(null, "", next);
  }
  address = next;
  const own = ++turns;
  view?.close();
  view = null;
  replace(app, lost, make("p", { class: "opening", role: "status" }, "開いています…"));
  try {
    const made = await viewOf(next);
    if (own !== turns) return made.close();
    view = made;
    document.title = `${made.title} ・ Kotobuki`;
    replace(app, lost, made.element);
  } catch (error) {
    if (own === turns) replace(app, lost, refused(error));
  }
}

/** @param {unknown} error */
function refused(error) {
  if (!(error instanceof Refusal)) throw error;
  const again = make("a", { href: "#/" }, "案件の一覧へ");
  const main = make("main", { class: "refused" }, make("h1", {}, error.message), make("p", {}, error.remedy), again);
  address = "";
  return main;
}

window.addEventListener("hashchange", () => void turn());
window.addEventListener("beforeunload", (event) => {
  if (view?.unsaved()) event.preventDefault();
});
window.addEventListener(
  "keydown",
  (event) => {
    const command = commandOf(event);
    if (!command || document.querySelector("dialog[open]")) return;
    if (command === "help") void help();
    else if (command === "overview") go("#/");
    else if (!view?.run(command)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  { capture: true },
);
void server.listen(
  (name, data) => {
    if (name === "changed") view?.changed(data);
  },
  (there) => {
    lost.hidden = there;
  },
  new AbortController().signal,
);
void turn();
