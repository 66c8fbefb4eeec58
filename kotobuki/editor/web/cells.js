/** Cells as spreadsheets put them on the clipboard: tabs between them, and quotes around those with line breaks or tabs. */

/**
 * The rows of what was copied. A cell that begins with a quote ends with one, and holds its quotes doubled; any other
 * is taken as it is. The line break at the end begins no row.
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function rowsOf(text) {
  const source = text.replace(/\r\n?/gu, "\n");
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let at = 0;
  while (at < source.length || row.length) {
    const [cell, end] = source[at] === '"' ? quoted(source, at) : plain(source, at);
    row.push(cell);
    if (source[end] === "\t") {
      at = end + 1;
      continue;
    }
    rows.push(row);
    row = [];
    at = end + 1;
  }
  return rows;
}

/**
 * @param {string} source
 * @param {number} at
 * @returns {[string, number]}
 */
function plain(source, at) {
  const ends = [source.indexOf("\t", at), source.indexOf("\n", at)].filter((each) => each >= 0);
  const end = ends.length ? Math.min(...ends) : source.length;
  return [source.slice(at, end), end];
}

/**
 * A cell in quotes; one whose quote is never closed, or goes on behind it, is no such cell.
 *
 * @param {string} source
 * @param {number} at
 * @returns {[string, number]}
 */
function quoted(source, at) {
  let cell = "";
  for (let place = at + 1; place < source.length; place += 1) {
    if (source[place] !== '"') {
      cell += source[place];
    } else if (source[place + 1] === '"') {
      cell += '"';
      place += 1;
    } else {
      const next = source[place + 1];
      return next === undefined || next === "\t" || next === "\n" ? [cell, place + 1] : plain(source, at);
    }
  }
  return plain(source, at);
}
