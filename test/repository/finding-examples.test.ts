import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pico from 'picocolors';
import { findingPage } from '../../src/render/finding-page.ts';
import { renderPretty } from '../../src/render/pretty.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { judgeChange } from '../gates/contract/a-change.ts';
import type { ChangeInput } from '../gates/contract/a-change.ts';
import { gateFixtures } from '../gates/contract/gate-fixtures.ts';

const example = /(?<=\n## Example\n```text\n)[^]*?(?=\n```)/;

/** `PLUMBLINE_GOLDEN=write` writes the examples instead: read the difference. */
for (const { code, bad } of gateFixtures) {
  test(`the example on the page of ${code} is what plumbline check prints of its bad change`, () => {
    const file = join(import.meta.dirname, '..', '..', 'docs', findingPage(code));
    const page = readFileSync(file, 'utf8');
    if (process.env['PLUMBLINE_GOLDEN'] === 'write') writeFileSync(file, page.replace(example, () => printed(bad)));
    assert.equal(example.exec(page)?.[0], printed(bad));
  });
}

/** Digests are cut, and an invented commit looks like a commit. */
function printed(bad: ChangeInput): string {
  const text = renderPretty(aDecision({ verdicts: [judgeChange(bad)] }), { color: pico.createColors(false) });
  const [finding = ''] = text.split('\n\n');
  return finding.replaceAll(/(sha256:[\da-f]{4})[\da-f]{60}/g, '$1…').replaceAll(/\b[\da-f]{40}\b/g, 'a1b2c3d').replaceAll(/\b[\da-f]{12}\b/g, 'a1b2c3d4e5f6');
}
