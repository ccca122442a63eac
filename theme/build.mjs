// Builds the theme into the folder given (default: the kit itself): CSS, htmx, fonts, icons and their licences.
// Run by `python3 dev.py theme`; `python3 dev.py check` runs it into a scratch folder and compares.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = process.argv[2] ?? join(root, "src/vafa/kit");
const modules = join(root, "node_modules");

function copy(from, to) {
  mkdirSync(dirname(join(out, to)), { recursive: true });
  copyFileSync(join(modules, from), join(out, to));
}

function css() {
  const cli = join(modules, "@tailwindcss/cli/dist/index.mjs");
  const target = join(out, "static/kit/vafa.css");
  mkdirSync(dirname(target), { recursive: true });
  execFileSync(process.execPath, [cli, "-i", "theme/vafa.css", "-o", target, "--minify"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

// Icons keep only their paths: `<c-icon>` brings the frame, so size and direction are decided in one place.
function icons() {
  const names = JSON.parse(readFileSync(join(root, "theme/icons.json"), "utf8"));
  const folder = join(out, "icons");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of Object.entries(names)) {
    const svg = readFileSync(join(modules, `@tabler/icons/icons/outline/${source}.svg`), "utf8");
    const shapes = svg.match(/<(path|circle|rect|line|polyline)\b[^>]*>/g).filter((shape) => !shape.includes('stroke="none"'));
    writeFileSync(join(folder, `${name}.svg`), shapes.join("") + "\n");
  }
}

css();
icons();
copy("htmx.org/dist/htmx.min.js", "static/kit/htmx.min.js");
copy("vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2", "static/kit/fonts/vazirmatn.woff2");
copy("@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2", "static/kit/fonts/figtree.woff2");
copy("@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2", "static/kit/fonts/figtree-ext.woff2");
copy("vazirmatn/OFL.txt", "static/kit/LICENSES/vazirmatn.txt");
copy("@fontsource-variable/figtree/LICENSE", "static/kit/LICENSES/figtree.txt");
copy("htmx.org/LICENSE", "static/kit/LICENSES/htmx.txt");
copy("@tabler/icons/LICENSE", "static/kit/LICENSES/tabler-icons.txt");
copy("daisyui/LICENSE", "static/kit/LICENSES/daisyui.txt");
copy("tailwindcss/LICENSE", "static/kit/LICENSES/tailwindcss.txt");
// What every page loads is compressed once, here; the server sends it as it is.
for (const name of ["vafa.css", "htmx.min.js"]) {
  const path = join(out, "static/kit", name);
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
}
