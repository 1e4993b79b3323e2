import { compileGlob, globOfPath } from '../glob/glob.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { BranchEntry, Configuration, ContractField, ContractFields, ContractSet, FieldSource, RuleMode, SchemaSet } from './configuration.ts';
import { member } from './member.ts';
import { ownGlobsIn } from './own-paths.ts';
import type { OwnLevels } from './own-paths.ts';
import { ruleMode } from './rule-mode.ts';

/**
 * A validated document in domain form, every default filled in.
 * @param levels Of which it is merged; left out: it is a repository's, and nothing stands above that.
 */
export function configurationOf(document: JsonObject, defaultBranch: string, levels: Omit<OwnLevels, 'merged'> = { organization: null, repository: document, isRoot: false }): Configuration {
  return Object.freeze({
    version: 1,
    branches: branchesOf(document, defaultBranch),
    contracts: member.objects(document, 'contracts').map((set) => contractSetOf(set)),
    schemas: member.objects(document, 'schemas').map((set) => schemaSetOf(set)),
    keys: member.texts(document, 'keys'),
    rules: rulesOf(member.object(document, 'rules')),
    isRoot: levels.isRoot,
    ownGlobs: ownGlobsIn({ merged: document, ...levels }),
    policyPaths: policyPathsOf(document),
    requestPaths: member.texts(member.object(member.object(document, 'governance'), 'requests'), 'paths'),
    shortenedEntries: [],
    document,
  });
}

export function policyPathsOf(document: JsonObject): readonly string[] {
  return member.texts(member.object(document, 'governance'), 'policies');
}

/** What a document without `branches` governs. */
export function defaultBranches(defaultBranch: string): readonly JsonObject[] {
  return [{ entry: defaultBranch, names: [globOfPath(defaultBranch)] }];
}

/**
 * Only the first entry that matches the default branch is the default one: there is one bare roll-up name. What a
 * repository adds to an entry of the organisation stands apart under the same name, and shares the roll-up.
 */
function branchesOf(document: JsonObject, defaultBranch: string): readonly BranchEntry[] {
  const listed = member.objects(document, 'branches');
  const entries = listed.length > 0 ? listed : defaultBranches(defaultBranch);
  const first = entries.find((entry) => member.texts(entry, 'names').some((name) => compileGlob(name).matches(defaultBranch)));
  return entries.map((entry) => ({
    entry: member.text(entry, 'entry') ?? '',
    names: member.texts(entry, 'names'),
    require: entry['require'] !== false,
    isDefault: first !== undefined && first['entry'] === entry['entry'],
  }));
}

function contractSetOf(set: JsonObject): ContractSet {
  return {
    name: member.text(set, 'name') ?? '',
    paths: member.texts(set, 'paths'),
    schema: member.text(set, 'schema'),
    fields: fieldsOf(member.object(set, 'fields')),
    signatures: set['signatures'] === 'required' ? 'required' : 'optional',
    layout: layoutOf(set),
  };
}

function fieldsOf(written: JsonObject): ContractFields {
  const source = (name: ContractField): FieldSource => fieldSource(written[name], name);
  return {
    contractId: source('contractId'),
    contractVersion: source('contractVersion'),
    previousContractRef: source('previousContractRef'),
    policyBundleChecksum: source('policyBundleChecksum'),
    kmsKeyRef: source('kmsKeyRef'),
    lifecycle: source('lifecycle'),
    emergencyFlags: source('emergencyFlags'),
    signature: source('signature'),
  };
}

function fieldSource(written: JsonValue | undefined, name: ContractField): FieldSource {
  if (typeof written === 'string') return { kind: 'pointer', pointer: written };
  if (!isJsonObject(written)) return { kind: 'pointer', pointer: `/${name}` };
  const value = written['value'];
  return typeof value === 'string' ? { kind: 'value', value } : { kind: 'path' };
}

function schemaSetOf(set: JsonObject): SchemaSet {
  return {
    paths: member.texts(set, 'paths'),
    compatibility: member.text(set, 'compatibility') ?? 'backward',
    preset: set['preset'] === 'lenient' ? 'lenient' : 'semantic',
    layout: layoutOf(set),
  };
}

function layoutOf(set: JsonObject): 'in-place' | 'versioned' {
  return set['layout'] === 'versioned' ? 'versioned' : 'in-place';
}

/** A mode that can not be read enforces; validation has refused it before. */
function rulesOf(written: JsonObject): Readonly<Record<string, RuleMode>> {
  return Object.fromEntries(Object.entries(written).map(([code, mode]) => [code, (typeof mode === 'string' ? ruleMode(mode) : null) ?? { kind: 'enforce' }]));
}
