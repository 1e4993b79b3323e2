import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');

/** The pure libraries that the inner layers may use, beside what a layer is listed with. */
const pureLibraries = ['node:crypto', 'croner', 'yaml', 'semver', 'ajv', 'ajv-formats', 'smol-toml'];

/** Loads a pure library with the first use of it. */
const loader = 'node:module';

/** What each layer may import: other layers, single files, and packages. `*` allows every package. */
const layers: Readonly<Record<string, { readonly may: readonly string[]; readonly packages: readonly string[] }>> = {
  domain: { may: ['domain', 'schemas', 'policies/defaults'], packages: [...pureLibraries, loader] },
  gates: { may: ['domain', 'gates'], packages: pureLibraries },
  audit: { may: ['domain', 'audit', 'schemas'], packages: ['node:buffer', 'node:crypto', 'node:zlib', 'ajv', 'ajv-formats'] },
  render: { may: ['domain', 'audit', 'render', 'schemas'], packages: ['diff', 'picocolors'] },
  flows: { may: ['domain', 'gates', 'audit', 'render', 'flows', 'schemas'], packages: ['node:crypto', 'node:zlib', 'ajv', 'ajv-formats'] },
  github: { may: ['domain', 'flows/ports', 'render', 'github', 'package.json'], packages: ['*'] },
  probes: { may: ['domain', 'flows/ports', 'probes', 'schemas'], packages: ['*'] },
  keys: { may: ['domain', 'flows/ports', 'audit', 'keys'], packages: ['*'] },
  anchors: { may: ['domain', 'flows/ports', 'audit', 'anchors'], packages: ['*'] },
  store: { may: ['domain', 'flows/ports', 'audit', 'store', 'schemas'], packages: ['*'] },
  worker: { may: ['domain', 'gates', 'audit', 'render', 'flows', 'worker'], packages: ['*'] },
  web: { may: ['domain', 'gates', 'audit', 'render', 'flows', 'web', 'schemas', 'package.json'], packages: ['*'] },
};

/** Where adapters and flows are put together: these alone may import everything. */
const compositionRoots = ['main.ts', 'app.ts', 'config.ts', 'config', 'cli'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
  /** Loaded when the code comes there. */
  readonly isLate: boolean;
}

const imports: readonly Import[] = globSync('src/**/*.ts', { cwd: root }).flatMap((file) => importsOf(file));

test('every import keeps to the table of layers', () => {
  assert.deepEqual(imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} -> ${to}`), []);
});

test('a gate imports nothing of another gate', () => {
  const folder = (path: string) => /^src\/gates\/([^/]+)\//.exec(path)?.[1];
  const crossing = imports.filter(({ from, to }) => folder(from) !== undefined && folder(to) !== undefined && folder(from) !== folder(to));
  assert.deepEqual(crossing, []);
});

test('no file imports itself through others', () => {
  assert.deepEqual(cycles(), []);
});

test('pure layers read no clock and draw nothing by chance', () => {
  const impure = globSync('src/{domain,gates,audit,render}/**/*.ts', { cwd: root }).filter((file) => {
    const text = codeOf(file);
    return /\bDate\.now\(|new Date\(\)|Math\.random\(|randomBytes|randomUUID|process\.|performance\./.test(text);
  });
  assert.deepEqual(impure, []);
});

test('Octokit is imported in one file alone', () => {
  const files = new Set(imports.filter(({ to }) => to === 'octokit' || to.startsWith('@octokit/core')).map(({ from }) => from));
  assert.ok(files.size <= 1, [...files].join(', '));
});

test('what judges a range is loaded without what speaks to the network or verifies signatures of bundles: most changes need neither', () => {
  const reached = new Set(['src/cli/check/run-check.ts']);
  for (const file of reached) for (const { from, to, isTypeOnly, isLate } of imports) if (from === file && !isTypeOnly && !isLate) reached.add(to);
  assert.equal(reached.has('src/probes/policy-engine/policy-engine.ts'), true);
  assert.deepEqual(['node:http', 'node:https', 'jose'].filter((name) => reached.has(name)), []);
});

function importsOf(file: string): readonly Import[] {
  const found = codeOf(file).matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g);
  return [...found].map((match) => ({ from: file, to: resolved(file, match[2] ?? match[3] ?? match[4] ?? ''), isTypeOnly: match[1] !== undefined, isLate: match[3] !== undefined }));
}

function codeOf(file: string): string {
  return readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
}

function resolved(file: string, specifier: string): string {
  return specifier.startsWith('.') ? relative(root, join(root, dirname(file), specifier)) : specifier;
}

function isAllowed({ from, to }: Import): boolean {
  const place = from.slice('src/'.length);
  if (compositionRoots.some((name) => place === name || place.startsWith(`${name}/`))) return true;
  const layer = layers[place.split('/')[0] ?? ''];
  if (layer === undefined) return false;
  if (to.startsWith('src/')) return layer.may.some((allowed) => to === `src/${allowed}` || to.startsWith(`src/${allowed}/`));
  if (/^(schemas\/|policies\/defaults\/|package\.json)/.test(to)) return layer.may.some((allowed) => to === allowed || to.startsWith(`${allowed}/`));
  return layer.packages.includes('*') || layer.packages.includes(packageOf(to));
}

/** A single file of a package counts as the package. */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

function cycles(): readonly string[] {
  const edges = Map.groupBy(imports.filter(({ to, isTypeOnly }) => to.startsWith('src/') && !isTypeOnly), ({ from }) => from);
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') return void found.push([...path, file].join(' -> '));
    state.set(file, 'open');
    for (const { to } of edges.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}
