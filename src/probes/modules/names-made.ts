import { boundNames } from './declared-names.ts';
import { nodeAt, nodesAt } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Names that a node makes, but for those of imports: then they mean something else somewhere. */
export function namesMade(node: SyntaxNode): readonly string[] {
  if (node.type === 'VariableDeclarator') return boundNames(nodeAt(node, 'id'));
  const parameters = nodesAt(node, 'params').flatMap((one) => boundNames(one.type === 'TSParameterProperty' ? nodeAt(one, 'parameter') : one));
  const own = /^(?:Function|Class|TSDeclareFunction|TSEnum|TSModule|TSInterface|TSTypeAlias)/.test(node.type) ? boundNames(nodeAt(node, 'id')) : [];
  const caught = node.type === 'CatchClause' ? boundNames(nodeAt(node, 'param')) : [];
  return [...parameters, ...own, ...caught];
}
