/**
 * The built-in rules as they are shipped: `policies/builtin.wasm`, `policies/builtin.json` with what a module does not tell,
 * and `policies/.manifest`, so that the folder is a bundle of OPA's. Run with `write` after a change of the Rego, of its data or of OPA; a test compares the files with what this makes.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBuiltinSources } from '../src/probes/policy-engine/builtin-sources.ts';
import { createPolicyEngine } from '../src/probes/policy-engine/policy-engine.ts';
import { pinnedOpa } from './policy-capabilities.ts';

export const policiesFolder = join(import.meta.dirname, '..', 'policies');

export interface BuiltinPolicies {
  readonly wasm: Uint8Array;
  /** The text of the JSON file. */
  readonly descriptor: string;
  /** The text of the manifest. */
  readonly manifest: string;
}

export async function makeBuiltinPolicies(): Promise<BuiltinPolicies> {
  const engine = createPolicyEngine({ cacheFolder: null, places: {} });
  try {
    const compilation = await engine.compile(await readBuiltinSources());
    if (compilation.kind !== 'compiled') throw new Error(`The built-in rules are ${compilation.kind}: ${compilation.why}`);
    const { wasm, data, rules, digest } = compilation.policies;
    const manifest = { revision: digest, roots: ['defaults', 'lib', 'main', 'main_test', 'meta', 'meta_test', 'plumbline'], rego_version: 1, metadata: { rules } };
    return { wasm, manifest: textOf(manifest), descriptor: textOf({ digest, data, rules, about: aboutRules() }) };
  } finally {
    await engine.close();
  }
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

interface Annotation {
  readonly path?: readonly { readonly value: string }[];
  readonly annotations: { readonly scope: string; readonly title?: string; readonly description?: string; readonly related_resources?: readonly { readonly ref: string }[]; readonly custom?: Readonly<Record<string, unknown>> };
}

/** What each rule's METADATA says, so that telling it needs no OPA. A policy about the policies sees to it that all of it is there. */
function aboutRules(): Readonly<Record<string, unknown>> {
  const inspected: { readonly annotations: readonly Annotation[] } = JSON.parse(execFileSync(pinnedOpa(), ['inspect', '--annotations', '--v1-compatible', '--format', 'json', 'rules'], { cwd: policiesFolder, encoding: 'utf8' }));
  const packages = inspected.annotations.filter(({ annotations }) => annotations.scope === 'package');
  const told = packages.map(({ path = [], annotations: { title, description, related_resources: [page] = [], custom = {} } }) => {
    const { severity, remedy, effective_on: effectiveOn = null } = custom;
    return [path.slice(-2).map(({ value }) => value).join('/'), { title, description, page: page?.ref, severity, remedy, effectiveOn }] as const;
  });
  return Object.fromEntries(told.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv[1] === import.meta.filename && process.argv[2] === 'write') {
  const { wasm, descriptor, manifest } = await makeBuiltinPolicies();
  writeFileSync(join(policiesFolder, 'builtin.wasm'), wasm);
  writeFileSync(join(policiesFolder, 'builtin.json'), descriptor);
  writeFileSync(join(policiesFolder, '.manifest'), manifest);
}
