import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';

const local = /^(?:workspace|link|portal|file):/;
const elsewhere = /^(?:git|github|gitlab|bitbucket|gist|https?|ssh)[+:]|^[^@\s:/]+\/[^\s:]+$|^git@/;

/** What a `package.json` names, by the key and what stands behind it; null for what lies in the repository itself. */
export function npmDependency(key: string, spec: string, kind: string): Dependency | null {
  const text = spec.trim();
  if (local.test(text)) return null;
  const alias = npmAlias(text);
  if (alias !== null) return declared(alias.name, kind, alias.wanted);
  return declared(key, kind, text, elsewhere.test(text) ? text : null);
}

/** `npm:name@range`: the package behind another name. */
export function npmAlias(spec: string): { readonly name: string; readonly wanted: string } | null {
  const [, name, wanted] = /^npm:(@?[^@\s]+)(?:@(.*))?$/.exec(spec) ?? [];
  return name === undefined || !/^@?[a-z]/i.test(name) ? null : { name, wanted: wanted ?? '*' };
}
