import { resolve } from 'node:path';
import type { PolicyTests } from '../../domain/policy/policy-tests.ts';
import { readBuiltinSources } from '../../probes/policy-engine/builtin-sources.ts';
import { policyTestsJson, policyTestsPretty } from '../../render/policy-tests.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { openPolicyEngine } from './open-policy-engine.ts';
import { readPolicyFolder } from './read-policy-folder.ts';

/** Each test that fails on standard output, and how many there are; the exit code says it too. @param folder Null for the built-in rules. */
export async function runPolicyTests(terminal: Terminal, folder: string | null, format: 'pretty' | 'json'): Promise<number> {
  const files = folder === null ? await readBuiltinSources() : await readPolicyFolder(resolve(terminal.directory, folder), folder);
  const engine = openPolicyEngine(terminal);
  try {
    const tests = await engine.test(files);
    terminal.write(format === 'json' ? policyTestsJson(tests) : policyTestsPretty(tests, folder ?? 'the built-in rules', terminal.color));
    return codeOf(tests);
  } finally {
    await engine.close();
  }
}

/** No test at all proves nothing, and one that was skipped neither. */
function codeOf(tests: PolicyTests): number {
  if (tests.kind !== 'tested') return tests.kind === 'refused' ? exitCodes.deny : exitCodes.unknown;
  return tests.tests.length > 0 && tests.tests.every(({ outcome }) => outcome === 'pass') ? exitCodes.allow : exitCodes.deny;
}
