import type { ModuleUse } from '../../domain/module/module-facts.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** That a name, or the module alone, is taken at the place of a node. */
export function useAt(specifier: string, name: string | null, node: SyntaxNode): ModuleUse {
  const { loc } = node;
  const start = typeof loc === 'object' && loc !== null && 'start' in loc ? loc.start : null;
  return { specifier, name, line: numberAt(start, 'line') ?? 1, column: (numberAt(start, 'column') ?? 0) + 1 };
}

function numberAt(value: unknown, member: 'line' | 'column'): number | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Object.entries(value).find(([name]) => name === member)?.[1];
  return typeof found === 'number' ? found : null;
}
