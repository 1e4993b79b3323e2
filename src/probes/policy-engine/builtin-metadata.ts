import { Failure } from '../../domain/failure.ts';
import { instantOf } from '../../domain/instant.ts';
import type { RuleMetadata } from '../../domain/policy/rule-metadata.ts';

interface AboutRule {
  readonly title: string;
  readonly remedy: string;
  readonly page: string;
  /** As written. */
  readonly effectiveOn: string | null;
}

/** What is said of the built-in rules that warn until a day, sorted: of the others a judgement needs nothing. @throws Failure NOT_FOUND where a day is none */
export function builtinMetadata(about: Readonly<Record<string, AboutRule>>): readonly RuleMetadata[] {
  const dated = Object.entries(about).filter(([, { effectiveOn }]) => effectiveOn !== null);
  return dated.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([rule, { title, remedy, page, effectiveOn }]) => ({ rule, title, remedy, resources: [page], effectiveOn: instantIn(rule, effectiveOn ?? '') }));
}

function instantIn(rule: string, written: string): string {
  const instant = instantOf(written);
  if (instant === null) throw new Failure('NOT_FOUND', `Cannot use policies/builtin.json: the rule ${rule} decides from ${JSON.stringify(written)} on, expected a day. Install Plumbline again.`);
  return new Date(instant).toISOString();
}
