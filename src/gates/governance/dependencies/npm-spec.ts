import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';

/** In these letters alone: other programs take other letters for something else. */
const local = /^(?:workspace|link|portal|file):(?!\/\/)/;

/** A version, a range, a tag: nothing in it leads anywhere. A catalog is one of ranges, and a patch is laid over a package of the index. */
const fromIndex = /^(?:(?:npm:)?[\w.^~<>=*|+ \t-]*|catalog:[\w.-]*|patch:@?[^@:%]+@npm%3A[\w.^~+-]+#.*)$/;

/** What a `package.json` names, by the key and what stands behind it; null for what lies in the repository itself. */
export function npmDependency(key: string, spec: string, kind: string): Dependency | null {
  const text = spec.trim();
  if (local.test(text)) return null;
  const { name, wanted } = npmAlias(text) ?? { name: key, wanted: text };
  return declared(name, kind, wanted, npmElsewhere(wanted));
}

/** What stands in place of a range when it is not known to be one. */
export function npmElsewhere(wanted: string): string | null {
  return fromIndex.test(wanted) ? null : wanted;
}

/** `npm:name@range`: the package behind another name. */
export function npmAlias(spec: string): { readonly name: string; readonly wanted: string } | null {
  const [, name, wanted] = /^npm:(@?[^@\s]+)(?:@(.*))?$/i.exec(spec) ?? [];
  return name === undefined || !/^@?[a-z]/i.test(name) ? null : { name, wanted: wanted ?? '*' };
}
