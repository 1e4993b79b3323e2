import type { Ecosystem } from '../../domain/dependency/dependency-file.ts';

/** Of npm: with a scope or without, nothing in it that is more than a part of a path. Names of old may have capitals. */
const npm = /^(?:@[a-z\d~-][\w.~-]*\/)?[a-z\d~_-][\w.~()'!*-]*$/i;
/** PEP 508, normalised (PEP 503). */
const pypi = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/;

/** Whether a registry could have a name at all. What it could not have is asked of nobody. */
export function isPackageName(ecosystem: Ecosystem, name: string): boolean {
  return name.length <= 214 && (ecosystem === 'npm' ? npm : pypi).test(name);
}
