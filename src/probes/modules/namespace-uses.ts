import type { ModuleUse } from '../../domain/module/module-facts.ts';
import { memberTaken } from './member-taken.ts';
import { namesMade } from './names-made.ts';
import { nodeAt, nodesAt, textAt } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { useAt } from './use-at.ts';

/**
 * Names that are taken from a module as members of `import * as name`. Of a name that something else in the text has too nothing is
 * told: which of them is meant depends on the place.
 */
export function namespaceUses(body: readonly SyntaxNode[], nodes: readonly SyntaxNode[]): readonly ModuleUse[] {
  const spaces = new Map(body.filter(({ type }) => type === 'ImportDeclaration').flatMap((statement) => spacesOf(statement)));
  if (spaces.size === 0) return [];
  for (const name of nodes.flatMap(namesMade)) spaces.delete(name);
  return nodes.flatMap((node) => {
    const taken = memberTaken(node);
    const specifier = spaces.get(taken?.of ?? '');
    return specifier === undefined || taken === null ? [] : [useAt(specifier, taken.name, node)];
  });
}

function spacesOf(statement: SyntaxNode): readonly (readonly [string, string])[] {
  const specifier = textAt(nodeAt(statement, 'source'), 'value');
  if (specifier === null) return [];
  return nodesAt(statement, 'specifiers').flatMap((one) => {
    const local = textAt(nodeAt(one, 'local'), 'name');
    return one.type === 'ImportNamespaceSpecifier' && local !== null ? [[local, specifier] as const] : [];
  });
}
