// Prints the licences of all packages that went into a bundle; argument: what esbuild says of it (its metafile).
import { readdirSync, readFileSync } from "node:fs";

const meta = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const packages = new Set();
for (const file of Object.keys(meta.inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
  if (found) packages.add(found[1]);
}
for (const name of [...packages].sort()) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (!file) throw new Error(`${name} has no licence`);
  const text = readFileSync(`${folder}/${file}`, "utf8").replaceAll("\r\n", "\n").trim();
  process.stdout.write(`${name} ${version} (${license})\n\n${text}\n\n${"-".repeat(72)}\n\n`);
}
