import { join } from 'node:path';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import type { PolicyTest, PolicyTests } from '../../domain/policy/policy-tests.ts';
import { complaintOf } from './complaint-of.ts';
import type { Opa } from './find-opa.ts';
import { writeTree } from './policy-tree.ts';
import { readRules } from './read-rules.ts';
import { runOpa } from './run-opa.ts';
import { capabilitiesPath, withScratch } from './scratch-folder.ts';

const limits = { workSeconds: 30, timeoutMs: 120_000 };

/** Runs `opa test` on rules that would be compiled, under the same capabilities as in a decision. The tree must have met no objection. */
export async function testPolicies(opa: Opa, files: readonly PolicyFile[]): Promise<PolicyTests> {
  return await withScratch(async (scratch) => {
    await writeTree(join(scratch, 'tree'), files);
    const names = await readRules(opa, join(scratch, 'tree'), limits);
    if (names.kind !== 'rules') return names;
    const run = await runOpa(opa, ['test', '--format', 'json', '--v1-compatible', '--capabilities', capabilitiesPath(scratch), '.'], join(scratch, 'tree'), limits);
    if (run.kind === 'unavailable') return run;
    return run.output.trim().startsWith('[') ? readTests(run.output, run.code) : { kind: run.code === 0 ? 'unavailable' : 'refused', why: complaintOf(run) };
  });
}

/** What OPA reports of each test must be whole, and be what it says with its exit code. */
function readTests(output: string, code: number): PolicyTests {
  const tests = listOf(output).map(testOf);
  const read = tests.filter((test) => test !== null);
  if ((tests.length === 0 && output.replace(/\s/g, '') !== '[]') || read.length < tests.length) return { kind: 'unavailable', why: 'OPA reports a test in a form that is not known' };
  const broken = read.some(({ outcome }) => outcome === 'fail' || outcome === 'error');
  if (code === 0 ? broken : read.every(({ outcome }) => outcome === 'pass')) return { kind: 'unavailable', why: `OPA ended with the code ${code}, which is not what it reports of the tests` };
  return { kind: 'tested', tests: read };
}

/** Null for what is of another form than OPA's. */
function testOf(shown: JsonValue): PolicyTest | null {
  if (!isJsonObject(shown) || !isJsonObject(shown['location'])) return null;
  const { location: { file, row: line }, package: space, name, fail = false, skip = false, error = null } = shown;
  if (typeof file !== 'string' || typeof line !== 'number' || typeof space !== 'string' || typeof name !== 'string' || name === '') return null;
  if (typeof fail !== 'boolean' || typeof skip !== 'boolean' || !(error === null || isJsonObject(error))) return null;
  const outcome = error !== null ? 'error' : fail ? 'fail' : skip ? 'skip' : 'pass';
  return { file: cut(file), line, name: `${cut(space).replace(/^data\./, '')}.${cut(name)}`, outcome, message: typeof error?.['message'] === 'string' ? cut(error['message']) : '' };
}

/** Empty for what is no list. */
function listOf(output: string): readonly JsonValue[] {
  try {
    const value: JsonValue = JSON.parse(output);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function cut(text: string): string {
  return text.slice(0, 1_000).toWellFormed();
}
