import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { readDocument } from '../../domain/document/read-document.ts';
import type { Compilation } from '../../domain/policy/compiled-policies.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { objectionToSignatures } from './bundle-signatures.ts';
import { compiledPolicies } from './compiled-policies-of.ts';
import { ownDataIn } from './compile-policies.ts';
import { readArchive } from './read-archive.ts';

/** All that a bundle may hold beside Rego, which is only there to be read. */
const parts: ReadonlySet<string> = new Set(['policy.wasm', 'data.json', '.manifest', '.signatures.json']);
const manifestMembers: ReadonlySet<string> = new Set(['revision', 'roots', 'wasm', 'rego_version', 'file_rego_versions', 'metadata']);

/**
 * Takes policies from a ready OPA bundle: a module with the entrypoint `main/report`, signed by one of the keys. Which
 * rules it holds is stated in its manifest, `metadata.rules`, since a module does not tell.
 */
export async function loadBundle(bytes: Uint8Array, keys: readonly PublicKey[]): Promise<Compilation> {
  const archive = await readArchive(bytes);
  if (archive.kind === 'refused') return archive;
  const { files } = archive;
  const stranger = [...files.keys()].find((name) => !parts.has(name) && !name.endsWith('.rego'));
  if (stranger !== undefined) return refused(`it holds ${JSON.stringify(stranger.slice(0, 80))}, expected nothing but policy.wasm, data.json, .manifest, .signatures.json and Rego`);
  const objection = await objectionToSignatures(files, keys);
  if (objection !== null) return refused(objection);
  const manifest = jsonIn(files, '.manifest');
  if (typeof manifest === 'string') return refused(manifest);
  const rules = rulesIn(manifest);
  if (typeof rules === 'string') return refused(rules);
  const data = files.has('data.json') ? jsonIn(files, 'data.json') : {};
  if (typeof data === 'string') return refused(data);
  const own = ownDataIn(data);
  if (own !== null) return refused(own);
  const wasm = files.get('policy.wasm');
  return wasm === undefined ? refused('it holds no policy.wasm') : { kind: 'compiled', policies: compiledPolicies(Uint8Array.from(wasm), JSON.stringify(data), rules) };
}

/** The rules, or what is wrong. */
function rulesIn(manifest: JsonObject): readonly string[] | string {
  const unknown = Object.keys(manifest).find((name) => !manifestMembers.has(name));
  if (unknown !== undefined) return `its .manifest has the member ${JSON.stringify(unknown.slice(0, 80))}, which is unknown`;
  const modules = manifest['wasm'];
  const [module] = Array.isArray(modules) && modules.length === 1 ? modules : [];
  if (!isJsonObject(module) || module['entrypoint'] !== 'main/report' || module['module'] !== '/policy.wasm') return 'its .manifest does not have exactly one module, /policy.wasm for main/report';
  const metadata: JsonValue | undefined = manifest['metadata'];
  const rules = isJsonObject(metadata) && Object.keys(metadata).length === 1 ? metadata['rules'] : undefined;
  if (!Array.isArray(rules) || rules.length === 0) return 'its .manifest does not say which rules it holds, expected {"metadata": {"rules": ["<area>/<code>"]}}';
  const named = rules.filter((rule: JsonValue): rule is string => typeof rule === 'string' && /^[a-z][a-z0-9_]*\/[a-z][a-z0-9_]*$/.test(rule));
  return named.length === rules.length ? [...new Set(named)].toSorted() : 'its .manifest names a rule that is not of the form <area>/<code>';
}

function jsonIn(files: ReadonlyMap<string, Uint8Array>, name: string): JsonObject | string {
  const bytes = files.get(name);
  if (bytes === undefined) return `it holds no ${name}`;
  const reading = readDocument(bytes, 'json');
  if (reading.kind === 'problem') return `its ${name} is not readable: line ${reading.problem.position.line}, column ${reading.problem.position.column}: ${reading.problem.message}`;
  return isJsonObject(reading.document.value) ? reading.document.value : `its ${name} is no object`;
}

function refused(why: string): Compilation {
  return { kind: 'refused', why };
}
