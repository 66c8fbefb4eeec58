/** Days as clerks write them: 2022-05-06, 令和4年5月6日, R4.5.6. */

/** The eras, the latest first, with their first days. @type {[string, string, string][]} */
const ERAS = [
  ["令和", "R", "2019-05-01"],
  ["平成", "H", "1989-01-08"],
  ["昭和", "S", "1926-12-25"],
  ["大正", "T", "1912-07-30"],
  ["明治", "M", "1868-01-25"],
];

/**
 * The day that the words name, as YYYY-MM-DD; "" where they name none.
 *
 * @param {string} words
 */
export function dayOf(words) {
  const text = words.normalize("NFKC").trim();
  const western = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/u.exec(text);
  if (western) return iso(Number(western[1]), Number(western[2]), Number(western[3]));
  const marks = ERAS.map(([name, mark]) => `${name}|${mark}`).join("|");
  const japanese = new RegExp(
    `^(${marks})(元|\\d{1,2})(?:年|\\.|-|/)(\\d{1,2})(?:月|\\.|-|/)(\\d{1,2})日?$`,
    "iu",
  ).exec(text);
  const era = ERAS.find(([name, mark]) => name === japanese?.[1] || mark === japanese?.[1]?.toUpperCase());
  if (!japanese || !era) return "";
  const year = japanese[2] === "元" ? 1 : Number(japanese[2]);
  const day = iso(Number(era[2].slice(0, 4)) + year - 1, Number(japanese[3]), Number(japanese[4]));
  return day && eraOf(day)?.[0] === era[0] ? day : "";
}

/**
 * 令和4年5月6日（金） of 2022-05-06.
 *
 * @param {string} day
 */
export function inWords(day) {
  const era = eraOf(day);
  if (!era) return day;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const count = year - Number(era[2].slice(0, 4)) + 1;
  const weekday = "日月火水木金土"[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  return `${era[0]}${count === 1 ? "元" : count}年${month}月${date}日（${weekday}）`;
}

/** @param {string} day */
function eraOf(day) {
  return ERAS.find(([, , first]) => first <= day);
}

/**
 * @param {number} year
 * @param {number} month
 * @param {number} date
 */
function iso(year, month, date) {
  const day = new Date(Date.UTC(year, month - 1, date));
  const real = day.getUTCFullYear() === year && day.getUTCMonth() === month - 1 && day.getUTCDate() === date;
  return real ? day.toISOString().slice(0, 10) : "";
}
