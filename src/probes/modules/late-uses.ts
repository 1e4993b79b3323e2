import type { ModuleUse } from '../../domain/module/module-facts.ts';
import { childrenOf, nodeAt, nodesAt, textAt } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { useAt } from './use-at.ts';

/**
 * Modules that are loaded when the code comes there (`import()`, `require()`), or named by a type, with the names that are taken at once.
 * What is tried (`try`, `.catch`) may be missing: nothing is told of it.
 */
export function lateUses(nodes: readonly SyntaxNode[]): readonly ModuleUse[] {
  const tried = new Set(nodes.filter(isTrying).flatMap(withAllBelow));
  const named = new Map(nodes.flatMap(namesTaken));
  return nodes.flatMap((node) => {
    const specifier = tried.has(node) ? null : specifierOf(node);
    if (specifier === null) return [];
    const taken = node.type === 'TSImportType' ? typeName(node) : (named.get(node) ?? []);
    return taken.length === 0 ? [useAt(specifier, null, node)] : taken.map(({ name, at }) => useAt(specifier, name, at));
  });
}

function specifierOf(node: SyntaxNode): string | null {
  if (node.type === 'ImportExpression') return literalOf(nodeAt(node, 'source'));
  if (node.type === 'TSImportType') return literalOf(nodeAt(node, 'source')) ?? literalOf(nodeAt(node, 'argument'));
  const isRequire = node.type === 'CallExpression' && textAt(nodeAt(node, 'callee'), 'name') === 'require';
  return isRequire ? literalOf(nodesAt(node, 'arguments')[0] ?? null) : null;
}

function literalOf(node: SyntaxNode | null): string | null {
  return node?.type === 'StringLiteral' ? textAt(node, 'value') : null;
}

interface TakenName {
  readonly name: string;
  /** Where it stands. */
  readonly at: SyntaxNode;
}

/** The first of `import('./a').B.C`. */
function typeName(node: SyntaxNode): readonly TakenName[] {
  let left = nodeAt(node, 'qualifier');
  while (left?.type === 'TSQualifiedName') left = nodeAt(left, 'left');
  return takenAt(left);
}

/** `const { a, b: c } = await import('./x')`, `(await import('./x')).a`: by the node of the import. What `require` gives may be made into another shape. */
function namesTaken(node: SyntaxNode): readonly (readonly [SyntaxNode, readonly TakenName[]])[] {
  const [pattern, value] = node.type === 'VariableDeclarator' ? [nodeAt(node, 'id'), nodeAt(node, 'init')] : [node, node.type === 'MemberExpression' && node['computed'] !== true ? nodeAt(node, 'object') : null];
  const loaded = value?.type === 'AwaitExpression' ? nodeAt(value, 'argument') : null;
  if (loaded?.type !== 'ImportExpression' || pattern === null) return [];
  if (pattern === node) return [[loaded, takenAt(nodeAt(node, 'property'))]];
  return pattern.type === 'ObjectPattern' ? [[loaded, nodesAt(pattern, 'properties').flatMap((one) => (one['computed'] === true ? [] : takenAt(nodeAt(one, 'key'))))]] : [];
}

function takenAt(node: SyntaxNode | null): readonly TakenName[] {
  const name = textAt(node, 'name');
  return node === null || name === null ? [] : [{ name, at: node }];
}

function isTrying(node: SyntaxNode): boolean {
  if (node.type === 'TryStatement') return true;
  return node.type === 'CallExpression' && ['catch', 'then'].includes(textAt(nodeAt(nodeAt(node, 'callee'), 'property'), 'name') ?? '');
}

function withAllBelow(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const open = [node.type === 'TryStatement' ? nodeAt(node, 'block') : nodeAt(nodeAt(node, 'callee'), 'object')];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null) continue;
    found.push(next);
    open.push(...childrenOf(next));
  }
  return found;
}
