/** The list of meetings and cases: how far each of them is, at a glance. */

import { button, make } from "./dom.js";

/**
 * @typedef {import("./shapes").Case} Case
 * @typedef {import("./shapes").Meeting} Meeting
 * @typedef {import("./shapes").Overview} Overview
 * @typedef {import("./shapes").Diagnostic} Diagnostic
 * @typedef {object} Dialogs
 * @property {(given?: { form?: string, folder?: string }) => Promise<void>} newCase
 * @property {(given?: { from?: string }) => Promise<void>} fromLastYear
 * @property {() => Promise<void>} newMeeting
 * @property {() => Promise<void>} newMunicipality
 * @property {(given: { file: string, title: string }) => Promise<void>} packet
 * @typedef {object} App
 * @property {import("./shapes").Call} call
 * @property {(fragment: string) => void} go
 * @property {(text: string) => void} say
 * @property {Dialogs} dialogs
 * @typedef {{ name: string, label: string, short?: boolean, of: (each: Case) => string | number, numeric?: boolean }} Column
 * @typedef {{ column: string, down: boolean }} Order
 */

const SEVERITIES = /** @type {Record<string, string>} */ ({ error: "誤り", warning: "注意", notice: "お知らせ" });

/** @type {Column[]} */
const COLUMNS = [
  { name: "agenda", label: "議案", of: (each) => each.agenda, numeric: true },
  { name: "title", label: "件名", of: (each) => each.title || each.path },
  { name: "departments", label: "主管課", of: (each) => each.departments },
  { name: "number", label: "番号", of: (each) => each.number },
  { name: "date", label: "日付", of: (each) => each.date },
  { name: "pages", label: "ページ", of: (each) => each.pages ?? "", numeric: true },
  { name: "placeholders", label: "｛記入｝", of: (each) => each.placeholders, numeric: true },
  { name: "reviews", label: "確認", of: (each) => each.reviews, numeric: true },
  { name: "errors", label: "誤り", of: (each) => each.errors, numeric: true },
  { name: "output", label: "出力", of: (each) => each.output },
  { name: "changed", label: "最終更新", of: (each) => each.changed },
];

/**
 * The view. `refresh` asks the server and shows what is new; where nothing is, nothing on the page is touched.
 *
 * @param {App} app
 */
export function createOverview(app) {
  const heading = make("h1", { tabindex: -1 }, "案件");
  const filter = make("input", { type: "search", id: "overview-filter", autocomplete: "off", spellcheck: "false" });
  const count = make("p", { role: "status", class: "quiet count" });
  const begin = make("div", { class: "buttons" });
  const tables = make("div", { class: "tables" });
  const foot = make("div", { class: "foot" });
  const view = make(
    "main",
    { class: "overview", "aria-busy": "true" },
    make("header", { class: "overview-head" }, heading, begin),
    make("div", { class: "filter" }, make("label", { for: "overview-filter" }, "絞り込み"), filter, count),
    tables,
    foot,
  );
  /** @type {Overview | null} */
  let known = null;
  /** @type {Order} */
  let order = { column: "agenda", down: false };
  let asked = 0;

  filter.addEventListener("input", () => show());
  view.addEventListener("keydown", (event) => move(event, view, filter));

  function show() {
    if (!known) return;
    const focus = keyOf(document.activeElement);
    const words = folded(filter.value).split(/\s+/u).filter(Boolean);
    const all = [...known.meetings.flatMap((each) => each.cases), ...known.cases];
    const met = (/** @type {Case} */ each) => words.every((word) => folded(wordsOf(each)).includes(word));
    count.textContent = words.length ? `${all.length}件のうち${all.filter(met).length}件` : `${all.length}件`;
    tables.replaceChildren(
      ...known.meetings
        .filter((each) => !words.length || each.cases.some(met) || words.every((w) => folded(each.title).includes(w)))
        .map((each) => ofMeeting(each, words.length ? each.cases.filter(met) : each.cases)),
    );
    const rest = known.cases.filter(met);
    if (rest.length) {
      tables.append(section("others", known.meetings.length ? "会議に出していないもの" : "案件", "", [], rest, false));
    }
    if (!all.length) tables.append(empty());
    refocus(focus);
  }

  /** The focus where it was before something was drawn anew. @param {string} key */
  function refocus(key) {
    if (!key || !view.isConnected || view.contains(document.activeElement)) return;
    /** @type {HTMLElement | null} */ (view.querySelector(`[data-focus="${CSS.escape(key)}"]`))?.focus({
      preventScroll: true,
    });
  }

  function empty() {
    return make(
      "p",
      { class: "welcome" },
      "まだ案件がありません。「新しい会議」で会議を、「新しい案件」で案件を起こします。",
    );
  }

  /**
   * @param {Meeting} meeting
   * @param {Case[]} cases
   */
  function ofMeeting(meeting, cases) {
    const actions = [
      focused(
        make("a", { class: "button", href: `#/file/${encodeURIComponent(meeting.file)}` }, "会議の設定"),
        `${meeting.id} settings`,
      ),
      focused(
        button("会議資料", () => void app.dialogs.packet({ file: meeting.file, title: meeting.title })),
        `${meeting.id} packet`,
      ),
      focused(
        button(
          "この会議に案件を足す",
          () => void app.dialogs.newCase({ folder: meeting.folder.replace(/^cases\/?/u, "") }),
        ),
        `${meeting.id} add`,
      ),
    ];
    return section(meeting.id, meeting.title || meeting.folder, meeting.date, actions, cases, true);
  }

  /**
   * @param {string} id
   * @param {string} title
   * @param {string} date
   * @param {HTMLElement[]} actions
   * @param {Case[]} cases
   * @param {boolean} agenda
   */
  function section(id, title, date, actions, cases, agenda) {
    const name = `overview-${id}`;
    const head = make(
      "div",
      { class: "section-head" },
      make("h2", { id: name }, title),
      date ? make("span", { class: "quiet" }, date) : null,
      make("div", { class: "buttons" }, ...actions),
    );
    const columns = agenda ? COLUMNS : COLUMNS.filter((each) => each.name !== "agenda");
    const body = cases.length
      ? make("div", { class: "scrolled" }, table(id, name, columns, cases))
      : make("p", { class: "quiet" }, "案件はまだありません。");
    return make("section", { "aria-labelledby": name }, head, body);
  }

  /**
   * @param {string} id
   * @param {string} labelledby
   * @param {Column[]} columns
   * @param {Case[]} cases
   */
  function table(id, labelledby, columns, cases) {
    const heads = columns.map((column) => {
      const sorted = order.column === column.name;
      const head = make("th", {
        scope: "col",
        class: column.name,
        "aria-sort": sorted ? (order.down ? "descending" : "ascending") : null,
      });
      const act = () => {
        order = { column: column.name, down: sorted && !order.down };
        show();
      };
      const mark = make("span", { "aria-hidden": "true", class: "mark" }, sorted ? (order.down ? "▼" : "▲") : "");
      const sort = button(column.label, act, { class: "sort" });
      sort.append(mark);
      head.append(focused(sort, `${id} sort ${column.name}`));
      return head;
    });
    const column = columns.find((each) => each.name === order.column) ?? columns[0];
    const rows = column ? [...cases].sort((a, b) => compared(column, order.down, a, b)) : cases;
    return make(
      "table",
      { "aria-labelledby": labelledby },
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", {}, ...rows.map((each) => row(columns, each))),
    );
  }

  /** @param {Overview} overview */
  function frame(overview) {
    const focus = keyOf(document.activeElement);
    drawFrame(overview);
    refocus(focus);
  }

  /** @param {Overview} overview */
  function drawFrame(overview) {
    heading.textContent = overview.organization || (overview.file ? "自治体の設定に誤りがあります" : "はじめに");
    filter.disabled = !overview.organization && !overview.file;
    if (!overview.file) {
      begin.replaceChildren();
      tables.replaceChildren(
        make(
          "div",
          { class: "welcome" },
          make("p", {}, "このフォルダには、まだ自治体の設定がありません。"),
          make("p", { class: "quiet" }, overview.root),
          focused(
            button("自治体のフォルダを作る", () => void app.dialogs.newMunicipality(), { class: "main" }),
            "municipality",
          ),
        ),
      );
      foot.replaceChildren();
      count.textContent = "";
      return;
    }
    begin.replaceChildren(
      focused(
        button("新しい案件", () => void app.dialogs.newCase(), { class: "main" }),
        "new case",
      ),
      focused(
        button("去年の案件から", () => void app.dialogs.fromLastYear()),
        "last year",
      ),
      focused(
        button("新しい会議", () => void app.dialogs.newMeeting()),
        "new meeting",
      ),
      focused(
        make("a", { class: "button", href: `#/file/${encodeURIComponent(overview.file)}` }, "自治体の設定"),
        "organization",
      ),
    );
    foot.replaceChildren(...said(overview.said), forms(overview));
  }

  /** @param {Diagnostic[]} diagnostics */
  function said(diagnostics) {
    if (!diagnostics.length) return [];
    const items = diagnostics.map((each) =>
      make(
        "li",
        { class: each.severity },
        make("strong", {}, SEVERITIES[each.severity] ?? each.severity),
        ` ${each.file}${each.line ? ` ${each.line} 行` : ""} `,
        each.reason,
        make("span", { class: "quiet" }, each.remedy ? `　${each.remedy}` : ""),
      ),
    );
    return [
      make(
        "section",
        { "aria-labelledby": "overview-said", class: "said" },
        make("h2", { id: "overview-said" }, "全体について"),
        make("ul", {}, ...items),
      ),
    ];
  }

  /** @param {Overview} overview */
  function forms(overview) {
    const items = overview.forms.map((each) =>
      make(
        "li",
        {},
        focused(
          button(each.name, () => void app.dialogs.newCase({ form: each.name }), { class: "link" }),
          `form ${each.name}`,
        ),
        make("span", { class: "quiet" }, each.purpose ? `　${each.purpose}` : ""),
      ),
    );
    const open = foot.querySelector("details")?.open;
    return make(
      "details",
      { class: "forms", open: open },
      make("summary", {}, `様式（${overview.forms.length}）`),
      make("ul", {}, ...items),
    );
  }

  async function refresh() {
    asked += 1;
    const mine = asked;
    let overview;
    try {
      overview = /** @type {Overview} */ (await app.call("overview", {}));
    } catch (error) {
      if (mine === asked) app.say(error instanceof Error ? error.message : "一覧を読めませんでした");
      view.removeAttribute("aria-busy");
      return;
    }
    if (mine !== asked) return;
    view.removeAttribute("aria-busy");
    const goesOn = () => mine === asked && view.isConnected;
    setTimeout(() => void (known && settle(known, goesOn))); // once it is shown
    if (JSON.stringify(overview) === JSON.stringify(known)) return;
    known = overview;
    frame(overview);
    if (overview.file) show();
  }

  /**
   * Asks for what is not known yet, one meeting after the other: their papers have to be made for that.
   *
   * @param {Overview} overview
   * @param {() => boolean} goesOn
   */
  async function settle(overview, goesOn) {
    const open = [...overview.meetings, ...overview.cases].filter((each) => !each.settled);
    for (const { file } of open) {
      if (!goesOn()) return;
      let found;
      try {
        found = /** @type {import("./shapes").Settled} */ (await app.call("settle", { file }));
      } catch {
        continue; // gone meanwhile, which the next look will tell
      }
      if (!goesOn()) return;
      overview.meetings = overview.meetings.map((each) => (each.file === file ? (found.meeting ?? each) : each));
      overview.cases = overview.cases.map((each) => (each.file === file ? (found.case ?? each) : each));
      const heard = overview.said.map((each) => JSON.stringify(each));
      overview.said.push(...found.said.filter((each) => !heard.includes(JSON.stringify(each))));
      if (found.said.length) frame(overview);
      show();
    }
  }

  return { element: view, refresh };
}

/**
 * An element that gets the focus back when the table around it is drawn anew.
 *
 * @template {HTMLElement} E
 * @param {E} element
 * @param {string} key
 * @returns {E}
 */
function focused(element, key) {
  element.dataset.focus = key;
  return element;
}

/** @param {Element | null} element */
function keyOf(element) {
  return element instanceof HTMLElement ? (element.dataset.focus ?? "") : "";
}

/**
 * @param {Column[]} columns
 * @param {Case} each
 */
function row(columns, each) {
  const cells = columns.map((column) => {
    const value = column.of(each);
    if (column.name === "title") {
      const link = make("a", { href: `#/file/${encodeURIComponent(each.file)}` }, each.title || "（件名なし）");
      const about = make("span", { class: "quiet form" }, each.form || each.path);
      return make("th", { scope: "row", class: "title" }, focused(link, `case ${each.file}`), about);
    }
    if (column.name === "changed") return make("td", { class: "changed" }, time(each.changed));
    if (column.name === "output") return make("td", { class: "output" }, each.settled ? state(each.output) : "…");
    if (!each.settled && column.numeric && column.name !== "agenda")
      return make("td", { class: "figure pending" }, "…");
    const nothing = value === 0 || value === "";
    const cell = make("td", { class: column.name }, value === 0 ? "－" : String(value));
    if (column.numeric) cell.classList.add("figure");
    if (nothing) cell.classList.add("nothing");
    else if (["placeholders", "reviews", "errors"].includes(column.name)) cell.classList.add("left");
    if (column.name === "errors" && each.warnings) {
      const label = `注意 ${each.warnings}`;
      cell.append(" ", make("span", { class: "warnings" }, label));
    }
    return cell;
  });
  return make("tr", { class: each.errors ? "faulty" : null }, ...cells);
}

/** @param {string} output */
function state(output) {
  const classes = /** @type {Record<string, string>} */ ({ 最新: "fine", なし: "none" });
  return make("span", { class: `progress ${classes[output] ?? "stale"}` }, output);
}

/**
 * 14:05 of today, 5月6日 of this year, 2021年5月6日 else.
 *
 * @param {string} iso
 */
function time(iso) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  const now = new Date();
  const day = `${when.getMonth() + 1}月${when.getDate()}日`;
  const clock = `${when.getHours()}:${String(when.getMinutes()).padStart(2, "0")}`;
  const sameYear = when.getFullYear() === now.getFullYear();
  const text = when.toDateString() === now.toDateString() ? `今日 ${clock}` : day;
  const words = sameYear ? text : `${when.getFullYear()}年${day}`;
  return make("time", { datetime: iso, title: `${when.getFullYear()}年${day} ${clock}` }, words);
}

/**
 * @param {Column} column
 * @param {boolean} down
 * @param {Case} a
 * @param {Case} b
 */
function compared(column, down, a, b) {
  const [one, two] = [column.of(a), column.of(b)];
  if (one === "" || two === "") return one === two ? 0 : one === "" ? 1 : -1; // what says nothing stands last
  const numbers = typeof one === "number" && typeof two === "number";
  const sign = numbers ? one - two : String(one).localeCompare(String(two), "ja", { numeric: true });
  return down ? -sign : sign;
}

/** @param {Case} each */
function wordsOf(each) {
  return [each.title, each.departments, each.form, each.number, each.date, each.path, each.output].join(" ");
}

/** Words as they are compared: half or full width, large or small. @param {string} text */
function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

/**
 * ↓ ↑ from case to case, / to the filter.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} view
 * @param {HTMLInputElement} filter
 */
function move(event, view, filter) {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "/" && event.target !== filter) {
    event.preventDefault();
    filter.focus();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = /** @type {HTMLElement[]} */ ([...view.querySelectorAll("th.title a")]);
  const at = links.findIndex((each) => each === document.activeElement);
  if (at < 0 && event.target !== filter) return;
  const to = at < 0 ? 0 : at + (event.key === "ArrowDown" ? 1 : -1);
  if (at < 0 && event.key === "ArrowUp") return;
  event.preventDefault();
  if (to < 0) filter.focus();
  else links[to]?.focus();
}
