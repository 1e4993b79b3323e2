import { nodeAt, nodesAt, textAt } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Names that a declaration makes; none for any other statement. */
export function declaredNames(statement: SyntaxNode): readonly string[] {
  if (statement.type === 'VariableDeclaration') return nodesAt(statement, 'declarations').flatMap((one) => boundNames(nodeAt(one, 'id')));
  if (!/Declaration$|^TSDeclareFunction$|^DeclareFunction$|^TypeAlias$|^OpaqueType$/.test(statement.type)) return [];
  return firstName(nodeAt(statement, 'id'));
}

/** `namespace A.B` makes `A`. A module that is named by a text is another one. */
function firstName(id: SyntaxNode | null): readonly string[] {
  let left = id;
  while (left?.type === 'TSQualifiedName') left = nodeAt(left, 'left');
  return left?.type === 'Identifier' ? [textAt(left, 'name') ?? []].flat() : [];
}

/** Names within a pattern, which nests as deep as its author likes: without recursion. */
export function boundNames(pattern: SyntaxNode | null): readonly string[] {
  const names: string[] = [];
  const open = [pattern];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === null) continue;
    if (node.type === 'Identifier') names.push(textAt(node, 'name') ?? '');
    for (const one of [...nodesAt(node, 'elements'), ...nodesAt(node, 'properties').map((each) => (each.type === 'RestElement' ? each : nodeAt(each, 'value')))]) open.push(one);
    if (node.type === 'AssignmentPattern') open.push(nodeAt(node, 'left'));
    if (node.type === 'RestElement') open.push(nodeAt(node, 'argument'));
  }
  return names;
}
