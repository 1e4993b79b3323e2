import type { PolicyLevel } from './policy-level.ts';

/** Policies are many, a bundle is one. */
interface LevelWords {
  readonly give: string;
  readonly answer: string;
  readonly them: string;
  readonly they: string;
  /** What is wrong with those that no question reaches. */
  readonly areBroken: string;
  /** What can be used. */
  readonly usable: string;
}

const words: Readonly<Record<PolicyLevel['kind'], LevelWords>> = {
  rego: { give: 'give', answer: 'answer', them: 'them', they: 'they', areBroken: 'do not compile', usable: 'policies that compile' },
  bundle: { give: 'gives', answer: 'answers', them: 'it', they: 'it', areBroken: 'can not be used', usable: 'a bundle that is signed by one of the keys and can be loaded' },
};

export function levelWords({ kind }: Pick<PolicyLevel, 'kind'>): LevelWords {
  return words[kind];
}
