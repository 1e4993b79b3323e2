import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { purlOf } from '../../../domain/dependency/purl.ts';
import type { NamedByChange } from './document-packages.ts';
import type { JudgedPackage } from './judged-packages.ts';

/** A name that the change brings, and the popular one that it may be mistaken for. */
export interface TyposquatHint {
  readonly named: NamedByChange;
  readonly near: string;
}

/** Of names that are new here alone: what the base knows is known. Whether they exist is another question. */
export function typosquatHints(judged: readonly JudgedPackage[]): readonly TyposquatHint[] {
  const hints = judged.flatMap(({ named, outcome }) => ((named.isNew || named.path === null) && 'near' in outcome && outcome.near !== undefined ? [{ named, near: outcome.near }] : []));
  return [...new Map(hints.map((hint) => [`${hint.named.ecosystem}:${hint.named.name}`, hint])).values()];
}

export function typosquatFindings(hints: readonly TyposquatHint[]): readonly Finding[] {
  return hints.map(({ named, near }) => finding({ code: 'hallucination/typosquat_hint', ...(named.path === null ? {} : { path: named.path }), subject: purlOf(named.ecosystem, named.name), message: `${quoted(named.name)} is named nearly like ${quoted(near)}, which very many use: it may be another one than was meant.`, expected: quoted(near), found: quoted(named.name), next: 'Look whether it is the package that was meant.' }));
}
