/** Elements made by hand: text becomes text, never markup. */

/**
 * @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Value
 * A listener for a name that begins with `on`; `true` is an attribute without a value; `false` and nothing leave it out.
 * @typedef {Node | string | number | null | undefined | false} Child
 */

/**
 * An element with its attributes, listeners and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, Value>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  put(element, ...children);
  return element;
}

/**
 * Children behind those that an element has.
 * @param {Element | DocumentFragment} element
 * @param {...(Child | Child[])} children
 */
export function put(element, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/**
 * These children in the place of all that an element has.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function replace(element, ...children) {
  element.replaceChildren();
  put(element, ...children);
}

/**
 * A button that says what it does.
 * @param {string} label
 * @param {() => void} action
 * @param {Record<string, Value>} [attributes]
 */
export function button(label, action, attributes = {}) {
  return make("button", { type: "button", onclick: action, ...attributes }, label);
}
