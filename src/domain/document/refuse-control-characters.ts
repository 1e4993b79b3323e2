import { UnreadableText } from './unreadable-text.ts';

/**
 * YAML 1.2 forbids most; a lone CR ends a line for some readers and not for others.
 * @throws UnreadableText
 */
export function refuseControlCharacters(text: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const at = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufffe\uffff]|\r(?!\n)/);
  if (at === -1) return;
  const point = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new UnreadableText({ offset: at, found: `the control character U+${point}`, expected: 'printable text; escape it in double quotes' });
}
