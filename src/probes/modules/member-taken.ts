import { nodeAt, textAt } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Where a node has the object and the name of a member, by its type. */
const members: Readonly<Record<string, readonly [object: string, name: string]>> = {
  MemberExpression: ['object', 'property'],
  OptionalMemberExpression: ['object', 'property'],
  TSQualifiedName: ['left', 'right'],
  JSXMemberExpression: ['object', 'property'],
};

/** The member that a node takes of something that has a name; null where it takes none, or one that is reckoned. */
export function memberTaken(node: SyntaxNode): { readonly of: string; readonly name: string } | null {
  const [object, name] = members[node.type] ?? [];
  if (object === undefined || name === undefined || node['computed'] === true) return null;
  const [of, member] = [textAt(nodeAt(node, object), 'name'), textAt(nodeAt(node, name), 'name')];
  return of === null || member === null ? null : { of, name: member };
}
