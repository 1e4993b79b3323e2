import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { ResourceDifference } from './difference.ts';

export type PlanReading = { readonly kind: 'plan'; readonly differences: readonly ResourceDifference[] } | { readonly kind: 'unreadable'; readonly why: string };

const mostResources = 100_000;
const mostCharacters = 1_000;

/** What a plan may list to be done with a resource. */
const known: readonly JsonValue[] = ['no-op', 'create', 'read', 'update', 'delete', 'forget'];

/**
 * What a plan in Terraform's JSON output format 1.x (`terraform show -json`) would change, in the order of the addresses. It is
 * hostile: what is no whole plan is unreadable, never an empty one. A plan without resources leaves `resource_changes` out.
 */
export function plannedChanges(plan: JsonValue): PlanReading {
  const format = isJsonObject(plan) ? memberOf(plan, 'format_version') : null;
  if (!isJsonObject(plan) || typeof format !== 'string' || !/^1\.\d{1,4}$/.test(format)) return unreadable('no plan of the format 1.x');
  // A state in JSON has the same format and `values`: it would look like a plan without changes.
  if (!isJsonObject(memberOf(plan, 'planned_values'))) return unreadable('no plan: it has no planned_values');
  if (isFlag(plan, 'errored', true)) return unreadable('a plan that failed');
  if (isFlag(plan, 'complete', false)) return unreadable('a plan that leaves changes for later');
  const changes = memberOf(plan, 'resource_changes') ?? [];
  if (!Array.isArray(changes) || changes.length > mostResources) return unreadable(`no list of at most ${mostResources} resource_changes`);
  const differences: ResourceDifference[] = [];
  for (const change of changes) {
    const resource = resourceOf(change);
    if (resource === null) return unreadable('a resource change without an address or with unknown actions');
    if (resource.actions.some((action) => action !== 'no-op')) differences.push(resource);
  }
  return { kind: 'plan', differences: differences.toSorted((a, b) => (a.address < b.address ? -1 : 1)) };
}

function resourceOf(change: JsonValue): ResourceDifference | null {
  if (!isJsonObject(change)) return null;
  const [address, inside] = [memberOf(change, 'address'), memberOf(change, 'change')];
  const actions = isJsonObject(inside) ? memberOf(inside, 'actions') : undefined;
  if (typeof address !== 'string' || address === '' || address.length > mostCharacters || !Array.isArray(actions)) return null;
  const words = actions.filter((action) => typeof action === 'string').filter((action) => known.includes(action));
  return words.length === 0 || words.length !== actions.length ? null : { kind: 'planned', address, actions: words };
}

function memberOf(value: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Anything but a boolean where one is expected counts as the bad one. */
function isFlag(plan: JsonObject, name: string, bad: boolean): boolean {
  const value = memberOf(plan, name);
  return value !== undefined && value !== !bad;
}

function unreadable(why: string): PlanReading {
  return { kind: 'unreadable', why };
}
