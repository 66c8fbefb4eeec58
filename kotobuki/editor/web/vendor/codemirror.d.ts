// For the type checker: the bundle exports what entry.js does (.ci/web), with the types of its packages.
export * from "entry";
export type { AnnotationType, Extension } from "@codemirror/state";
export type { CompletionContext } from "@codemirror/autocomplete";
export type { ViewUpdate } from "@codemirror/view";
