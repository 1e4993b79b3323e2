import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';

/** What the token of a job may write. */
export interface WriteAccess {
  /** `write-all`, or what can not be read as less. */
  readonly everything: boolean;
  /** As the settings of the repository say, which a file does not tell: perhaps everything, perhaps nothing. */
  readonly byDefault: boolean;
  readonly scopes: ReadonlySet<string>;
}

export const noAccess: WriteAccess = { everything: false, byDefault: false, scopes: new Set() };

const byDefault: WriteAccess = { ...noAccess, byDefault: true };
const everything: WriteAccess = { ...noAccess, everything: true };

/** Of a `permissions` block. GitHub knows `read` and `none` beside `write`; any other word counts as `write`. */
export function writeAccessOf(permissions: JsonValue | undefined): WriteAccess {
  if (permissions === undefined || permissions === null) return byDefault;
  if (isJsonObject(permissions)) return { ...noAccess, scopes: new Set(Object.entries(permissions).flatMap(([scope, level]) => (isWrite(level) ? scope.toLowerCase() : []))) };
  return typeof permissions === 'string' && permissions.trim().toLowerCase() === 'read-all' ? noAccess : everything;
}

/** What any of them may write. */
export function unitedAccess(accesses: readonly WriteAccess[]): WriteAccess {
  return {
    everything: accesses.some((access) => access.everything),
    byDefault: accesses.some((access) => access.byDefault),
    scopes: new Set(accesses.flatMap((access) => [...access.scopes])),
  };
}

/** What the second may write and the first perhaps not: names of scopes, `write-all`, or `the default`. */
export function widenedAccess(from: WriteAccess, to: WriteAccess): readonly string[] {
  if (from.everything) return [];
  return [
    ...(to.everything ? ['write-all'] : []),
    ...(to.byDefault && !from.byDefault ? ['the default of the repository'] : []),
    ...[...to.scopes].filter((scope) => !from.scopes.has(scope)).toSorted(),
  ];
}

function isWrite(level: JsonValue): boolean {
  return !(typeof level === 'string' && ['read', 'none'].includes(level.trim().toLowerCase()));
}
