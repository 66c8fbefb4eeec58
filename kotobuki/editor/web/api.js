/** What the page asks of its server, and the shapes of what comes back. */

/**
 * @typedef {import("./positions.js").Place} Place
 * @typedef {{from: Place, to: Place, text: string}} Edit
 * @typedef {{label: string, edits: Edit[]}} Fix
 * @typedef {{severity: "error" | "warning" | "notice", line: number, column: number, reason: string, remedy: string,
 *   rule: string, file: string, here: boolean, fix: Fix | null}} Diagnostic
 * @typedef {{file: string, path: string, agenda: string, form: string, title: string, departments: string[], number: string,
 *   date: string, pages: number | null, placeholders: number, reviews: number, errors: number, warnings: number,
 *   output: string, changed: string}} CaseRow
 * @typedef {{id: string, title: string, date: string, file: string, folder: string, cases: CaseRow[]}} Meeting
 * @typedef {{root: string, organization: string, meetings: Meeting[], cases: CaseRow[],
 *   forms: {name: string, purpose: string}[], said: Diagnostic[]}} Overview
 * @typedef {{file: string, path: string, kind: "case" | "meeting" | "organization" | "other", text: string, digest: string,
 *   line_end: string, bom: boolean, title: string}} Opened
 * @typedef {{digest: string, places_digest: string, width: number, height: number, paper: string, number: string}} Page
 * @typedef {{key: string, name: string, first: number, count: number}} Paper
 * @typedef {[number, number, number, number, number, number, number, number]} Box
 *   left, top, right, bottom in pt; line, column, end line, end column in the source
 * @typedef {{ok: boolean, diagnostics: Diagnostic[], pages: Page[], svg: Record<string, string>, papers: Paper[],
 *   places: Record<string, Box[]>, fonts: {key: string, family: string}[],
 *   open: {placeholders: number, reviews: number}}} Preview
 * @typedef {{label: string, detail: string, info: string, apply: string}} Offer
 * @typedef {{from: Place, options: Offer[]}} Completion
 * @typedef {{from: Place, to: Place, title: string, text: string}} Hover
 * @typedef {{text: string, digest: string, merged: string | null}} Conflict
 * @typedef {{digest: string, note?: string} | {conflict: Conflict}} Saved
 * @typedef {{id: string, name: string, folder: string, size: number, type: string}} Output
 * @typedef {{files: {file: string, digest: string}[]}} Changed
 */

/**
 * @typedef {<T = any>(name: string, body: object, signal?: AbortSignal) => Promise<T>} Call
 */

/** What the server refuses, in its words. */
export class Refusal extends Error {
  /**
   * @param {string} reason
   * @param {string} remedy what to do about it, or ""
   * @param {number} status of HTTP; 0: nobody answered
   */
  constructor(reason, remedy, status) {
    super(reason);
    this.remedy = remedy;
    this.status = status;
  }

  /** Why, and what to do, as sentences. */
  get words() {
    const parts = [this.message, this.remedy].filter(Boolean);
    return parts.map((each) => each.replace(/。?$/u, "。")).join("");
  }
}

const GONE = "サーバに届きません。";
const START = "kotobuki serve が動いているか確かめてください。書いたものはこの画面に残っています。";
const KEPT = "kotobuki-token";
/** How long other tabs are waited for, in ms. */
const ANSWERS = 400;
/** How long the line to the server rests when it broke, and when the server ended it, in ms. */
const RESTS = { broken: 1500, ended: 15_000 };

/**
 * Enters with the token that stands in the address when the page is opened, and takes it from there; the one that comes
 * back is kept for this tab. Without one, this tab has entered before.
 * @returns {Promise<Server>}
 */
export async function enter() {
  const found = new URLSearchParams(location.hash.slice(1));
  const token = found.get("token");
  if (token) {
    const file = found.get("file");
    history.replaceState(null, "", location.pathname + (file ? `#/file/${file}` : "#/"));
    const own = await connect(token)
      .call("enter", {})
      .catch((refusal) => {
        if (!sessionStorage.getItem(KEPT)) throw refusal; // else this tab has been let in before by the same address
      });
    if (own) sessionStorage.setItem(KEPT, own.token);
  }
  const own = sessionStorage.getItem(KEPT) ?? (await askTabs());
  if (own) {
    sessionStorage.setItem(KEPT, own);
    new BroadcastChannel(KEPT).addEventListener("message", ({ data, target }) => {
      if (data.asks) /** @type {BroadcastChannel} */ (target).postMessage({ token: own });
    });
  }
  return connect(own);
}

/**
 * The token of another tab of this page, which this one was opened from (by Ctrl and a click): a browser lets none but pages of
 * the same address hear it.
 *
 * @returns {Promise<string>} "" where there is no such tab
 */
async function askTabs() {
  const line = new BroadcastChannel(KEPT);
  /** @type {Promise<string>} */
  const answered = new Promise((resume) =>
    line.addEventListener("message", ({ data }) => typeof data.token === "string" && resume(data.token)),
  );
  line.postMessage({ asks: true });
  const found = await Promise.race([answered, pause(ANSWERS).then(() => "")]);
  line.close();
  return found;
}

/**
 * The server as functions.
 * @param {string} token
 */
export function connect(token) {
  const headers = { "X-Kotobuki-Token": token };

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  async function ask(path, options) {
    let answer;
    try {
      answer = await fetch(path, { ...options, headers: { ...headers, ...options.headers } });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Refusal(GONE, START, 0);
    }
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => ({}));
    throw new Refusal(said.error ?? `サーバの答えが読めません（${answer.status}）。`, said.remedy ?? "", answer.status);
  }

  /** @type {Call} */
  async function call(name, body, signal) {
    const answer = await ask(`/api/${name}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json" },
      ...(signal ? { signal } : {}),
    });
    return answer.json();
  }

  /**
   * A font of the pages, as bytes.
   * @param {string} key
   */
  async function font(key) {
    return (await ask(`/api/font/${encodeURIComponent(key)}`, {})).arrayBuffer();
  }

  /**
   * A made file, handed to the user as a download.
   * @param {Output} output
   */
  async function download(output) {
    const bytes = await (await ask(`/api/output/${encodeURIComponent(output.id)}`, {})).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(bytes);
    link.download = output.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /**
   * Listens to the server for ever, while the page is shown: a browser has few lines for all its tabs.
   * @param {(name: string, data: any) => void} hear also told `linked` when the line stands: what happened before is not known
   * @param {(problem: Refusal | null) => void} linked told when the line stands (null), and why not
   */
  async function listen(hear, linked) {
    for (;;) {
      while (document.hidden) await next(document, "visibilitychange");
      const hiding = new AbortController();
      const { signal } = hiding;
      document.addEventListener("visibilitychange", () => hiding.abort(), { once: true });
      let rest = RESTS.broken;
      try {
        const answer = await ask("/api/events", { signal });
        linked(null);
        hear("linked", null);
        for await (const { name, data } of eventsOf(answer.body)) {
          if (name === "end") rest = RESTS.ended;
          else hear(name, data);
        }
      } catch (error) {
        if (error instanceof Refusal) linked(error);
      }
      if (signal.aborted) continue;
      if (rest === RESTS.ended) {
        await pause(RESTS.broken); // it made room for another tab, or has come to its own end
        await ask("/", {}).catch(linked);
      }
      await Promise.race([pause(rest), next(window, "focus")]);
    }
  }

  return { call, font, download, listen };
}

/** @typedef {ReturnType<typeof connect>} Server */

/**
 * The server-sent events of a stream, to its end.
 * @param {ReadableStream<Uint8Array> | null} stream
 * @returns {AsyncGenerator<{name: string, data: any}>}
 */
async function* eventsOf(stream) {
  const reader = stream?.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const name = /^event: ?(.*)$/m.exec(event)?.[1];
      const data = /^data: ?(.*)$/m.exec(event)?.[1];
      if (name) yield { name, data: data ? JSON.parse(data) : null };
    }
  }
}

/** @param {number} time in ms */
const pause = (time) => new Promise((resume) => setTimeout(resume, time));

/**
 * @param {EventTarget} target
 * @param {string} event that is waited for
 */
const next = (target, event) => new Promise((resume) => target.addEventListener(event, resume, { once: true }));
