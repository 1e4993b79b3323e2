import { canonicalText } from '../canonical.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { cappedWhitelist } from './capped-whitelist.ts';
import { configurationKeys } from './configuration-key.ts';
import type { ConfigurationKey } from './configuration-key.ts';
import { mergeConfiguration } from './merge-configuration.ts';

/** One key of the configuration in force, and who set it. */
export interface EffectiveKey {
  /** Dotted, with the number or the name of list items: `contracts.workspace.signatures`. */
  readonly key: string;
  readonly value: JsonValue;
  readonly setBy: 'organisation' | 'repository' | 'default';
}

/** Every key of the configuration in force, defaults included, in the order of the schema. */
export function effectiveReport(levels: { readonly organization: JsonObject | null; readonly repository: JsonObject | null; readonly defaultBranch: string }): readonly EffectiveKey[] {
  const { organization, repository } = levels;
  const { configuration } = mergeConfiguration(levels);
  const branches = configuration.branches.map(({ entry, names, require }) => ({ entry, names, require }));
  const shown = { ...configuration.document, branches };
  const capped = repository === null || organization === null ? repository : cappedWhitelist(repository, organization);
  const keys = report(configurationKeys, { value: shown, organization: organization ?? undefined, repository: capped ?? undefined }, '');
  return organization === null ? keys.filter(({ key }) => key !== cap) : keys;
}

/** Caps nothing where the organisation has no configuration. */
const cap = 'governance.repositoryMaxTier';

interface Compared {
  readonly value: JsonValue | undefined;
  readonly organization: JsonValue | undefined;
  readonly repository: JsonValue | undefined;
}

function report(key: ConfigurationKey, compared: Compared, name: string): readonly EffectiveKey[] {
  switch (key.kind) {
    case 'group':
      return Object.entries(key.keys).flatMap(([part, below]) => report(below, memberOf(compared, part), join(name, part)));
    case 'map':
      return isJsonObject(compared.value) ? Object.keys(compared.value).flatMap((part) => report(key.values, memberOf(compared, part), join(name, part))) : [];
    case 'list':
      return Array.isArray(compared.value) ? listed(key, compared, compared.value, name) : [];
    case 'value': {
      const value = compared.value ?? key.fallback;
      return value === null ? [] : [{ key: name, value, setBy: setBy({ ...compared, value }) }];
    }
  }
}

function listed(key: Extract<ConfigurationKey, { kind: 'list' }>, compared: Compared, items: readonly JsonValue[], name: string): readonly EffectiveKey[] {
  return items.flatMap((item, index) => {
    const identity = key.identity;
    if (identity === null) {
      return [{ key: join(name, String(index)), value: item, setBy: setBy({ value: item, ...holders(compared, (other) => isEqual(other, item)) }) }];
    }
    const id = identityOf(item, identity);
    // What the repository adds to an item of the organisation stands as one more item of that name.
    const nth = items.slice(0, index).filter((other: JsonValue) => identityOf(other, identity) === id).length;
    return report(key.items, { value: item, ...holders(compared, (other) => identityOf(other, identity) === id) }, join(name, nth === 0 ? id : `${id}+${nth}`));
  });
}

/** The items of both levels that stand for the shown one. */
function holders(compared: Compared, isSame: (item: JsonValue) => boolean): Omit<Compared, 'value'> {
  const find = (items: JsonValue | undefined): JsonValue | undefined => (Array.isArray(items) ? items.find((item: JsonValue) => isSame(item)) : undefined);
  return { organization: find(compared.organization), repository: find(compared.repository) };
}

function setBy({ value, organization, repository }: Compared): EffectiveKey['setBy'] {
  if (value === undefined) return 'default';
  if (organization !== undefined && isEqual(organization, value)) return 'organisation';
  return repository !== undefined && isEqual(repository, value) ? 'repository' : 'default';
}

function memberOf(compared: Compared, name: string): Compared {
  const part = (value: JsonValue | undefined): JsonValue | undefined => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  return { value: part(compared.value), organization: part(compared.organization), repository: part(compared.repository) };
}

function identityOf(item: JsonValue, identity: string): string {
  const value = isJsonObject(item) ? item[identity] : undefined;
  return typeof value === 'string' ? value : '';
}

function join(name: string, part: string): string {
  return name === '' ? part : `${name}.${part}`;
}

function isEqual(a: JsonValue, b: JsonValue): boolean {
  return canonicalText(a) === canonicalText(b);
}
