import type { Annotation, CheckState, Effect } from '../../src/domain/effect.ts';

export function aState(overrides: Partial<CheckState> = {}): CheckState {
  return { status: 'completed', conclusion: 'failure', title: '1 finding', summary: 'Denied.', text: null, annotations: [], ...overrides };
}

export function aCheck(head: string, overrides: { readonly key?: string; readonly name?: string; readonly state?: CheckState } = {}): Extract<Effect, { kind: 'check' }> {
  return { kind: 'check', key: overrides.key ?? 'evaluation-1', name: overrides.name ?? 'plumbline', head, state: overrides.state ?? aState() };
}

export function annotations(count: number): readonly Annotation[] {
  return Array.from({ length: count }, (_, index) => ({ path: 'contracts/a.yaml', startLine: index + 1, endLine: index + 1, startColumn: 1, level: 'failure' as const, title: 'contract/schema_invalid', message: `finding ${index + 1}` }));
}
