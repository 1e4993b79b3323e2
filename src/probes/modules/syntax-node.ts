/** A node of a syntax tree (ESTree as Babel writes it), looked at without believing in its shape: the text may be broken anywhere. */
export interface SyntaxNode {
  readonly type: string;
  readonly [member: string]: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function nodeAt(node: SyntaxNode | null, member: string): SyntaxNode | null {
  const value = node?.[member];
  return isNode(value) ? value : null;
}

export function nodesAt(node: SyntaxNode | null, member: string): readonly SyntaxNode[] {
  const value = node?.[member];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textAt(node: SyntaxNode | null, member: string): string | null {
  const value = node?.[member];
  return typeof value === 'string' ? value : null;
}

/** Members that lead out of the tree, or to no node. */
const others = new Set(['loc', 'extra', 'start', 'end', 'range', 'errors', 'leadingComments', 'trailingComments', 'innerComments']);

/** A node and all below it, each before what it has. Without recursion: a text may nest as deep as its author likes. */
export function* walk(root: SyntaxNode): Generator<SyntaxNode> {
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    // One by one: as many as a text has are too many arguments.
    for (const child of childrenOf(node).toReversed()) open.push(child);
  }
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (const [member, value] of Object.entries(node)) {
    if (others.has(member)) continue;
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) for (const one of value) if (isNode(one)) children.push(one);
  }
  return children;
}
