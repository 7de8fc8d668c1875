// Builds everything in static/build from assets/. The result is committed and
// the same input gives the same bytes: run it after changing anything here.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import * as sass from "sass";

const OUT = "static/build";
mkdirSync(OUT, { recursive: true });

for (const name of ["app", "editor"]) {
  const { css } = sass.compile(`assets/${name}.scss`, {
    loadPaths: ["node_modules", "assets"],
    style: "compressed",
    charset: false,
    quietDeps: true,
  });
  // Written in ASCII, so that the file reads the same under any charset.
  const { code } = await esbuild.transform(css, { loader: "css", minifyWhitespace: true });
  writeFileSync(`${OUT}/${name}.css`, code);
}

const result = await esbuild.build({
  entryPoints: ["assets/app.js", "assets/js-enabled.js", "assets/editor.js"],
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

// The licences of what went into the bundles travel with them.
const packages = new Set(["govuk-frontend"]);
for (const path of Object.keys(result.metafile.inputs)) {
  const match = path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (match) packages.add(match[1]);
}
const licences = [...packages].sort().map((name) => {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  // A package that forgot its licence file has it in assets/licences.
  const text = readFileSync(file ? join(folder, file) : `assets/licences/${name}.txt`, "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}`;
});
const rule = "-".repeat(72);
writeFileSync(
  `${OUT}/licences.txt`,
  `Software built into the files of this folder\n\n${licences.join(`\n\n${rule}\n\n`)}\n`,
);
