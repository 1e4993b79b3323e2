import { join } from 'node:path';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import type { PolicyTest, PolicyTests } from '../../domain/policy/policy-tests.ts';
import { complaintOf } from './complaint-of.ts';
import type { Opa } from './find-opa.ts';
import { writeTree } from './policy-tree.ts';
import { runOpa } from './run-opa.ts';
import { capabilitiesPath, withScratch } from './scratch-folder.ts';

const limits = { workSeconds: 30, timeoutMs: 120_000 };

/** Runs `opa test` under the same capabilities as in a decision. The tree must have met no objection. */
export async function testPolicies(opa: Opa, files: readonly PolicyFile[]): Promise<PolicyTests> {
  return await withScratch(async (scratch) => {
    await writeTree(join(scratch, 'tree'), files);
    const run = await runOpa(opa, ['test', '--format', 'json', '--v1-compatible', '--capabilities', capabilitiesPath(scratch), '.'], join(scratch, 'tree'), limits);
    if (run.kind === 'unavailable') return run;
    const said = run.output.trim();
    if (said.startsWith('[')) return { kind: 'tested', tests: listOf(JSON.parse(said)).map(testOf) };
    return run.code === 0 ? { kind: 'tested', tests: [] } : { kind: 'refused', why: complaintOf(run) };
  });
}

function testOf(shown: JsonValue): PolicyTest {
  const test = isJsonObject(shown) ? shown : {};
  const place = isJsonObject(test['location']) ? test['location'] : {};
  const error = isJsonObject(test['error']) ? test['error'] : null;
  const outcome = error !== null ? 'error' : test['fail'] === true ? 'fail' : test['skip'] === true ? 'skip' : 'pass';
  return { file: textOf(place['file']), line: typeof place['row'] === 'number' ? place['row'] : 1, name: `${textOf(test['package']).replace(/^data\./, '')}.${textOf(test['name'])}`, outcome, message: error === null ? '' : textOf(error['message']) };
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.slice(0, 1_000).toWellFormed() : '';
}
