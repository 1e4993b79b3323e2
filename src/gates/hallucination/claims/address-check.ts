import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';
import { quoted } from '../../../domain/finding.ts';

const longest = 2048;

/** Whether a cited address is one. Nothing is fetched, so that it carries nothing. */
export function addressCheck(address: string | null): ClaimCheck {
  const why = objectionTo(address ?? '');
  if (why === null) return { code: 'URL_SYNTAX', status: 'passed', detail: 'it is an address; nothing is fetched, so that nobody knows what stands there' };
  return { code: 'URL_SYNTAX', status: 'failed', detail: `${quoted(address ?? '')} ${why}` };
}

function objectionTo(address: string): string | null {
  if (address.length > longest) return `is no address: it has ${address.length} characters, expected at most ${longest}`;
  if (!/^https?:\/\/[!-~]+$/.test(address) || !URL.canParse(address)) return 'is no address: expected http or https, without spaces and other characters than those of ASCII';
  const { username, password } = new URL(address);
  return username === '' && password === '' ? null : 'is no address to cite: it holds a name or a password';
}
