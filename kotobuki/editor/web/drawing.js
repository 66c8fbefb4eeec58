/** Pages as the server draws them, taken in with suspicion: only what a page is drawn with comes into the document. */

const ELEMENTS = new Set([
  ...["svg", "g", "defs", "title", "desc", "path", "text", "tspan", "rect", "line", "circle", "ellipse", "polyline"],
  ...["polygon", "use", "image", "clipPath", "symbol"],
]);
const ATTRIBUTES = new Set([
  ...[
    "xmlns",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
  ],
  ...[
    "points",
    "transform",
    "fill",
    "fill-rule",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-opacity",
  ],
  ...[
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "opacity",
    "clip-path",
    "clip-rule",
    "font-family",
    "font-size",
  ],
  ...[
    "font-weight",
    "font-style",
    "font-feature-settings",
    "text-anchor",
    "textLength",
    "lengthAdjust",
    "writing-mode",
    "rotate",
  ],
  ...["letter-spacing", "xml:space", "id", "class", "role", "aria-label", "aria-hidden", "lang", "xml:lang"],
  ...[
    "preserveAspectRatio",
    "href",
    "xlink:href",
    "xmlns:xlink",
    "text-rendering",
    "shape-rendering",
    "version",
    "pointer-events",
  ],
]);
/** What a `use` or an image may point at: a part of the same drawing, or a picture that it carries. */
const TARGET = /^(?:#[\w.-]+|data:image\/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]*)$/;
/** What a value may point at: a part of the same drawing. */
const REFERENCE = /url\((?!#[\w.-]+\))/i;

/**
 * A drawing as an element of this document.
 * @param {string} source
 * @returns {SVGSVGElement}
 * @throws {Error} it is no SVG, or holds what no page is drawn with
 */
export function drawn(source) {
  const root = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  if (root.localName !== "svg") throw new Error("not a drawing");
  check(root);
  for (const each of root.querySelectorAll("*")) check(each);
  return /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.importNode(root, true)));
}

/** @param {Element} element */
function check(element) {
  if (element.namespaceURI !== "http://www.w3.org/2000/svg" || !ELEMENTS.has(element.localName))
    throw new Error(`a page is not drawn with <${element.nodeName}>`);
  for (const { name, value } of element.attributes) {
    if (!ATTRIBUTES.has(name) && !name.startsWith("data-")) throw new Error(`a page is not drawn with ${name}=""`);
    if (name.endsWith("href") && !TARGET.test(value)) throw new Error(`a page does not point at ${value.slice(0, 40)}`);
    if (REFERENCE.test(value)) throw new Error(`a page does not point at ${value.slice(0, 40)}`);
  }
}
