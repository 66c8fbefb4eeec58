/** Where the page begins: the token, the views by their address, and what both share. */

import { choose } from "./asking.js";
import { enter, Refusal } from "./api.js";
import { createCase } from "./case.js";
import { createDialogs } from "./dialogs.js";
import { make, replace } from "./dom.js";
import { commandOf } from "./keys.js";
import { help } from "./help.js";
import { createOverview } from "./overview.js";

/**
 * @typedef {{
 *   element: HTMLElement,
 *   title: string,
 *   unsaved: () => boolean,
 *   save: () => Promise<boolean>,
 *   close: () => void,
 *   changed: (news: import("./api.js").Changed | null) => void,
 *   run: (command: import("./keys.js").Command) => boolean,
 * }} View
 * What stands below an address. `changed`: files that changed on the disk, null = perhaps any; `run`: whether the command was
 * its own.
 */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
/** How long what is said stays in sight, in ms. */
const STAYS = 5000;

let fading = 0;

/** @param {string} text told to who listens to the page, and shown for a while */
function say(text) {
  said.textContent = text;
  said.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => said.classList.remove("shown"), STAYS);
}

/** @param {string} fragment */
function go(fragment) {
  location.hash = fragment;
}

/**
 * What is shown where something was refused.
 * @param {unknown} error
 */
function refused(error) {
  if (!(error instanceof Refusal)) throw error;
  const again = make("a", { href: "#/", onclick: () => location.hash === "#/" && location.reload() }, "案件の一覧へ");
  return make("main", { class: "refused" }, make("h1", {}, error.message), make("p", {}, error.remedy), again);
}

/** @param {import("./api.js").Server} server */
function begin(server) {
  const lost = make("div", { class: "lost", role: "alert", hidden: true });
  const dialogs = createDialogs({ call: server.call, download: server.download, go, say });

  /** @type {View | null} */
  let view = null;
  let address = "";
  /** How many addresses were gone to: an opening that was overtaken shows nothing. */
  let turns = 0;

  /**
   * @param {string} fragment
   * @returns {Promise<View>}
   */
  async function viewOf(fragment) {
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

  /** Goes where the address says, once what was written has been saved or given up. */
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
      if (own !== turns) return;
      address = "";
      replace(app, lost, refused(error));
    }
  }

  window.addEventListener("hashchange", () => {
    if (location.hash.startsWith("#token=")) location.reload();
    else void turn();
  });
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
      else if (name === "linked") view?.changed(null);
    },
    (problem) => {
      lost.hidden = problem === null;
      lost.textContent = problem?.words ?? "";
    },
  );
  void turn();
}

enter().then(begin, (error) => replace(app, refused(error)));
