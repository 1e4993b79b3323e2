import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findingRules, isFindingCode, ruleOf } from '../../src/domain/finding-code.ts';
import type { FindingCode } from '../../src/domain/finding-code.ts';
import { leftoverCodes } from '../../src/domain/leftover/leftover.ts';
import { failureCodes } from '../../src/domain/failure.ts';
import { findingPage } from '../../src/render/finding-page.ts';
import { findingTitles } from '../../src/render/finding-title.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const codes = Object.keys(findingRules).filter(isFindingCode);
/** Of the audit log and the digest, never of a decision. */
const eventCodes = ['governance/bypassed', ...leftoverCodes.filter((code) => !isFindingCode(code))];
const findingSections = ['What it means', 'Why it matters', 'How to mend it', 'Can it be waived', 'Example'];
const errorSections = ['What it means', 'What Plumbline does', 'What to do', 'Example'];

test('every code of a finding or an event has a page, and no page is without a code', () => {
  assert.deepEqual(pagesBelow('findings'), [...codes, ...eventCodes].map((code) => `${code}.md`).toSorted());
});

test('every failure code has a page, and no page is without a code', () => {
  assert.ok(failureCodes.length > 0);
  assert.deepEqual(pagesBelow('errors'), failureCodes.map((code) => `${code}.md`).toSorted());
});

test('every page is named after its code and has each section with something in it', () => {
  for (const code of codes) assertPage(findingPage(code), code, findingSections);
  for (const code of eventCodes) assertPage(`findings/${code}.md`, code, findingSections);
  for (const code of failureCodes) assertPage(`errors/${code}.md`, code, errorSections);
});

test('every finding page carries the title of its rule and shows its own code in the example', () => {
  for (const code of codes) {
    const text = pageOf(findingPage(code));
    assert.ok(text.includes(`**${findingTitles[code]}.**`), code);
    assert.match(sectionOf(text, 'Example'), new RegExp(`  ${code}\\b[\\s\\S]*\\n  next: `), code);
  }
});

test('every finding page says of waiving what the code does', () => {
  const wrong = codes.filter((code) => sectionOf(pageOf(findingPage(code)), 'Can it be waived').startsWith('Yes') !== ruleOf(code).waivable);
  assert.deepEqual(wrong, []);
});

test('the list of findings states severity and waivability as the code does', () => {
  const rows = [...pageOf('findings/README.md').matchAll(/^\| \[`([^`]+)`\]\(([^)]+)\) \| (\w+) \| (yes|–) \|/gm)].map(([, code, link, severity, waivable]) => [code, link, severity, waivable]);
  assert.deepEqual(rows, [...codes.map((code) => [code, `${code}.md`, ...wordsOf(code)]), ...eventCodes.map((code) => [code, `${code}.md`, 'event', '–'])]);
});

test('the list of errors names every code', () => {
  const listed = [...pageOf('errors/README.md').matchAll(/^\| \[`([A-Z_]+)`\]/gm)].map(([, code]) => code);
  assert.deepEqual(new Set(listed), new Set(failureCodes));
});

function wordsOf(code: FindingCode): readonly string[] {
  const { severity, waivable } = ruleOf(code);
  return [severity, waivable ? 'yes' : '–'];
}

function pagesBelow(folder: string): readonly string[] {
  return globSync('**/*.md', { cwd: join(docs, folder) }).filter((page) => page !== 'README.md').toSorted();
}

function pageOf(path: string): string {
  return readFileSync(join(docs, path), 'utf8');
}

function assertPage(path: string, code: string, sections: readonly string[]): void {
  const text = pageOf(path);
  assert.equal(text.split('\n')[0], `# \`${code}\``);
  assert.deepEqual([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading), sections, path);
  for (const section of sections) assert.ok(sectionOf(text, section).length > 3, `${path}: ${section}`);
}

function sectionOf(text: string, heading: string): string {
  return text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0]?.trim() ?? '';
}
