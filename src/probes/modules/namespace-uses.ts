import type { ModuleUse } from '../../domain/module/module-facts.ts';
import { boundNames } from './declared-names.ts';
import { nodeAt, nodesAt, textAt } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { useAt } from './use-at.ts';

/** Where a node has the object and the name of a member, by its type. */
const members: Readonly<Record<string, readonly [object: string, name: string]>> = {
  MemberExpression: ['object', 'property'],
  OptionalMemberExpression: ['object', 'property'],
  TSQualifiedName: ['left', 'right'],
  JSXMemberExpression: ['object', 'property'],
};

/**
 * Names that are taken from a module as members of `import * as name`. Of a name that something else in the text has too nothing is
 * told: which of them is meant depends on the place.
 */
export function namespaceUses(body: readonly SyntaxNode[], nodes: readonly SyntaxNode[]): readonly ModuleUse[] {
  const spaces = new Map(body.filter(({ type }) => type === 'ImportDeclaration').flatMap((statement) => spacesOf(statement)));
  if (spaces.size === 0) return [];
  for (const name of nodes.flatMap(otherNames)) spaces.delete(name);
  return nodes.flatMap((node) => {
    const [object, name] = members[node.type] ?? [];
    if (object === undefined || name === undefined || node['computed'] === true) return [];
    const specifier = spaces.get(textAt(nodeAt(node, object), 'name') ?? '');
    const member = textAt(nodeAt(node, name), 'name');
    return specifier === undefined || member === null ? [] : [useAt(specifier, member, node)];
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

/** Names that something else than an import makes, wherever it stands. */
function otherNames(node: SyntaxNode): readonly string[] {
  if (node.type === 'VariableDeclarator') return boundNames(nodeAt(node, 'id'));
  const parameters = nodesAt(node, 'params').flatMap((one) => boundNames(one.type === 'TSParameterProperty' ? nodeAt(one, 'parameter') : one));
  const own = /^(?:Function|Class|TSDeclareFunction|TSEnum|TSModule|TSInterface|TSTypeAlias)/.test(node.type) ? boundNames(nodeAt(node, 'id')) : [];
  const caught = node.type === 'CatchClause' ? boundNames(nodeAt(node, 'param')) : [];
  return [...parameters, ...own, ...caught];
}
