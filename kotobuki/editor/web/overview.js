/** The list of meetings and cases. */

import { make, replace } from "./dom.js";

/**
 * @param {{call: import("./api.js").Call, go: (fragment: string) => void, say: (text: string) => void, dialogs: any}} desk
 */
export function createOverview({ call }) {
  const list = make("div");
  const element = make("main", { class: "overview" }, make("h1", {}, "案件"), list);

  async function refresh() {
    /** @type {import("./api.js").Overview} */
    const { meetings, cases } = await call("overview", {});
    /** @param {import("./api.js").CaseRow} row */
    const line = (row) => make("li", {}, make("a", { href: `#/file/${row.file}` }, `${row.agenda} ${row.title}`));
    replace(
      list,
      ...meetings.map((each) => make("section", {}, make("h2", {}, each.title), make("ul", {}, each.cases.map(line)))),
      make("section", {}, make("h2", {}, "議案にないもの"), make("ul", {}, cases.map(line))),
    );
  }
  return { element, refresh };
}
