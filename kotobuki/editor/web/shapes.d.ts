/** What the server tells the list, the fields and the dialogs: the shapes of JSON, as `kotobuki/editor/` makes them. */

import type { Diagnostic, Edit, Output } from "./api.js";
import type { Place } from "./positions.js";

export type { Diagnostic, Edit, Output, Place };

export type Step = string | number;
export type Path = Step[];

/** A value of YAML as it is handed over to be written. */
export type Value = string | Value[] | { [key: string]: Value };

/** A part of a file as a form shows it; `editor/form/fields.py` says what each of these means. */
export type Field = {
  path: Path;
  key: string;
  label: string;
  about: string;
  kind: "group" | "list" | "item" | "text" | "choice" | "yesno" | "date" | "integer" | "table" | "raw";
  value: string;
  multiline: boolean;
  required: boolean;
  known: boolean;
  editable: boolean;
  choices: [string, string][];
  children: Field[];
  absent: { key: string; about: string; required: boolean }[];
  named: boolean;
  entries: { label: string; about: string; value: Value }[];
  may: ("text" | "list" | "group")[];
  rows: Cell[][];
  heads: string[];
  raw: string;
  at: Place;
  end: Place;
  comments: string[];
  nests: boolean;
  unnests: boolean;
  removable: boolean;
};

export type Cell = { value: string; path: Path; editable: boolean };

export type Fields = {
  ok: boolean;
  tree: Field | null;
  said: Diagnostic[];
  /** What may be inserted into lists, by the name that `entries` of a field has on the wire. */
  offers: Record<string, Field["entries"]>;
};

/** What is asked of `change`; `editor/form/changes.py` says what each of these does. */
export type Operation =
  | { do: "set"; path: Path; value: string }
  | { do: "rename"; path: Path; value: string }
  | { do: "add"; path: Path; key: string; value?: Value }
  | { do: "insert"; path: Path; index: number; value: Value }
  | { do: "remove"; path: Path }
  | { do: "move"; path: Path; to: number }
  | { do: "nest"; path: Path }
  | { do: "unnest"; path: Path }
  | { do: "turn"; path: Path; into: "text" | "list" | "group" }
  | { do: "grid"; path: Path; at: [number, number]; rows: string[][] }
  | { do: "raw"; path: Path; value: string }
  | { do: "looked"; path: Path };

export type Case = {
  file: string;
  path: string;
  agenda: number | string;
  form: string;
  title: string;
  departments: string;
  number: string;
  date: string;
  pages: number | null;
  placeholders: number;
  reviews: number;
  errors: number;
  warnings: number;
  output: string;
  changed: string;
  /** Whether its papers have been made, so that its pages, errors and outputs are known. */
  settled: boolean;
};

export type Meeting = {
  id: string;
  title: string;
  date: string;
  file: string;
  folder: string;
  cases: Case[];
  settled: boolean;
};

/** A meeting, or a case that is in none, as it is. */
export type Settled = { meeting?: Meeting; case?: Case; said: Diagnostic[] };

export type Form = { name: string; purpose: string };

export type Overview = {
  root: string;
  /** What the municipality is called; "" where its settings cannot be read, or are not there. */
  organization: string;
  /** The file of its settings. */
  file: string | null;
  meetings: Meeting[];
  cases: Case[];
  forms: Form[];
  said: Diagnostic[];
};

export type Made = {
  ok: boolean;
  diagnostics: Diagnostic[];
  papers: { paper: string; count: number; numbers: string; draft: boolean; left: string }[];
  outputs: Output[];
};

export type Packet = {
  ok: boolean;
  diagnostics: Diagnostic[];
  parts: { name: string; count: number; numbers: string }[];
  pages: number;
  left: string;
  record: string;
  outputs: Output[];
};

export type Swap = { ok: boolean; diagnostics: Diagnostic[]; lines: string[]; record: string; outputs: Output[] };

export type Numbers = {
  held: string;
  series: { name: string; next: string }[];
  own: string;
  date: string;
  today: string;
};

export type Taken = { ok: boolean; number: string; diagnostics: Diagnostic[]; text: string; digest: string };

export type Revisions = { git: { id: string; when: string; subject: string }[]; records: string[] };

export type Part = { mode: "same" | "old" | "new"; text: string };

export type Change = {
  kind: string;
  said: string;
  line: number;
  note: string;
  lines: { depth: number; parts: Part[] }[];
};

export type Compared = {
  ok: boolean;
  diagnostics: Diagnostic[];
  summary: string;
  note: string;
  groups: { path: string[]; changes: Change[] }[];
};

export type Paper = { ok: boolean; diagnostics: Diagnostic[]; output: Output | null; said: string };

export type Question = {
  option: string;
  words: string;
  choices: string[];
  example: string;
  kept: boolean;
  several: boolean;
};

export type Questions = { questions: Question[]; folders: string[]; said: string };

export type Begun =
  | {
      ok: true;
      file: string;
      open: number;
      reviews: number;
      copied: string[];
      agenda?: number | null;
      agenda_said?: string;
    }
  | { ok: false; errors: { option: string; reason: string; remedy: string }[]; said: string };

export type Versions = { versions: { id: string; when: string; size: number; changed: number }[] };

/** A call of the server's API: its name, what is sent; what comes back, or an `Error` with `remedy`. */
export type Call = (name: string, body: object) => Promise<any>;
