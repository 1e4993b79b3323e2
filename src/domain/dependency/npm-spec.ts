import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';

/** In these letters alone: other programs take other letters for something else. */
const local = /^(workspace|link|portal|file):(?!\/\/)(.*)$/s;

/** A version, a range, a tag: nothing in it leads anywhere. A catalog is one of ranges. */
const fromIndex = /^(?:(?:npm:)?[\w.^~<>=*|+ \t-]*|catalog:[\w.-]*)$/;

/** What a `package.json` names, by the key and what stands behind it. */
export function npmDependency(key: string, spec: string, kind: string): Dependency {
  const text = spec.trim();
  const { name, wanted } = npmAlias(text) ?? { name: key, wanted: text };
  const [, protocol, place] = local.exec(wanted) ?? [];
  return { ...declared(name, kind, wanted, npmElsewhere(name, wanted)), ...(name === key ? {} : { key }), ...(place === undefined ? {} : { place: protocol === 'workspace' ? '.' : place }) };
}

/** What stands in place of a range when it is not known to be one. A patch is laid over the package that it names, which may be another. */
export function npmElsewhere(name: string, wanted: string): string | null {
  return fromIndex.test(wanted) || npmPatched(wanted)?.name === name ? null : wanted;
}

/** `patch:name@npm%3Arange#file`: what of the index a patch is laid over. */
export function npmPatched(spec: string): { readonly name: string; readonly wanted: string } | null {
  const [, name, wanted] = /^patch:(@?[^@:%]+)@npm%3A([\w.^~+-]+)#.*$/.exec(spec) ?? [];
  return name === undefined || wanted === undefined ? null : { name, wanted };
}

/** `npm:name@range`: the package behind another name. What may be a name is one, also with digits at its beginning: npm takes `npm:1.0.0` for one. */
export function npmAlias(spec: string): { readonly name: string; readonly wanted: string } | null {
  const [, name, wanted] = /^npm:(@?[^@\s]+)(?:@(.*))?$/i.exec(spec) ?? [];
  return name === undefined || !/^@?[a-z\d]/i.test(name) ? null : { name, wanted: wanted ?? '*' };
}
