import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { Compilation } from '../../domain/policy/compiled-policies.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import { complaintOf } from './complaint-of.ts';
import { compiledPolicies } from './compiled-policies-of.ts';
import type { Opa } from './find-opa.ts';
import { isTestPath, ownFolder, writeTree } from './policy-tree.ts';
import { readArchive } from './read-archive.ts';
import { readRules } from './read-rules.ts';
import { runOpa } from './run-opa.ts';
import { capabilitiesPath, withScratch } from './scratch-folder.ts';

const limits = { workSeconds: 10, timeoutMs: 60_000 };
/** Compiles Rego, which may be hostile, together with our entrypoint. The tree must have met no objection. */
export async function compilePolicies(opa: Opa, files: readonly PolicyFile[], main: string): Promise<Compilation> {
  return await withScratch(async (scratch) => {
    await writeTree(join(scratch, 'source'), files);
    const names = await readRules(opa, join(scratch, 'source'), limits);
    if (names.kind !== 'rules') return names;
    await writeTree(join(scratch, 'tree'), files.filter(({ path }) => !isTestPath(path)));
    await writeTree(join(scratch, 'tree', ownFolder), [{ path: 'main.rego', bytes: new TextEncoder().encode(main) }]);
    const built = await runOpa(opa, ['build', '--target', 'wasm', '--entrypoint', 'main/report', '--v1-compatible', '--capabilities', capabilitiesPath(scratch), '--output', join(scratch, 'built.tar.gz'), '.'], join(scratch, 'tree'), limits);
    if (built.kind === 'unavailable') return built;
    if (built.code !== 0) return { kind: 'refused', why: complaintOf(built) };
    const archive = await readArchive(await readFile(join(scratch, 'built.tar.gz')));
    if (archive.kind === 'refused') return { kind: 'unavailable', why: `OPA built what can not be read: ${archive.why}` };
    const [wasm, data] = [archive.files.get('policy.wasm'), archive.files.get('data.json')];
    if (wasm === undefined) return { kind: 'unavailable', why: 'OPA built no module' };
    const text = data === undefined ? '{}' : Buffer.from(data).toString('utf8');
    const own = ownDataIn(JSON.parse(text));
    return own === null ? { kind: 'compiled', policies: compiledPolicies(wasm, text, names.rules, names.metadata) } : { kind: 'refused', why: own };
  });
}

/** Values in these places would speak for rules, or for the report itself. Null when there are none. */
export function ownDataIn(data: JsonValue): string | null {
  const own = isJsonObject(data) ? ['main', 'plumbline'].find((name) => Object.hasOwn(data, name)) : null;
  return own === undefined ? null : `found ${own === null ? 'data that is no object' : `data at data.${own}, which is Plumbline's own place`}`;
}
