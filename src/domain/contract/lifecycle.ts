export const lifecycles = ['draft', 'active', 'deprecated', 'retired'] as const;

export type Lifecycle = (typeof lifecycles)[number];

const next: Readonly<Record<Lifecycle, readonly Lifecycle[]>> = {
  draft: ['active', 'retired'],
  active: ['deprecated'],
  deprecated: ['retired'],
  retired: [],
};

export function isLifecycle(value: unknown): value is Lifecycle {
  return lifecycles.some((one) => one === value);
}

/** Whether one version may go from one state to the other; staying is no transition. */
export function isTransitionAllowed(from: Lifecycle, to: Lifecycle): boolean {
  return from === to || next[from].includes(to);
}

/** Where one version may go from a state, for the words of a finding. */
export function transitionsFrom(from: Lifecycle): readonly Lifecycle[] {
  return next[from];
}
