/** Which lines of two texts are the same: what a look at two versions needs. */

const MOST = 4_000_000; // pairs of lines that are compared one by one; more than these are taken as all different

/**
 * For each line of `a` the index of the same line of `b`, or -1.
 *
 * @param {readonly string[]} a
 * @param {readonly string[]} b
 * @returns {number[]}
 */
export function pairs(a, b) {
  const found = new Array(a.length).fill(-1);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) {
    found[head] = head;
    head += 1;
  }
  let [endA, endB] = [a.length, b.length];
  while (endA > head && endB > head && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
    found[endA] = endB;
  }
  const [rows, columns] = [endA - head, endB - head];
  if (!rows || !columns || rows * columns > MOST) return found;
  const width = columns + 1;
  const longest = new Uint32Array((rows + 1) * width);
  const at = (/** @type {number} */ index) => longest[index] ?? 0;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const same = a[head + i] === b[head + j];
      const below = Math.max(at((i + 1) * width + j), at(i * width + j + 1));
      longest[i * width + j] = same ? at((i + 1) * width + j + 1) + 1 : below;
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (a[head + i] === b[head + j]) found[head + i++] = head + j++;
    else if (at((i + 1) * width + j) >= at(i * width + j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

/**
 * Texts side by side, the first one in the middle of things: rows of lines, null where a text has none there.
 *
 * @param {string} first
 * @param {string[]} others
 * @returns {(string | null)[][]}
 */
export function besideEachOther(first, others) {
  const lines = first.split("\n");
  const theirs = others.map((each) => each.split("\n"));
  const paired = theirs.map((each) => pairs(lines, each));
  const done = theirs.map(() => 0);
  /** @type {(string | null)[][]} */
  const rows = [];
  for (let index = 0; index <= lines.length; index += 1) {
    const ends = theirs.map((each, which) => {
      if (index === lines.length) return each.length;
      const same = paired[which]?.[index] ?? -1;
      return same < 0 ? (done[which] ?? 0) : same;
    });
    const added = theirs.map((each, which) => each.slice(done[which] ?? 0, ends[which]));
    const high = Math.max(0, ...added.map((each) => each.length));
    for (let row = 0; row < high; row += 1) rows.push([null, ...added.map((each) => each[row] ?? null)]);
    ends.forEach((end, which) => (done[which] = end));
    if (index === lines.length) break;
    const same = theirs.map((each, which) => {
      const line = paired[which]?.[index] ?? -1;
      if (line < 0) return null;
      done[which] = line + 1;
      return each[line] ?? null;
    });
    rows.push([lines[index] ?? "", ...same]);
  }
  return rows;
}
