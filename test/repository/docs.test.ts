import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { readBehavior } from '../../src/domain/behavior/read-behavior.ts';
import { readDeclaredSettings } from '../../src/domain/behavior/settings/declared-settings.ts';
import { readConfiguration } from '../../src/domain/configuration/read-configuration.ts';
import type { Document } from '../../src/domain/document/document.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import { readRequest } from '../../src/domain/request/read-request.ts';
import { readWaiverFile } from '../../src/domain/waiver/read-waiver-file.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = globSync(['*.md', 'docs/**/*.md', 'deploy/**/*.md', 'examples/**/*.md'], { cwd: root });
const manifest: { readonly scripts: Readonly<Record<string, string>>; readonly name: string; readonly files: readonly string[] } & Readonly<Record<string, unknown>> = JSON.parse(read('package.json'));

test('every link between pages leads to a file that exists', () => {
  const broken = pages.flatMap((page) => linksOf(page).filter((link) => !existsSync(join(root, dirname(page), link))).map((link) => `${page} -> ${link}`));
  assert.deepEqual(broken, []);
});

test('every page that the package ships leads to pages that it ships too', () => {
  const shipped = globSync(manifest.files.flatMap((file) => [file, `${file}/**`]), { cwd: root }).map(normalize);
  assert.ok(shipped.includes('docs/differences/type_narrowed.md'));
  const missing = shipped.filter((page) => page.startsWith('docs/') && page.endsWith('.md')).flatMap((page) => linksOf(page).flatMap((link) => (!link.endsWith('.md') || shipped.includes(normalize(join(dirname(page), link))) ? [] : [`${page} -> ${link}`])));
  assert.deepEqual(missing, []);
});

test('every decision record has a number of its own, and its title has it', () => {
  const records = globSync('docs/decisions/*.md', { cwd: root }).toSorted();
  assert.deepEqual(records.map((page) => Number(/^docs\/decisions\/(\d{4})-/.exec(page)?.[1])), records.map((_, index) => index + 1));
  for (const page of records) assert.ok(read(page).startsWith(`# ${page.slice('docs/decisions/'.length).slice(0, 4)}`), page);
});

test('every npm script that a page names exists', () => {
  const unknown = pages.flatMap((page) => [...read(page).matchAll(/npm run (?:-s )?([a-z:]+)/g)].flatMap(([, script]) => (script !== undefined && script in manifest.scripts ? [] : [`${page}: ${script}`])));
  assert.deepEqual(unknown, []);
});

test('every source path that a page names exists', () => {
  const missing = pages.flatMap((page) => [...read(page).matchAll(/`((?:src|test|schemas|docs|bench|deploy|examples)\/[\w./-]+)`/g)].flatMap(([, path]) => (path !== undefined && existsSync(join(root, normalize(path))) ? [] : [`${page}: ${path}`])));
  assert.deepEqual(missing, []);
});

test('every configuration that a page shows is valid', () => {
  const shown = pages.flatMap((page) => blocksOf(page, 'yaml').filter((text) => /^version: 1$/m.test(text) && !isWaiverFile(text)).map((text) => ({ page, text })));
  assert.ok(shown.length > 0, 'no page shows a configuration');
  for (const { page, text } of shown) assert.equal(readConfiguration(new TextEncoder().encode(text), page).kind, 'valid', `${page}\n${text}`);
});

test('every waiver file and every action request that a page shows is valid', () => {
  const shown = pages.flatMap((page) => blocksOf(page, 'yaml'));
  const waivers = shown.filter(isWaiverFile).map((text) => readWaiverFile(documentOf(text)).kind);
  const requests = shown.filter((text) => /^kind: ActionRequest$/m.test(text)).map((text) => readRequest(documentOf(text).value).kind);
  assert.deepEqual([new Set(waivers), new Set(requests)], [new Set(['waivers']), new Set(['request'])]);
});

test('every behaviour and every declaration of settings that a page shows is valid', () => {
  const shown = pages.flatMap((page) => blocksOf(page, 'yaml'));
  const behaviors = shown.filter((text) => /^kind: Behavior$/m.test(text)).map((text) => readBehavior(documentOf(text)).kind);
  const declarations = shown.filter((text) => /^kind: RepositorySettings$/m.test(text)).map((text) => readDeclaredSettings(documentOf(text).value).kind);
  assert.deepEqual([new Set(behaviors), new Set(declarations)], [new Set(['behavior']), new Set(['declared'])]);
});

test('every package of the project has its reason, and no other is named', () => {
  const named = [...read('docs/dependencies.md').matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
  const used = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  assert.deepEqual(named.toSorted(), used.toSorted());
});

test('the lock file carries no registry address', () => {
  assert.doesNotMatch(read('package-lock.json'), /"resolved"|https?:\/\/[^"]*\.tgz/);
});

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function isWaiverFile(text: string): boolean {
  return /^waivers:\n +- code:/m.test(text);
}

function documentOf(text: string): Document {
  const reading = readDocument(new TextEncoder().encode(text), 'yaml');
  if (reading.kind === 'problem') throw new Error(reading.problem.message);
  return reading.document;
}

function linksOf(page: string): readonly string[] {
  const text = read(page).replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => (target === undefined || /^(https?:|mailto:|#)/.test(target) ? [] : [decodeURI(target.split('#')[0] ?? '')]));
}

function blocksOf(page: string, language: string): readonly string[] {
  return [...read(page).matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text ?? '');
}
