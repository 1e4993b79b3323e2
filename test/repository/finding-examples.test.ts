import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pico from 'picocolors';
import type { FindingCode } from '../../src/domain/finding-code.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { changeGate } from '../../src/gates/change/change-gate.ts';
import { compileSchema } from '../../src/probes/schema-validation/compile-schema.ts';
import { findingPage } from '../../src/render/finding-page.ts';
import { renderPretty } from '../../src/render/pretty.ts';
import { aFile } from '../builders/a-file.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { judgeWith } from '../builders/evidence-of.ts';
import { judgeChange } from '../gates/contract/a-change.ts';
import { gateFixtures } from '../gates/contract/gate-fixtures.ts';
import { judgeBehaviorChange } from '../gates/drift/a-behavior-change.ts';
import { driftFixtures } from '../gates/drift/drift-fixtures.ts';

const example = /(?<=\n## Example\n```text\n)[^]*?(?=\n```)/;

/** Every code of contracts, schemas and behaviours: those of two gates by their fixtures, and the one that the change gate tells. */
const verdicts: readonly (readonly [FindingCode, Verdict])[] = [...gateFixtures.map(({ code, bad }) => [code, judgeChange(bad)] as const), ['schema/invalid', await invalidSchema()], ...driftFixtures.map(({ code, change }) => [code, judgeBehaviorChange(change)] as const)];

/**
 * As a terminal shows it, though one is told by the App alone (`contract/base_diverged`). `PLUMBLINE_GOLDEN=write` writes
 * the examples instead: read the difference.
 */
for (const [code, verdict] of verdicts) {
  test(`the example on the page of ${code} is its bad change as a terminal shows it`, () => {
    const file = join(import.meta.dirname, '..', '..', 'docs', findingPage(code));
    const page = readFileSync(file, 'utf8');
    if (process.env['PLUMBLINE_GOLDEN'] === 'write') writeFileSync(file, page.replace(example, () => printed(verdict)));
    assert.equal(example.exec(page)?.[0], printed(verdict));
  });
}

/** Compiled as the probe does. */
async function invalidSchema(): Promise<Verdict> {
  const path = 'api/checkout.schema.json';
  const head = '{"properties": {"total": {"$ref": "https://example.com/money.json"}}}';
  const compiled = await compileSchema(head);
  const answer = compiled.kind === 'unusable' ? compiled : compiled.validate(JSON.parse(head));
  const configured = { document: { version: 1, contracts: [{ name: 'api', paths: ['contracts/**'], schema: path }] } };
  return judgeWith(changeGate, aSnapshot({ configured, files: [aFile({ path, base: '{}', head, roles: ['own'] })] }), { contents: [head], validate: () => answer });
}

/** Digests are cut, and an invented commit looks like a commit. */
function printed(verdict: Verdict): string {
  const text = renderPretty(aDecision({ verdicts: [verdict] }), { color: pico.createColors(false) });
  const [finding = ''] = text.split('\n\n');
  return finding.replaceAll(/(sha256:[\da-f]{4})[\da-f]{60}/g, '$1…').replaceAll(/\b[\da-f]{40}\b/g, 'a1b2c3d').replaceAll(/\b[\da-f]{12}\b/g, 'a1b2c3d4e5f6');
}
