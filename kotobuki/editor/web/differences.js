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
 * Texts side by side: rows of lines, null where a text has none there. Equal lines stand in one row, and so do lines that stand
 * between the same ones.
 *
 * @param {string} first
 * @param {string[]} others
 * @returns {(string | null)[][]}
 */
export function besideEachOther(first, others) {
  const lines = first.split("\n");
  const placed = others.map((each) => beside(lines, each.split("\n")));
  /** @type {(string | null)[][]} */
  const rows = [];
  for (let index = -1; index < lines.length; index += 1) {
    if (index >= 0) rows.push([lines[index] ?? "", ...placed.map((each) => each.at[index] ?? null)]);
    const behind = placed.map((each) => each.behind.get(index) ?? []);
    const high = Math.max(0, ...behind.map((each) => each.length));
    for (let row = 0; row < high; row += 1) rows.push([null, ...behind.map((each) => each[row] ?? null)]);
  }
  return rows;
}

/**
 * The lines of `b` as they stand beside those of `a`, and those for which there is no room, by the line they stand behind.
 *
 * @param {string[]} a
 * @param {string[]} b
 */
function beside(a, b) {
  const same = pairs(a, b);
  /** @type {(string | null)[]} */
  const at = a.map(() => null);
  /** @type {Map<number, string[]>} */
  const behind = new Map();
  let begin = 0;
  let done = 0;
  for (let index = 0; index <= a.length; index += 1) {
    const to = index < a.length ? (same[index] ?? -1) : b.length;
    if (to < 0) continue;
    const between = b.slice(done, to);
    const room = index - begin;
    between.slice(0, room).forEach((line, row) => (at[begin + row] = line));
    if (between.length > room) behind.set(index - 1, between.slice(room));
    if (index < a.length) at[index] = b[to] ?? null;
    begin = index + 1;
    done = to + 1;
  }
  return { at, behind };
}
