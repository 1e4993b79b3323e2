import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import type { CompiledPolicies, Compilation } from '../../../src/domain/policy/compiled-policies.ts';
import type { PolicyFile } from '../../../src/domain/policy/policy-file.ts';
import { createPolicyEngine } from '../../../src/probes/policy-engine/policy-engine.ts';
import type { EngineOptions, PolicyEngine } from '../../../src/probes/policy-engine/policy-engine.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';

export const mainRego = readFileSync(join(import.meta.dirname, '..', '..', '..', 'policies', 'main', 'main.rego'), 'utf8');

/** For a whole file of tests, with a cache of its own. The OPA is the one of the package, or the one that is named, to try a newer one. */
export function anEngine(options: Partial<EngineOptions> = {}): { readonly engine: PolicyEngine; readonly folder: string } {
  const { path, remove } = aTemporaryDirectory();
  const engine = createPolicyEngine({ cacheFolder: join(path, 'cache'), places: { OPA_PATH: process.env['OPA_PATH'] }, ...options });
  after(async () => {
    await engine.close();
    remove();
  });
  return { engine, folder: path };
}

export function policyFiles(files: Readonly<Record<string, string>>): readonly PolicyFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}

/** A rule of the area `t`: its code, and its body below the imports. */
export function aRule(code: string, body: string): Readonly<Record<string, string>> {
  return { [`rules/t/${code}/${code}.rego`]: `package plumbline.rules.t.${code}\n\nimport rego.v1\n\n${body}\n` };
}

export function policiesOf(compilation: Compilation): CompiledPolicies {
  if (compilation.kind === 'compiled') return compilation.policies;
  throw new Error(`${compilation.kind}: ${compilation.why}`);
}
