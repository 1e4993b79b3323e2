import { nodeAt, nodesAt, textAt } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Names that a CommonJS module gives: all that it says of `exports` names one of them. `open`: it may give others. `none`: it says nothing of it. */
export type CommonJsNames = { readonly kind: 'names'; readonly names: readonly string[] } | { readonly kind: 'open' | 'none' };

/** Each mention of `exports` has to be of a form that names what is given: what is made of it elsewhere may give anything. */
export function commonJsNames(nodes: readonly SyntaxNode[]): CommonJsNames {
  const mentions = nodes.filter((node) => isIdentifier(node, 'exports') || isIdentifier(node, 'module'));
  if (mentions.length === 0) return { kind: 'none' };
  const understood = new Set<SyntaxNode>();
  const names = new Set(['default']);
  for (const node of nodes) for (const [name, ...seen] of namedBy(node)) {
    if (name !== null) names.add(name);
    for (const one of seen) understood.add(one);
  }
  return mentions.every((one) => understood.has(one)) ? { kind: 'names', names: [...names] } : { kind: 'open' };
}

type Named = readonly [name: string | null, ...seen: SyntaxNode[]];

function namedBy(node: SyntaxNode): readonly Named[] {
  if (node.type === 'MemberExpression') return namedByMember(node);
  if (node.type === 'AssignmentExpression') return namedByLiteral(node);
  return node.type === 'CallExpression' ? namedByDefinition(node) : [];
}

/** `exports.name`, `module.exports.name`. */
function namedByMember(node: SyntaxNode): readonly Named[] {
  const name = nameOf(node);
  const object = exportsAt(nodeAt(node, 'object'));
  return name === null || object === null ? [] : [[name, ...object]];
}

/** `module.exports = { a, b: 1 }`: what is spread into it may have any name. */
function namedByLiteral(node: SyntaxNode): readonly Named[] {
  const [left, right] = [exportsAt(nodeAt(node, 'left')), nodeAt(node, 'right')];
  if (left === null || right?.type !== 'ObjectExpression') return [];
  const keys = nodesAt(right, 'properties').map((one) => (one['computed'] === true || one.type === 'SpreadElement' ? null : keyOf(nodeAt(one, 'key'))));
  return keys.includes(null) ? [] : [[null, ...left], ...keys.map((key): Named => [key])];
}

/** `Object.defineProperty(exports, 'name', …)`. */
function namedByDefinition(node: SyntaxNode): readonly Named[] {
  const callee = nodeAt(node, 'callee');
  const [object = null, key = null] = nodesAt(node, 'arguments');
  const target = isIdentifier(nodeAt(callee, 'object'), 'Object') && callee !== null && nameOf(callee) === 'defineProperty' ? exportsAt(object) : null;
  return target === null || key?.type !== 'StringLiteral' ? [] : [[keyOf(key), ...target]];
}

/** The nodes of `exports` or `module.exports`; null for anything else. */
function exportsAt(node: SyntaxNode | null): readonly SyntaxNode[] | null {
  if (node === null) return null;
  if (isIdentifier(node, 'exports')) return [node];
  const object = nodeAt(node, 'object');
  const property = nodeAt(node, 'property');
  return object !== null && property !== null && isIdentifier(object, 'module') && nameOf(node) === 'exports' ? [object, property] : null;
}

/** Of a member that is not computed. */
function nameOf(node: SyntaxNode): string | null {
  return node.type === 'MemberExpression' && node['computed'] !== true ? textAt(nodeAt(node, 'property'), 'name') : null;
}

function keyOf(node: SyntaxNode | null): string | null {
  return textAt(node, 'name') ?? textAt(node, 'value');
}

function isIdentifier(node: SyntaxNode | null, name: string): boolean {
  return node?.type === 'Identifier' && textAt(node, 'name') === name;
}
