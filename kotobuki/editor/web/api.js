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
 * @typedef {{digest: string} | {conflict: Conflict}} Saved
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
}

const GONE = "サーバに届きません。";
const START = "kotobuki serve が動いているか確かめてください。書いたものはこの画面に残っています。";
const KEPT = "kotobuki-token";

/**
 * The token that stands in the address when the page is opened; it is taken from there, and kept for this tab.
 * @returns {string}
 */
export function takeToken() {
  const found = /(?:^#|&)token=([^&]+)/.exec(location.hash);
  if (found?.[1]) {
    sessionStorage.setItem(KEPT, decodeURIComponent(found[1]));
    history.replaceState(null, "", location.pathname + "#/");
  }
  return sessionStorage.getItem(KEPT) ?? "";
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
   * Listens to the server until the signal ends it, and begins again when the line breaks.
   * @param {(name: string, data: any) => void} hear
   * @param {(there: boolean) => void} linked told when the line stands and when it is broken
   * @param {AbortSignal} signal
   */
  async function listen(hear, linked, signal) {
    while (!signal.aborted) {
      try {
        const answer = await ask("/api/events", { signal });
        linked(true);
        if (answer.body) await eventsOf(answer.body, hear);
      } catch (error) {
        if (error instanceof Refusal && error.status >= 400 && error.status < 500 && error.status !== 429) return;
      }
      if (!signal.aborted) linked(false);
      await new Promise((resume) => setTimeout(resume, 1500));
    }
  }

  return { call, font, download, listen };
}

/** @typedef {ReturnType<typeof connect>} Server */

/**
 * Reads server-sent events to the end of the stream.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {(name: string, data: any) => void} hear
 */
async function eventsOf(stream, hear) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split("\n");
      const name = lines
        .find((line) => line.startsWith("event:"))
        ?.slice(6)
        .trim();
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
      if (name) hear(name, data.length ? JSON.parse(data.join("\n")) : null);
    }
  }
}
