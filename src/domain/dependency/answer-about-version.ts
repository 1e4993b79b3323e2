import maxSatisfying from 'semver/ranges/max-satisfying.js';
import validRange from 'semver/ranges/valid.js';
import type { PackageAnswer } from '../probe-answer.ts';
import type { Ecosystem } from './dependency-file.ts';
import { isAboveAll } from './is-above-all.ts';
import type { PackageRecord } from './package-record.ts';
import { pythonVersion } from './python-version.ts';

/**
 * Whether a name, and what is wanted of it, exists. What is no version and no range that is understood asks for the name alone.
 * @param wanted As a manifest has it: `^1.2`, `latest`, `==1.4.0`; null: any.
 */
export function answerAboutVersion(record: PackageRecord, ecosystem: Ecosystem, wanted: string | null): PackageAnswer {
  if (record.kind === 'missing') return { kind: 'missing', what: 'package' };
  if (record.kind === 'withdrawn') return record;
  if (record.isWhole && record.versions.size > 0 && [...record.versions].every((version) => record.withdrawn.has(version))) return { kind: 'withdrawn', word: record.withdrawn.values().next().value ?? 'unpublished' };
  const found = wanted === null ? null : ecosystem === 'npm' ? npmVersion(record, wanted) : pythonVersionIn(record, wanted);
  if (found === null) return { kind: 'exists' };
  if (found === 'none') return record.isWhole || record.lacking?.has(wanted ?? '') === true ? { kind: 'missing', what: 'version' } : { kind: 'exists' };
  const word = record.withdrawn.get(found);
  return word === undefined ? { kind: 'exists' } : { kind: 'withdrawn', word };
}

type Published = Extract<PackageRecord, { readonly kind: 'published' }>;

/** The version that is meant, `none`, or null where none is. */
function npmVersion({ versions, tags }: Published, wanted: string): string | null {
  const text = wanted.trim();
  if (versions.has(text) || tags.has(text)) return text;
  if (text.length > 256 || validRange(text, { loose: true }) === null) return /^[a-z][\w.-]*$/i.test(text) ? 'none' : null;
  return maxSatisfying([...versions], text, { loose: true, includePrerelease: true }) ?? 'none';
}

/** Of `==1.4.0`, `===1.4.0` and `==1.4.*` whether it is there; of a range, whose program decides what it takes, whether anything can be. */
function pythonVersionIn({ versions }: Published, wanted: string): string | null {
  const [, text = '', star] = /^\s*={2,3}\s*([^\s,;*]{1,100}?)(\.\*)?\s*$/.exec(wanted) ?? [];
  const version = pythonVersion(text);
  if (version === null) return isAboveAll(wanted, versions) ? 'none' : null;
  if (star === undefined) return versions.has(version) ? version : 'none';
  return [...versions].some((one) => one.startsWith(version) && !/^\d/.test(one.slice(version.length))) ? null : 'none';
}
