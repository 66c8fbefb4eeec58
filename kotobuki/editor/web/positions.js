/**
 * Places of the server and offsets of CodeMirror. A place is [line, column], both from 1, its column counted in characters
 * (code points); an offset is counted in UTF-16 units from 0, a line end being one.
 */

/**
 * @typedef {import("./vendor/codemirror.js").Text} Text
 * @typedef {[number, number]} Place
 */

/**
 * The offset of a place; one that lies outside is taken to the nearest end of its line or of the text.
 * @param {Text} text
 * @param {Place | readonly number[]} place
 */
export function offsetOf(text, [line = 1, column = 1]) {
  if (line > text.lines) return text.length;
  const found = text.line(Math.max(line, 1));
  return found.from + unitsOf(found.text, column - 1);
}

/**
 * The place of an offset.
 * @param {Text} text
 * @param {number} offset
 * @returns {Place}
 */
export function placeOf(text, offset) {
  const line = text.lineAt(offset);
  return [line.number, pointsOf(line.text.slice(0, offset - line.from)) + 1];
}

/**
 * How many UTF-16 units the first `points` characters of a line take.
 * @param {string} line
 * @param {number} points
 */
function unitsOf(line, points) {
  let units = 0;
  for (let left = points; left > 0 && units < line.length; left--)
    units += (line.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units;
}

/** @param {string} text */
function pointsOf(text) {
  let points = 0;
  for (const _ of text) points++;
  return points;
}
