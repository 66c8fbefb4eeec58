/** Line ends of a file that has both kinds: each stays what it was, where nobody touches it. */

import { MapMode } from "./vendor/codemirror.js";

/**
 * The line ends of a text as it was opened.
 * @param {string} text as the file has it
 * @param {string} usual what most of them are, and new ones become
 */
export function lineEnds(text, usual) {
  /** Where CodeMirror holds a line end that is another one in the file. @type {{at: number, end: string}[]} */
  let others = [];
  let shorter = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    if (end !== usual) others.push({ at: index - shorter, end });
    shorter += end.length - 1;
  }

  return {
    /** @param {import("./vendor/codemirror.js").ChangeSet} changes of the text */
    follow(changes) {
      others = others.flatMap(({ at, end }) => {
        const now = changes.mapPos(at, 1, MapMode.TrackAfter);
        return now === null ? [] : [{ at: now, end }];
      });
    },
    /**
     * @param {string} now the text as CodeMirror holds it; as the file is to have it
     */
    as(now) {
      if (!others.length && usual === "\n") return now;
      const parts = [];
      let from = 0;
      for (const { at, end } of others) {
        parts.push(now.slice(from, at).replaceAll("\n", usual), end);
        from = at + 1;
      }
      return parts.join("") + now.slice(from).replaceAll("\n", usual);
    },
  };
}
